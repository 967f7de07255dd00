"""Studies with the markers printed for them in; findings on markers whose entry is another study's out.

Method: an entry fits a study where it names it (acronym, registry number) or where the author named right before the
marker is among its authors. One that does not name the study contradicts it only where another entry does, and where
this one also names another study, shares no drug with the study, or is a review or laboratory work cited for a trial;
or where a shift that runs through the list explains it (see `shift`). All else is left open: most titles name no study.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.checks.attribution import Authored, Link, Nearness, authored_citations, link_citations
from extractors.checks.bibliography import PUBLICATIONS, Bibliography, arrange, listed_studies
from extractors.checks.case import Case, Findings
from extractors.checks.entry import Entry, misread, read_entries
from extractors.checks.names import author_of, named_by, spellings_of
from extractors.checks.shift import Shift
from extractors.checks.treatments import drugs_in, drugs_of
from schemas.evidence import Study
from schemas.finding import Finding, Severity, Verdict
from schemas.record import Record

TRIAL = re.compile(r"\btrial\b|\bphase\s+(?:[1-4]|I{1,3}V?)\b|randomi[sz]ed", re.IGNORECASE)


def check_citations(case: Case) -> Findings:
    """One finding for each study and marker, one for each shift, one for each author at a marker of another."""
    if not case.document.references or misread(case.document.references, case.document.text):
        return
    records: dict[str, list[Record]] = defaultdict(list)
    studies: dict[str, Study] = {}
    for record in case.records:
        study = record.fact.group.study
        records[study.name].append(record)
        if spellings_of(study):
            studies.setdefault(study.name, study)
    lookup = drugs_of(case.lexicon) if case.lexicon is not None else {}
    for study in listed_studies(case.document, known=list(studies.values()), lookup=lookup):
        studies[study.name] = study
    known = list(studies.values())
    links = [link for link in link_citations(case.document, known) if len(link.citation.markers) == 1]
    entries = read_entries(case.document.references, studies=known, lookup=lookup)
    arms = {name: "; ".join(record.fact.group.arm or "" for record in records.get(name, [])) for name in studies}
    drugs = {name: drugs_in(text, lookup) for name, text in arms.items()}
    listed = arrange(entries, links=links, studies=studies, drugs=drugs)
    for (name, marker), found in _by_marker(links).items():
        if marker in listed.entries and len(listed.naming(studies[name])) <= PUBLICATIONS:
            yield from _judge(case, listed, found, listed.entries[marker], records.get(name, []), known)
    for shift in listed.shifts:
        yield _state_shift(case, listed, shift, links, records)
    yield from _of_authors(case, entries)


def _by_marker(links: Sequence[Link]) -> dict[tuple[str, str], Link]:
    """The nearest link of each study and marker."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        key = (link.study.name, link.citation.markers[0])
        if key not in found or link.nearness > found[key].nearness:
            found[key] = link
    return found


def _judge(
    case: Case, listed: Bibliography, link: Link, entry: Entry, records: Sequence[Record], known: Sequence[Study]
) -> Iterator[Finding]:
    study, marker = link.study, entry.marker
    cited = [r for r in records if marker in r.provenance.refs] or list(records)

    def state(message: str, verdict: Verdict, *, severity: Severity = "note", expected: str = "") -> Finding:
        return case.state(
            "citation",
            verdict,
            cited[:1],
            about=None,
            study=study.name,
            printed=marker,
            expected=expected,
            message=message,
            severity=severity,
            aspect=f"{study.name} {marker}",
        )

    if entry.names(study):
        yield state(f"Marker {marker} is printed for {study.name}, and entry {marker} names it.", "consistent")
        return
    if any(name in entry.studies for name in named_by(link.context, known)):
        return
    said = f"Marker {marker} is printed for {study.name}, but entry {marker} is {entry.spell()}"
    rivals = listed.naming(study)
    shifted = listed.shifted(entry)
    if shifted is not None and shifted[0] in rivals:
        fits, shift = shifted
        another = entry.names_another(study)
        because = f", which names {another}" if another else ""
        because = f"{because}; entry {fits.marker} names {study.name} ({shift.spell(listed.markers)})."
        yield state(said + because, "inconsistent", severity="error", expected=fits.marker)
        return
    reason, severity = _contradiction(listed, link, entry)
    if not reason:
        yield state(f"Entry {marker}, printed for {study.name}, names no study: {entry.spell()}.", "uncheckable")
        return
    if rivals:
        markers = " and ".join(rival.marker for rival in rivals)
        message = f"{said}{reason}; entry {markers} names {study.name}."
        yield state(message, "inconsistent", severity=severity, expected=rivals[0].marker)
        return
    better = _better(listed, link, entry)
    if better:
        yield state(f"{said}{reason}; {better[1]}.", "inconsistent", severity="warning", expected=better[0])
    else:
        yield state(f"{said}{reason}; no other entry names {study.name}.", "uncheckable")


