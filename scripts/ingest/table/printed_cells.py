"""What cells of numbers mean: ages, counts, doses, results; words become cells of reported tables.

| kind   | printed                 | cells                                             |
|--------|-------------------------|---------------------------------------------------|
| age    | `29`, `29 y`, `7 mo`    | both bounds 29, 29, 0.5833 years                  |
| age    | `25-36`, `60s`, `>60`   | 25 to 36, 60 to 69, 61 and more                   |
| age    | `29-year-old`, `60s-70s`| 29, 60 to 79                                      |
| counts | `3`, `3 of 5`, `2-3`    | given 3 (of 5 planned), 2 to 3                    |
| counts | `≥2`, `more than 2`     | 2 and more, 3 and more                            |
| dose   | `12 mg`, `12 mg a day`  | amount 12, unit mg; the words where they are more |

Every reader takes the text of a cell and gives cells by name (`age_lower`), or raises UnreadableError.
"""

import re
from decimal import Decimal

from schemas.fields import is_number
from scripts.e2b.ages import stated
from scripts.ingest.table.grammar import MARKS, bounds, limit_of, number, parse
from scripts.ingest.table.printed_words import NAMED, known, missing
from scripts.ingest.table.unreadable import UnreadableError

Cells = dict[str, str]
AN_AGE = (
    "Write it as 29, 7 mo, 25-36, 60s or >60; or name it under `missing` in the map, with the reason it stands for."
)
DECADE = re.compile(r"(\d)0'?s(?:\s*(?:-|–|to)\s*(\d)0'?s)?", re.ASCII)
OLD = re.compile(r"(?<=[0-9])\s*-?\s*(?P<unit>years?|yrs?|y|months?|weeks?|days?)(?:\s*-\s*|\s+|/|\.)?(?:old|o)\.?$")
AGES = ("a", "mo", "wk", "d")
GIVEN = re.compile(
    r"(\d{1,4})(?:\s*(?:-|–|to|or)\s*(\d{1,4}))?(?:\s*(?:(?:out )?of|/)\s*(\d{1,4}))?(?:\s+doses?)?", re.ASCII
)
MEASURED = re.compile(r"[0-9]+[.,][0-9]+")
RESULT = re.compile(r"((?:[<>≤≥]=?)?\s*)([0-9]+(?:[.,][0-9]+)*)\s*((?:[%°]|[^\W\d_]).*)?", re.DOTALL)
OWN_UNIT = re.compile(r"[/%°^]")
"""What tells a unit behind a number from another word, as H for high."""
BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
DOSE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_/]+(?:/[^\W\d_]+\d?)?)")


def age(text: str, unit: str, comma: bool) -> Cells:
    """Bounds of an age in years, with the words; whole years are years completed, `<18` is at most 17."""
    words, plain = {"age_as_reported": text}, MARKS.sub("", text).casefold()
    if decade := DECADE.fullmatch(plain):
        return words | {"age_lower": f"{decade[1]}0", "age_upper": f"{decade[2] or decade[1]}9"}
    try:
        printed_age = parse(OLD.sub(r" \g<unit>", plain), unit or "a", comma=comma)
    except UnreadableError as why:
        cure = why.cure if " in a number" in str(why) else AN_AGE
        raise UnreadableError("not an age that can be read", cure) from None
    if printed_age.unit not in AGES:
        raise UnreadableError("not an age that can be read", AN_AGE)
    if printed_age.limit and printed_age.unit == "a" and Decimal(printed_age.first) % 1 == 0:
        low, high = {
            "<": ("", str(int(printed_age.first) - 1)),
            ">": (str(int(printed_age.first) + 1), ""),
            "<=": ("", printed_age.first),
            ">=": (printed_age.first, ""),
        }.get(printed_age.limit, (printed_age.first, printed_age.first))
    else:
        low, high = bounds(printed_age, after_dose=False)
    return words | {"age_lower": _years(low, printed_age.unit), "age_upper": _years(high, printed_age.unit)}


def _years(amount: str, unit: str) -> str:
    return amount if unit == "a" else stated(amount, unit, "e2b_r3").get("age_lower", "")


