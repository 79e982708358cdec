"""What words in cells mean: tokens for missing, codes, lists, and texts that name something.

Words of which the meaning is open are refused wherever they stand: NA, a yes where a name is expected, an entry of a list
that names nothing.
"""

import re
from functools import cache

from schemas.codes import back, codes, labels, rows
from scripts.ingest.table.grammar import MARKS
from scripts.ingest.table.unreadable import UnreadableError

WRAPPED = re.compile(r"\s*\n\s*(?=\()")
AND = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
COMMA = re.compile(r",(?![^()]*\))(?!(?<=[0-9],)[0-9])")
BULLETS = " \t\r\n•·▪●"
NAMES = ("drug", "substance", "event", "indication", "route", "cause_of_death")
ANSWERS = ("premedication", "mitigation", "smoking")
"""Texts that name something, and those that may be answered by yes or no; `NO` is a country."""
SEVERAL = re.compile(r"[;\n•]\s*\w")
NAMED = re.compile(r"[^\W\d_]")
"""A letter, without which no entry of a list names anything."""
NONE = ("none", "nil", "none known", "nil known", "asymptomatic", "no symptoms", "no signs", "no signs or symptoms")
"""What a list says that has no entries: its words are a note of the case, and no entry is called none."""


ABSENT = re.compile(
    r"(?:no|not|none|nil|without|denied|denies|denying|absence of|negative for)\s.*|.*(?:\([-−–±?]\)|\w\s?[-−–±])|.*[^\W\d_] ± [^\W\d_].*",
    re.IGNORECASE | re.DOTALL,
)
"""An entry of a list that says what there was not, or may not have been: no fever, fever (-), fever ± cough."""
LEADING = re.compile(r"[-–—*]\s+|\(?[0-9]{1,2}[.)]\s+")
"""A dash or the number of an entry in front of it."""
IN_ONE_LINE = re.compile(r"\(?1[.)]\s[^;,\n]*\s\(?2[.)]\s")


def missing(text: str, spellings: dict[str, str]) -> str:
    """The reason for having no value that a cell stands for: a token of the map, of `printed_missing`, or a reason itself."""
    word = text.casefold()
    bare = MARKS.sub("", word)
    return spellings.get(word) or _tokens().get(word) or spellings.get(bare) or _tokens().get(bare, "")


def refuse_unclear(text: str) -> None:
    """UnreadableError for what tables print where there is no value, and of which the reason is not clear."""
    for word in (text.casefold(), MARKS.sub("", text.casefold())):
        if meaning := _unclear().get(word, ""):
            cure = "Say which reason under `missing` in the map, or write in the cell: not stated, not applicable, not done, unknown ..."
            raise UnreadableError(f"{meaning}: why there is no value is not said", cure)


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


def code(text: str, codelist: str, spellings: dict[str, str]) -> str:
    """The code that a cell stands for: by the map, else a code of our list or its label, capitals and footnote marks aside."""
    word = text.casefold()
    for form in (word, MARKS.sub("", word)):
        if meant := spellings.get(form) or known(codelist).get(form):
            return meant
    listed = ", ".join(codes(codelist))
    raise UnreadableError(
        "a code without a meaning",
        f"Say under `codes` in the map which of these it is: {listed}; or a reason for missing.",
    )


@cache
def known(codelist: str) -> dict[str, str]:
    """Words that need no entry in a map: our codes, also without underscores, their labels, and other words for them (`printed`)."""
    our_codes = {
        form: each for each in codes(codelist) for form in (each.casefold(), each.casefold().replace("_", " "))
    }
    named = {label.casefold(): each for each, label in labels(codelist).items()}
    return back(codelist, "printed") | (back("yes_no", "printed") if "yes" in our_codes else {}) | named | our_codes


def words_of(text: str, target: str) -> str:
    """The words of a text; yes or no in its code where that answers the question, UnreadableError where a name is expected."""
    answer = known("yes_no").get(text.casefold(), "")
    if answer and target in NAMES:
        cure = "Write the words; or give the column another target in the map, as occurred for an event."
        raise UnreadableError("yes or no where words are expected", cure)
    if target in ("drug", "substance") and SEVERAL.search(text):
        cure = "Leave the suspect drug alone here; other drugs belong in a column of the target `concomitants`."
        raise UnreadableError("several drugs in one cell", cure)
    return answer if answer and target in ANSWERS else text


def lists_nothing(text: str) -> bool:
    """Whether a list says that it has no entries."""
    word = text.casefold()
    return word in NONE or word == "0" or known("yes_no").get(word) == "no"


def listed(text: str, separator: str | list[str]) -> str:
    """A list as it stands; UnreadableError where an entry names nothing, as yes, NR, 1 or a mark do, or says what there was not."""
    if _wrapped(text, separator):
        raise UnreadableError(
            "line ends and commas in one list: which of them part its entries is not said",
            "Say `separator` in the map, or part them by semicolons: fever; cough, dry.",
        )
    if IN_ONE_LINE.search(text):
        raise UnreadableError("numbered entries in one line", "Part them by semicolons or line ends: fever; cough.")
    for entry in parted(text, separator):
        word = entry.casefold()
        if ABSENT.fullmatch(entry) and not lists_nothing(entry):
            raise UnreadableError(
                "an entry of a list that says what there was not, or may not have been",
                "Take it out of the list; what was looked for and absent has a column of its own with the target sign: no.",
            )
        if entry and (lists_nothing(entry) or word in known("yes_no") or word in tokens() or not NAMED.search(entry)):
            raise UnreadableError(
                "an entry of a list that names nothing, as yes, NR or a number do",
                "Write the words of what it was; or give the column another target in the map, as sign or test.",
            )
    return text


def parted(cell: str, separator: str | list[str]) -> list[str]:
    """The entries of a cell: by the separators of the map, else by semicolons, line ends or bullets, else by commas.

    A comma within brackets or a number parts nothing; a bullet, a dash or a number before an entry is none of its words, nor is a footnote mark
    behind it.
    """
    marks = [separator] if isinstance(separator, str) else separator
    if not any(marks):
        marks = _marks(cell)
    cell = WRAPPED.sub(" ", cell)
    entries = re.split("|".join(map(re.escape, marks)), cell) if marks else COMMA.split(cell)
    plain = (_bare(" ".join(entry.strip(BULLETS).split())) for entry in entries)
    return [MARKS.sub("", AND.sub("", entry).strip()) for entry in plain]


def _wrapped(cell: str, separator: str | list[str]) -> bool:
    """Whether lines of a list that are no bullets hold commas, so that a line may end within an entry."""
    if any(separator) or _marks(cell) != ["\n"]:
        return False
    lines = [line.strip() for line in WRAPPED.sub(" ", cell).split("\n") if line.strip()]
    bulleted = all(LEADING.match(line) or line[0] in BULLETS for line in lines)
    return not bulleted and any(len(COMMA.split(line.rstrip(","))) > 1 for line in lines)


def _marks(cell: str) -> list[str]:
    """What parts the entries of a cell whose column does not say; blank for commas. A line in brackets goes on with the one before."""
    if ";" in cell:
        return [";"]
    lines = WRAPPED.sub(" ", cell).strip().split("\n")
    if len(lines) > 1 and not all(line.rstrip().endswith(",") for line in lines[:-1]):
        return ["\n"]
    return ["•"] if "•" in cell else []


def _bare(entry: str) -> str:
    leading = LEADING.match(entry)
    return entry[leading.end() :] if leading else entry