def _contradiction(listed: Bibliography, link: Link, entry: Entry) -> tuple[str, Severity]:
    """Why an entry cannot be the study's, and how sure that is; "" where it may be."""
    if link.nearness is Nearness.PARAGRAPH and listed.shifted(entry) is None:
        return "", "note"
    sure: Severity = "error" if link.nearness is Nearness.NAME else "warning"
    drugs = listed.drugs[link.study.name]
    another = entry.names_another(link.study)
    if another:
        return f", which names {another}", sure
    if drugs and entry.drugs and not drugs & entry.drugs:
        return f", about {', '.join(sorted(entry.drugs))}", sure
    if entry.review and link.study.study_type in (None, "trial") and TRIAL.search(link.context):
        return ", no trial's own report", "warning"
    return "", "note"


def _better(listed: Bibliography, link: Link, entry: Entry) -> tuple[str, str] | None:
    """Another entry than any that names the study: the one a shift points to, or the one it is cited by elsewhere."""
    study = link.study
    drugs = listed.drugs[study.name]
    shifted = listed.shifted(entry, beyond=1)
    if shifted is not None:
        fits, shift = shifted
        if drugs & fits.drugs and (not drugs & entry.drugs or not fits.names_another(study)):
            run = shift.spell(listed.markers)
            return fits.marker, f"no entry names {study.name}, entry {fits.marker} comes closer ({run})"
    usual = listed.usual.get(study.name)
    if usual is not None and usual != entry.marker and entry.names_another(study):
        return usual, f"elsewhere marker {usual} is printed for {study.name}"
    return None


def _state_shift(
    case: Case, listed: Bibliography, shift: Shift, links: Sequence[Link], records: dict[str, list[Record]]
) -> Finding:
    inside = [
        link.study.name
        for link in links
        if (entry := listed.entries.get(link.citation.markers[0])) is not None
        and shift.covers(entry.order)
        and (moved := listed.shifted(entry)) is not None
        and moved[0].names(link.study)
    ]
    run = shift.spell(listed.markers)
    message = (
        f"The {run}: {shift.fitting} of {shift.judged} markers there whose studies the list names fit the entry "
        f"{abs(shift.offset)} {'before' if shift.offset < 0 else 'after'}."
    )
    return case.state(
        "citation",
        "inconsistent",
        [records[name][0] for name in dict.fromkeys(inside) if records.get(name)],
        study=None,
        about=None,
        message=message,
        printed=f"{listed.markers[shift.first]}-{listed.markers[shift.last]}",
        expected=f"{listed.markers[shift.first + shift.offset]}-{listed.markers[shift.last + shift.offset]}",
        severity="error",
        aspect="shift",
    )


def _of_authors(case: Case, entries: Sequence[Entry]) -> Findings:
    """Markers printed right after "Adams et al." whose entry lists no Adams while one other entry begins with Adams."""
    by_marker = {entry.marker: entry for entry in reversed(entries)}
    for authored in authored_citations(case.document):
        if len(authored.citation.markers) != 1:
            continue
        entry = by_marker.get(authored.citation.markers[0])
        if entry is None or not entry.reference.authors or entry.by(authored.author):
            continue
        fitting = [other for other in entries if other.led_by(authored.author)]
        cited = _of_author(case, authored)
        if len(fitting) == 1 and cited:
            name = authored.author.title()
            yield case.state(
                "citation",
                "inconsistent",
                cited[:1],
                about=None,
                printed=entry.marker,
                expected=fitting[0].marker,
                message=f"Marker {entry.marker} is printed for {name} et al., but entry {entry.marker} is "
                f"{entry.spell()}; entry {fitting[0].marker} is by {name}.",
                severity="error",
                aspect=f"{authored.author} {entry.marker}",
            )


def _of_author(case: Case, authored: Authored) -> list[Record]:
    """Records of the study that goes by the author's name, else of the sentence the marker stands in."""
    own = [r for r in case.records if author_of(r.fact.group.study.name) == authored.author]
    sentence = case.document.sentence_at(max(authored.citation.span.start - 1, 0))
    return own or (case.by_sentence.get(sentence.sentence_id, []) if sentence is not None else [])
