"""Every export format: its name, what it is for, and the module whose `write` makes it.

To add one: a module in this folder with `write(selected: Selected, out: Path) -> Written`, and a line in FORMATS.
"""

from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from pipeline.exports.selection import Selected
from schemas.errors import UsageError


class Written(NamedTuple):
    """The files an export left, and what its user should know of them (what was left out and why), a line each."""

    files: list[Path]
    notes: tuple[str, ...] = ()


class Write(Protocol):
    """What a format's module offers; `out` is its folder (made by the caller), or its file where the format is one."""

    def __call__(self, selected: Selected, out: Path) -> Written: ...


class Format(NamedTuple):
    """One export format.

    `module` is a name in this package, loaded when the format is asked for. `file` is the file's name where the
    format is one file, null where it is a folder of files. `rejected` says whether records that a reviewer rejected
    are in it unless a user says otherwise: a copy of the data has them and says so, a conclusion must not.
    """

    name: str
    about: str
    module: str
    file: str | None = None
    rejected: bool = False

    def write(self, selected: Selected, out: Path) -> Written:
        """Make it."""
        module = import_module(f"{__name__}.{self.module}")
        return cast("Write", module.write)(selected, out)


FORMATS = (
    Format(
        "csv", "the normalized tables as CSV files, with their Frictionless description", "csv_tables", rejected=True
    ),
    Format("parquet", "the same as Parquet files, in typed columns", "parquet_tables", rejected=True),
    Format("excel", "a workbook: one sheet a table, sentences as notes", "workbook", "trialtrace.xlsx", rejected=True),
    Format("sqlite", "a copy of the store as it is, with its review decisions", "store_copy", "copy.db", rejected=True),
    Format(
        "metafor", "effects with standard errors, fourfold counts and proportions, for R's metafor and meta", "metafor"
    ),
    Format("netmeta", "contrasts and arms for a network meta-analysis with R's netmeta", "netmeta"),
    Format("multinma", "the same for R's multinma, contrasts with reference rows", "multinma"),
    Format("revman", "studies, arms and results for RevMan (experimental)", "revman"),
    Format("fhir", "a FHIR R5 Bundle of Evidence, EvidenceVariable and Citation", "fhir", file="fhir.json"),
    Format("webannotation", "W3C Web Annotations of text and page, as JSON-LD", "webannotation"),
    Format("labelstudio", "pre-annotations for Label Studio, with its labeling configuration", "labelstudio"),
    Format("brat", "standoff annotations for brat, with its configuration", "brat"),
    Format("rocrate", "an RO-Crate: the tables with the provenance of the runs", "rocrate"),
)
"""In the order in which they are listed."""


def find_format(name: str) -> Format:
    """The format of a name; raises UsageError that lists all of them."""
    for each in FORMATS:
        if each.name == name.casefold():
            return each
    raise UsageError(f"There is no export format {name!r}. Formats: {', '.join(each.name for each in FORMATS)}.")
