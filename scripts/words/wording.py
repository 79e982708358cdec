"""How numbers and gaps read: rounding of counts, shares and limits, symbols and footnotes.

Study days and elapsed days are always labelled; a share stands beside its count and alone nowhere; a missing
value shows its reason.
"""

import math
from collections.abc import Iterable, Mapping

from schemas.codes import labels
from schemas.endpoints import MOTHERS, ONSET_AGAIN, POOLED, STATED, UNSTATED, WORSENED
from schemas.fields import NO_VALUE, is_number

UNKNOWN = "no information"
NOTHING = "–"
NONE = "none"
IN_SHORT = "in short"
"""The headline that is a text: the lead."""
LEAST_FOR_SHARE = 10
LEVEL = "{level}"
"""In a note, the place of the confidence level of the run."""
LEAST_FOR_MEDIAN = 3
LEAST_FOR_QUARTILES = 12
SHORT_REASONS = {"not_stated": "not stated", "not_seen": "not seen", "no_information": UNKNOWN, "": UNKNOWN}
DRAFT = "Draft for qualified review. Reported cases have no denominator: nothing here is an incidence or a risk."

NOTES = {
    "missing": "Not stated: the text was read and does not say. Not seen: that text was not available. No information: "
    "the cell is blank. These and other reasons are never merged.",
    "flags": "[F1], [C1], [D1] …: finding, accepted correction, or conflict of two records of one patient, in the "
    "data-quality table. A withheld value is shown as printed and enters no calculation.",
    "study_day": "Study day: first dose day of the index course (or the dose that the heading names) = 1, no day 0; `1 to 4` is one interval of uncertainty, "
    "not a range of patients.",
    "elapsed": "Resolution: elapsed days after the origin named; at most 16 = not known to be later than 16, and perhaps sooner.",
    "clocks": "Onset, and death from a dose, are in study days on the first-dose clock; on another dose clock day 1 is the day counted from. "
    "Resolution is in elapsed days after its origin; a range runs from after its first to its last day.",
    "median": "Median, bounds: median of the lower ends to median of the upper ends; not given below "
    f"{LEAST_FOR_MEDIAN} known times. Limits: order statistics, none below 6; level {LEVEL}.",
    "known_possible": "Known to possible: from the cases whose whole interval lies by that day to those whose interval begins "
    "before it, of all cases of the group; in brackets the exact lower limit (Clopper-Pearson) of the known and upper "
    "limit of the possible.",
    "conditional": "Times hold for reported cases that had the event; they are not risks.",
    "deaths": "Death: N are the patients who died; a death before the event had ended is never a resolution.",
    "npmle": "NPMLE: nonparametric maximum likelihood estimate (Turnbull); the interval in which it crosses one half.",
    "coding": "Unclear cases: cases for which a statement on a group leaves open whether the time was later or is not known.",
    "stated": "n stated / N: cases with the item over all cases of the column; the counts below are of cases with the item. "
    f"No percentage is given for a denominator below {LEAST_FOR_SHARE}. Groups are described, not tested.",
    "age": "Age in completed years as stated; a band stays a band: median and range are given as bounds.",
    "rechallenge_code": "Rechallenge as coded: E2B G.k.9.i.4 (1 recurred, 2 did not recur, 3 outcome unknown, 4 not "
    "rechallenged); absent means not stated, which is never taken as 4.",
    "inside": "Cases counted inside a group are listed and not added.",
    "patient": "The patient is the unit; doses within a patient are not independent. Re-exposed patients are chosen: "
    "mild cases are re-exposed more readily.",
    "strict": "Strict rules: positive = met the case definition again; negative = looked for and absent after at least "
    "half of the index doses; inconclusive otherwise.",
    "episodes": "Each line is one episode of the event: the line of a case is its index episode, `episode 2 of 2` a further one. "
    "Counts are of patients. Seriousness of the report may concern another reaction.",
    "parts": "By indication and mitigation: descriptive, neither compared nor pooled; a patient counts once in a part, and "
    "in the part of each measure. Doses: against those of the index course before onset.",
    "levels": "Evidence level, of what was read: "
    + "; ".join(f"{code} = {label}" for code, label in labels("evidence_level").items())
    + ".",
    "rules": "Rules flag; they never repair. A correction is made only by an accepted row that says why, by whom and when.",
    "robust": "Numbers without each single case or source, and every other combination of set, endpoint, clock and "
    "group: results.csv.",
}


def notes(keys: Iterable[str], level: float) -> list[str]:
    """These footnotes; those that name it with the confidence level of the run."""
    return [NOTES[key].replace(LEVEL, percent(level)) for key in keys]


def percent(level: float) -> str:
    """A confidence level: 0.95 -> 95%, 0.975 -> 97.5%."""
    return f"{100 * level:g}%"


