"""What cells that are no times mean: ages, counts, doses, codes, missing tokens; words become cells of reported tables.

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
from functools import cache

from schemas.codes import back, codes, labels, rows
from schemas.fields import is_number
from scripts.ingest.ages import stated
from scripts.ingest.table.grammar import MARKS, bounds, limit_of, number, parse
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
AND = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
COMMA = re.compile(r",(?![^()]*\))(?!(?<=[0-9],)[0-9])")
BULLETS = " \t\r\n•·▪●"
MEASURED = re.compile(r"((?:[<>≤≥]=?)?\s*)([0-9]+[.,][0-9]+)")
NAMED = re.compile(r"[^\W\d_]")
"""A letter, without which no entry of a list names anything."""
NONE = ("none", "nil", "none known", "nil known")
"""What a list says that has no entries: its words are a note of the case, and no entry is called none."""
BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
DOSE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_/]+(?:/[^\W\d_]+\d?)?)")


def missing(text: str, own: dict[str, str]) -> str:
    """The reason for having no value that a cell stands for: a token of the map, of `printed_missing`, or a reason itself."""
    word = text.casefold()
    bare = MARKS.sub("", word)
    return own.get(word) or _tokens().get(word) or own.get(bare) or _tokens().get(bare, "")


def refuse_unclear(text: str) -> None:
    """UnreadableError for what tables print where there is no value, and of which the reason is not clear."""
    for word in (text.casefold(), MARKS.sub("", text.casefold())):
        if said := _unclear().get(word, ""):
            cure = "Say which reason under `missing` in the map, or write in the cell: not stated, not applicable, not done, unknown ..."
            raise UnreadableError(f"{said}: why there is no value is not said", cure)


@cache
def _unclear() -> dict[str, str]:
    """Tokens of which a person has to say which reason they stand for -> what they may mean."""
    return {row["code"].casefold(): row["label"] for row in rows("printed_missing") if not row["reason"]}


@cache
def _tokens() -> dict[str, str]:
    """Tokens with one meaning only: those of which a person has to say which are in the list without a reason."""
    printed = {row["code"].casefold(): row["reason"] for row in rows("printed_missing") if row["reason"]}
    return printed | {form: reason for reason in codes("missing") for form in (reason, reason.replace("_", " "))}


@cache
def tokens() -> dict[str, str]:
    """What tables print where there is no value, capitals aside -> the reason; blank where a person has to say which it is."""
    return {row["code"].casefold(): row["reason"] for row in rows("printed_missing")} | _tokens()


def age(text: str, unit: str, comma: bool) -> Cells:
    """Bounds of an age in years, with the words; whole years are years completed, `<18` is at most 17."""
    words, plain = {"age_as_reported": text}, MARKS.sub("", text).casefold()
    if decade := DECADE.fullmatch(plain):
        return words | {"age_lower": f"{decade[1]}0", "age_upper": f"{decade[2] or decade[1]}9"}
    try:
        said = parse(OLD.sub(r" \g<unit>", plain), unit or "a", comma=comma)
    except UnreadableError as why:
        cure = why.cure if " in a number" in str(why) else AN_AGE
        raise UnreadableError("not an age that can be read", cure) from None
    if said.unit not in AGES:
        raise UnreadableError("not an age that can be read", AN_AGE)
    if said.limit and said.unit == "a" and Decimal(said.first) % 1 == 0:
        low, high = {
            "<": ("", str(int(said.first) - 1)),
            ">": (str(int(said.first) + 1), ""),
            "<=": ("", said.first),
            ">=": (said.first, ""),
        }.get(said.limit, (said.first, said.first))
    else:
        low, high = bounds(said, after_dose=False)
    return words | {"age_lower": _years(low, said.unit), "age_upper": _years(high, said.unit)}


def _years(amount: str, unit: str) -> str:
    return amount if unit == "a" else stated(amount, unit, "e2b_r3").get("age_lower", "")


def age_and_sex(text: str, own: dict[str, str]) -> tuple[str, str]:
    """The age and the sex of one cell, as `67/F`, `M, 45 y`; what is only one of them is that one.

    own: the map's codes of sex. A small m behind a number, which may be months, is left to the age, and so is a cell with
    a sex at both ends.
    """
    word = MARKS.sub("", text)
    low = word.casefold()
    if missing(low, {}):
        return text, text
    for sex in sorted((known("sex") | own).keys(), key=len, reverse=True):
        rest = word[: -len(sex)] if low.endswith(sex) else word[len(sex) :] if low.startswith(sex) else None
        beside = "" if not rest else rest[-1] if low.endswith(sex) else rest[0]
        if rest is None or beside.isalpha() or (beside.isdigit() and sex.isdigit()):
            continue
        said = word[-len(sex) :] if low.endswith(sex) else word[: len(sex)]
        age_alone = rest.strip(" /,;|-–")
        if said == "m" and rest.rstrip()[-1:].isdigit():
            continue
        return (text, "") if age_and_sex(age_alone, own)[1] else (age_alone, said)
    return text, ""


def plain_number(text: str, unit: str, comma: bool) -> str:
    """A number, alone or with the unit of its column behind it."""
    said = MARKS.sub("", text)
    bare = said.removesuffix(unit).strip() if unit else said
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
    found = GIVEN.fullmatch(rest)
    low, high, of = found.groups() if found else ("", "", "")
    if not found or limit == "~" or (limit and high) or (limit == "<" and not int(low)):
        raise UnreadableError("not a number of doses", "Write it as 3, 2-3, >=2 or 3 of 5.")
    ends = {
        "": (low, high or low),
        ">": (str(int(low) + 1), ""),
        ">=": (low, ""),
        "<": ("", str(int(low) - 1)),
        "<=": ("", low),
    }
    cells = dict(zip(("given_lower", "given_upper"), ends[limit], strict=True))
    return cells | ({"planned_doses": of} if of else {})


def dose(text: str, unit: str, comma: bool) -> Cells:
    """Amount and unit where the cell is nothing but these, or a number in the unit of its column; otherwise the words alone."""
    found = DOSE.fullmatch(f"{text} {unit}" if unit and BARE.fullmatch(text) else text)
    if not found:
        return {"dosage_text": text}
    return {"amount": number(found[1], comma), "unit": found[2], "dosage_text": text}


def parted(cell: str, separator: str | list[str]) -> list[str]:
    """The entries of a cell: by the separators of the map, else by semicolons, line ends or bullets, else by commas.

    A comma within brackets or a number parts nothing; a bullet before an entry is none of its words.
    """
    marks = [separator] if isinstance(separator, str) else separator
    if not any(marks):
        marks = [mark for mark in (";", "\n", "•") if mark in cell][:1]
    entries = re.split("|".join(map(re.escape, marks)), cell) if marks else COMMA.split(cell)
    return [AND.sub("", entry.strip(BULLETS)).strip() for entry in entries]


def lists_nothing(text: str) -> bool:
    """Whether a list says that it has no entries."""
    word = text.casefold()
    return word in NONE or word == "0" or known("yes_no").get(word) == "no"


def listed(text: str, separator: str | list[str]) -> str:
    """A list as it stands; UnreadableError where an entry names nothing, as yes, NR, 1 or a mark do."""
    for entry in parted(text, separator):
        word = entry.casefold()
        if entry and (lists_nothing(entry) or word in known("yes_no") or word in tokens() or not NAMED.search(entry)):
            raise UnreadableError(
                "an entry of a list that names nothing, as yes, NR or a number do",
                "Write the words of what it was; or give the column another target in the map, as sign or test.",
            )
    return text


def result(text: str, meanings: dict[str, str], comma: bool) -> Cells:
    """A result as printed, with its reading where the map has one; a number of a file with decimal commas has a point.

    Otherwise 1,234 would later be taken for a thousand and more, and 1.234 of such a file for little more than one.
    """
    if text.casefold() in meanings:
        return {"value": text, "reading": meanings[text.casefold()]}
    found = MEASURED.fullmatch(text) if comma else None
    return {"value": f"{found[1]}{number(found[2], comma)}" if found else text}


def code(text: str, codelist: str, own: dict[str, str]) -> str:
    """The code that a cell stands for: by the map, else a code of our list or its label, capitals and footnote marks aside."""
    word = text.casefold()
    for form in (word, MARKS.sub("", word)):
        if meant := own.get(form) or known(codelist).get(form):
            return meant
    listed = ", ".join(codes(codelist))
    raise UnreadableError(
        "a code without a meaning",
        f"Say under `codes` in the map which of these it is: {listed}; or a reason for missing.",
    )


@cache
def known(codelist: str) -> dict[str, str]:
    """Words that need no entry in a map: our codes, also without underscores, their labels, and other words for them (`printed`)."""
    own = {form: each for each in codes(codelist) for form in (each.casefold(), each.casefold().replace("_", " "))}
    named = {label.casefold(): each for each, label in labels(codelist).items()}
    return back(codelist, "printed") | (back("yes_no", "printed") if "yes" in own else {}) | named | own
