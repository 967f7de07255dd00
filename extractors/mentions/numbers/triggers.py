"""Text -> the places of the words that wake a rule, found in one pass over its words."""

import re
from collections import defaultdict

# Five large patterns tried at every character cost more than all the rest; one look at each word costs a fifth of that.
_WORD = re.compile(r"[^\W\d_]+")

_TRIGGERS = {
    "number": (
        "zero one two three four five ﬁve six seven eight nine ten eleven twelve thirteen fourteen fifteen ﬁfteen "
        "sixteen seventeen eighteen nineteen twenty thirty forty fifty ﬁfty sixty seventy eighty ninety hundred"
    ),
    "interval": (
        "CI CIs CrI CrIs CrL BCI HDI HPD CL IC C confidence conﬁdence credible credibility posterior interquartile "
        "inter IQR IQRs IQI Q quartiles range ranges ranging ranged min minimum th"
    ),
    "spread": "SD SDs SE SEM standard Std std sd",
    "measure": (
        "hazard hazards HR HRs aHR cHR sHR SHR mHR odds OR ORs aOR cOR acOR acORs DOR relative risk rate incidence "
        "RR RRs aRR IRR IRRs aIRR standardized standardised SMD SMDs Hedges Cohen mean weighted MD MDs WMD WMDs "
        "absolute treatment between estimated LSMD ETD ARR RD RDs win ratio ratios AUC AUCs AUROC C kappa NNT NNTs "
        "NNH number"
    ),
    "status": (
        "not neither never without unreached inestimable nonestimable nonreached non NR NE NA NC N attained reached"
    ),
    "p": (
        "p P Pvalue pvalue Pvalues Ptrend ptrend Pinteraction pinteraction Pheterogeneity Phet Pint Pnoninferiority "
        "Pdiff Pnonlinearity Psubgroup Pnon"
    ),
    "zero": "no none",
    "article": "a an both",
    "address": (
        "http https www doi PMID PMCID PMC ISRCTN ISSN ISBN PROSPERO CRD EudraCT UMIN ChiCTR tel telephone fax phone"
    ),
    "age": "age aged ages older younger old",
}
_FAMILIES: dict[str, tuple[str, ...]] = {}
for _family, _words in _TRIGGERS.items():
    for _word in _words.split():
        for _form in {_word, _word.capitalize() if _word.islower() else _word}:
            _FAMILIES[_form] = (*_FAMILIES.get(_form, ()), _family)


def find_triggers(text: str) -> dict[str, list[int]]:
    """For every family of rules, where its trigger words begin, in order."""
    found: dict[str, list[int]] = defaultdict(list)  # empty where a text has none, as most cells of tables
    known = _FAMILIES.get
    for match in _WORD.finditer(text):
        word = match[0]
        families = known(word)
        if families is not None:
            for family in families:
                found[family].append(match.start())
        elif word[:2] == "HR":
            # "HRdeath": a subscript that the PDF prints on the line.
            found["measure"].append(match.start())
    return found