def number(value: float, digits: int = 3) -> str:
    """Up to `digits` decimals without trailing zeros; inf reads `not reached`, nan a dash."""
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "not reached"
    return (f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0") if digits else f"{value:.0f}"


def count(value: float) -> str:
    """A whole number."""
    return NOTHING if math.isnan(value) else f"{value:.0f}"


def counted(number: object, singular: str, many: str = "") -> str:
    """1 case, 2 cases, 1 of 1 case, 1 of 5 cases, at most 1 case: the last number of what is said decides."""
    return f"{number} {singular if str(number).split()[-1] == '1' else many or singular + 's'}"


def limits(lower: float, upper: float) -> str:
    """Confidence limits of a share, three decimals."""
    return f"{number(lower)} to {number(upper)}"


def count_of(x: float, n: float) -> str:
    """`9 of 12 (75%)`; no percentage below a denominator of 10."""
    share = f" ({100 * x / n:.0f}%)" if n >= LEAST_FOR_SHARE else ""
    return f"{count(x)} of {count(n)}{share}"


def known_possible(known: float, possible: float, n: float) -> str:
    """`9 to 10 of 12`: known to possible."""
    return (
        f"{count(known)} of {count(n)}" if known == possible else f"{count(known)} to {count(possible)} of {count(n)}"
    )


def cell(text: str) -> str:
    """A reported cell: its value, or its reason for missing in words."""
    if text in SHORT_REASONS:
        return SHORT_REASONS[text]
    return labels("missing").get(text, text)


def is_gap(text: str) -> bool:
    """Is this shown text a reason for having no value?"""
    return text in _GAPS


_GAPS = frozenset({NOTHING, *SHORT_REASONS.values(), *labels("missing").values(), "not known"})


def coded(codelist: str, code: str) -> str:
    """The label of a code, or the reason for missing in words."""
    return labels(codelist).get(code) or cell(code)


def span(lower: str, upper: str) -> str:
    """Two reported cells that bound a value: 29, 25 to 36, at least 81, at most 17, or the reason for missing."""
    ends = lower not in NO_VALUE, upper not in NO_VALUE
    if all(ends) and lower != upper:
        return f"{lower} to {upper}"
    if any(ends) and not all(ends):
        return f"at least {lower}" if ends[0] else f"at most {upper}"
    return cell(lower or upper)


def age(patient: Mapping[str, str]) -> str:
    """29, 25 to 36, about 50 where the source says so, 7 months below two years, or the reason for missing; of a row of
    `patients`."""
    told = _in_months(patient) or span(patient["age_lower"], patient["age_upper"])
    return f"about {told}" if patient["age_approximate"] == "yes" and has_age(patient) else told


def _in_months(patient: Mapping[str, str]) -> str:
    """An age given in parts of a year, of less than two; blank for any other."""
    ends = [patient[end] for end in ("age_lower", "age_upper") if patient[end] not in NO_VALUE]
    parts = [float(end) for end in ends if is_number(end)]
    if len(parts) < 2 or all(part.is_integer() for part in parts) or max(parts) >= 2:
        return ""
    low, high = (number(12 * part, 0 if 12 * part >= 1 else 1) for part in parts)
    return counted(span(low, high), "month")


def years(patient: Mapping[str, str]) -> str:
    """29 years, 1 year, 7 months; blank where no age is known."""
    told = age(patient) if has_age(patient) else ""
    return counted(told, "year") if told and not told.endswith(("month", "months")) else told


def has_age(patient: Mapping[str, str]) -> bool:
    """Whether a bound of the age is known."""
    return patient["age_lower"] not in NO_VALUE or patient["age_upper"] not in NO_VALUE


def brief(title: str, most: int = 160) -> str:
    """A title where a line or a field has room for so many characters: cut at the end of a word where one ends near."""
    if len(title) <= most:
        return title
    cut = title[: most - 2]
    end = cut.rfind(" ", most // 2)
    return f"{cut[:end] if end > 0 else cut} …"


SIGN = "characteristic sign"
CLOCK_WORDS = {
    POOLED: "any starting point",
    STATED: "only times whose starting point is stated",
    "sentinel_sign": SIGN,
    "event": "onset of the event",
    WORSENED: "first dose, to the worsening of what was there before",
    MOTHERS: "first dose of the mother",
}


NO_POINT = "a point that is not stated"
DAY_1 = {"last_dose": "last dose", "first_exposure": "first exposure"}
"""Clock -> the day that its study days count as 1, where that is not the first dose of the course."""


def day_1(code: str) -> str:
    """The dose whose day is study day 1 on a clock."""
    return DAY_1.get(code, "first dose")


def point(code: str) -> str:
    """What a time is counted from, behind `counted from`: the last dose; a point that is not stated."""
    return NO_POINT if code == UNSTATED else f"the {clock(code)}"


def start(code: str, sign: str = "") -> str:
    """The same in few words, behind `from`: last dose; a point that is not stated."""
    return NO_POINT if code == UNSTATED else clock(code, sign)


def clock(code: str, sign: str = "") -> str:
    """What a time is counted from, in a reader's words."""
    return signed(CLOCK_WORDS.get(code, name(code)), sign)


def endpoint(code: str, sign: str = "") -> str:
    """An endpoint by the name that readers know: the sign by which the event shows itself by its own, where it has one."""
    named = {"sentinel_sign": sign or SIGN, ONSET_AGAIN: "onset on re-exposure"}
    return named.get(code) or name(code)


def signed(note: str, sign: str) -> str:
    """A note of the results with the characteristic sign by the name that readers know."""
    return note.replace(SIGN, sign) if sign else note


def name(code: str) -> str:
    """A code as words: first_symptom -> first symptom."""
    return code.replace("_", " ")
