"""A record's printed numbers in; a FHIR Evidence.statistic out."""

from pipeline.rows import Row

TYPES = "http://terminology.hl7.org/CodeSystem/statistic-type"
ATTRIBUTES = "http://terminology.hl7.org/CodeSystem/attribute-estimate-type"
UCUM = "http://unitsofmeasure.org"
STATISTICS = {
    "HR": ("C93150", "Hazard Ratio"),
    "OR": ("C16932", "Odds Ratio"),
    "RR": ("C93152", "Relative Risk"),
    "median": ("C28007", "Median"),
    "mean": ("C53319", "Mean"),
    "count": ("C25463", "Count"),
}
UNITS = {"%": "%", "months": "mo", "weeks": "wk", "days": "d", "years": "a", "ratio": "1"}
COMPARATORS = ("<", "<=", ">", ">=")


def statistic_of(record: Row) -> Row:
    """What is printed: value, type, events, sample size, interval, p-value; empty where there is none of them."""
    if record["kind"] == "cohort":
        return _size(record)
    found: Row = {"description": record["value_text"] or record["status"]}
    kind = _kind(record)
    if kind:
        found["statisticType"] = kind
    if record["value"] is not None:
        found["quantity"] = _quantity(record["value"], record["unit"])
    if _whole(record["events"]):
        found["numberOfEvents"] = record["events"]
    if _whole(record["n"]):
        found["sampleSize"] = {"knownDataCount": record["n"]}
    attributes = [each for each in (_interval(record), _p(record)) if each]
    if attributes:
        found["attributeEstimate"] = attributes
    return found


def _size(record: Row) -> Row:
    """A cohort: a count of people or studies, or their share."""
    found: Row = {"description": record["value_text"] or "cohort"}
    if record["n"] is None:
        return found | {"statisticType": _type("C44256", "Proportion"), "quantity": _quantity(record["percent"], "%")}
    found |= {"statisticType": _type(*STATISTICS["count"]), "quantity": _quantity(record["n"], record["unit"])}
    if _whole(record["n"]):
        key = "numberOfStudies" if record["unit"] == "studies" else "numberOfParticipants"
        found["sampleSize"] = {key: record["n"]}
    return found


def _kind(record: Row) -> Row:
    """Its code where FHIR has one that says no more than what is printed, else its name."""
    statistic, unit = record["statistic"], record["unit"]
    if statistic in STATISTICS:
        return _type(*STATISTICS[statistic])
    if statistic == "rate" and unit == "%":
        return _type("C44256", "Proportion")
    return {"text": "p-value alone" if statistic == "p" else statistic} if statistic else {}


def _type(code: str, display: str) -> Row:
    return {"coding": [{"system": TYPES, "code": code, "display": display}]}


def _quantity(value: float, unit: str | None) -> Row:
    quantity: Row = {"value": value}
    if unit:
        quantity["unit"] = unit
    if unit in UNITS:
        quantity |= {"system": UCUM, "code": UNITS[unit]}
    return quantity


def _interval(record: Row) -> Row:
    """A bound that was not reached is left out of the range and said in words."""
    if record["ci"] is None:
        return {}
    bounds = {
        name: {"value": bound} for name, bound in zip(("low", "high"), record["ci"], strict=True) if bound is not None
    }
    attribute: Row = {"type": _attribute("C53324", "Confidence interval")}
    if len(bounds) < 2:
        attribute["description"] = "a bound was not reached"
    if record["ci_level"] is not None:
        attribute["level"] = round(record["ci_level"] / 100, 6)
    return attribute | ({"range": bounds} if bounds else {})


def _p(record: Row) -> Row:
    if record["p"] is None:
        return {}
    operator = record["p"].rstrip("0123456789.eE+-")
    quantity: Row = {"value": float(record["p"].removeprefix(operator))}
    if operator in COMPARATORS:
        quantity["comparator"] = operator
    return {"description": f"P {record['p']}", "type": _attribute("C44185", "P-value"), "quantity": quantity}


def _attribute(code: str, display: str) -> Row:
    return {"coding": [{"system": ATTRIBUTES, "code": code, "display": display}]}


def _whole(number: float | None) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