def age_and_sex(text: str, spellings: dict[str, str]) -> tuple[str, str]:
    """The age and the sex of one cell, as `67/F`, `M, 45 y`; what is only one of them is that one.

    spellings: the map's codes of sex. A small m behind a number, which may be months, is left to the age, and so is a cell with
    a sex at both ends.
    """
    word = MARKS.sub("", text)
    low = word.casefold()
    if missing(low, {}):
        return text, text
    for sex in sorted((known("sex") | spellings).keys(), key=len, reverse=True):
        rest = word[: -len(sex)] if low.endswith(sex) else word[len(sex) :] if low.startswith(sex) else None
        beside = "" if not rest else rest[-1] if low.endswith(sex) else rest[0]
        if rest is None or beside.isalpha() or (beside.isdigit() and sex.isdigit()):
            continue
        sex_text = word[-len(sex) :] if low.endswith(sex) else word[: len(sex)]
        age_alone = rest.strip(" \n/,;|-–")
        if sex_text == "m" and rest.rstrip()[-1:].isdigit():
            continue
        return (text, "") if age_and_sex(age_alone, spellings)[1] else (age_alone, sex_text)
    return text, ""


def plain_number(text: str, unit: str, comma: bool) -> str:
    """A number, alone or with the unit of its column behind it."""
    plain_text = MARKS.sub("", text)
    bare = plain_text.removesuffix(unit).strip() if unit else plain_text
    value = number(bare, comma) if bare else ""
    if not is_number(value):
        raise UnreadableError("not a number", "Write the number alone, or name the word under `missing` in the map.")
    return value


def whole(text: str) -> str:
    """A whole number, zero or more."""
    if not (text.isascii() and text.isdigit()):
        raise UnreadableError(
            "not a whole number", "Write the number alone, or name the word under `missing` in the map."
        )
    return text


def counts(text: str) -> Cells:
    """Doses given, and of how many planned where the cell says so."""
    limit, rest = limit_of(MARKS.sub("", text).casefold())
    parts = GIVEN.fullmatch(rest)
    low, high, planned = parts.groups() if parts else ("", "", "")
    if not parts or limit == "~" or (limit and high) or (limit == "<" and not int(low)):
        raise UnreadableError("not a number of doses", "Write it as 3, 2-3, >=2 or 3 of 5.")
    ends = {
        "": (low, high or low),
        ">": (str(int(low) + 1), ""),
        ">=": (low, ""),
        "<": ("", str(int(low) - 1)),
        "<=": ("", low),
    }
    cells = dict(zip(("given_lower", "given_upper"), ends[limit], strict=True))
    return cells | ({"planned_doses": planned} if planned else {})


def dose(text: str, unit: str, comma: bool) -> Cells:
    """Amount and unit where the cell is nothing but these, or a number in the unit of its column; otherwise the words, with the
    unit of its column where they have none (`20-30` under `Dose (mg)`)."""
    parts = DOSE.fullmatch(f"{text} {unit}" if unit and BARE.fullmatch(text) else text)
    if not parts:
        return {"dosage_text": f"{text} {unit}" if unit and not NAMED.search(text) else text}
    return {"amount": number(parts[1], comma), "unit": parts[2], "dosage_text": text}


def result(text: str, meanings: dict[str, str], unit: str, comma: bool) -> Cells:
    """A result as printed, with its reading where the map has one; a number of a file with decimal commas has a point.

    Otherwise 1,234 would later be taken for a thousand and more, and 1.234 of such a file for little more than one. A
    footnote mark behind a number is none of it; a unit behind it is the unit of this result, whatever the column says.
    """
    if text.casefold() in meanings:
        return {"value": text, "reading": meanings[text.casefold()]}
    parts = RESULT.fullmatch(MARKS.sub("", text))
    own_unit = parts[3] if parts else ""
    if not parts or (own_unit and own_unit.casefold() != unit.casefold() and not OWN_UNIT.search(own_unit)):
        return {"value": text}
    value = number(parts[2], comma) if comma and MEASURED.fullmatch(parts[2]) else parts[2]
    return {"value": f"{parts[1]}{value}"} | ({"unit_as_printed": own_unit} if own_unit and own_unit != unit else {})
