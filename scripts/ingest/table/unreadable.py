"""What is said of a cell that does not parse: what is wrong with it, and how to write it.

What people type into a table and what no program may guess has an answer of its own: a fraction that is days in one country
and a date in another, a day counted from an operation, words without a number.
"""

import re

AS_ONE_OF = "Write it as 5 d, 3-5 d, <14 d, within 48 h, day 4 or a date; or name it under `missing` in the map"
OR_MISSING = "or name it under `missing` in the map, with the reason it stands for."
A_DATE = f"Write it as 2019-03-04, 2019-03, 2019 or 4 Mar 2019; {OR_MISSING}"


class UnreadableError(ValueError):
    """A cell that does not parse: what is wrong with it; `cure` says how to mend it."""

    def __init__(self, what: str, cure: str = f"{AS_ONE_OF}, with the reason it stands for."):
        super().__init__(what)
        self.cure = cure


DATES = (
    (
        r"[0-9.,]{1,4}(\s*[–-]\s*[0-9.,]{1,4})?",
        "a number without a unit",
        "Write it with its unit, as 5 d or 3-5 d; or as a date, as 2019-03-04.",
    ),
    (
        r"[0-9]{5}(\.[0-9]+)?",
        "a number where a date is expected; spreadsheet programs count the days of dates like this",
        "Format the column as dates there and save it again, or write it as 2019-03-04.",
    ),
    (r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}", "a date with a year of two digits", "Write the year in full."),
    (
        r".*[0-9]{4}.*[ t][0-9]{1,2}:[0-9]{2}.*",
        "a date with a time of day",
        "Write the day alone; hours belong under a heading that counts time, as 5 h.",
    ),
)
ELSEWHERE = (
    (
        r"pod\s*\+?[0-9]+.*|.*\bpost-?\s?op.*",
        "a day counted from an operation",
        "Write it in a column whose `from` in the map says so, or as days from what this column is counted from.",
    ),
    (
        r"(?=.*[0-9]).*\b(after|before|following|since|prior|post|later|earlier)\b.*",
        "counted from something that the cell names, and not its column",
        "Write it in a column whose `from` in the map says so, or as time from what this column is counted from.",
    ),
)
TIMES = (
    (
        r"[<>≤≥~]?\s*[0-9]+([–-][0-9]+)?/(7|12|24|52)",
        "a fraction: in British notes 2/7 is two days, 3/52 three weeks, 2/12 two months; elsewhere a date or a share",
        "Write it as 2 d, 3 wk or 2 mo.",
    ),
    (
        r"(on |the )*same day|(on )?(the )?day of .*|[0-9]+(st|nd|rd|th) (day|week|month)",
        "a day in words",
        "Write day 1 for the day of the first dose, day 2 for the next one; between two events 0 d, 1 d.",
    ),
    (
        r"[0-9]+\s*(?!x\b|x[0-9])[^\W\d_]+\s*(and |, ?)?[0-9]+\s*[^\W\d_]+",
        "two units in one cell",
        "Write it in one of them, as 90 min or 52 h.",
    ),
    (
        r".*\b(ongoing|persist\w*|continu\w*|unresolved|not resolved)\b.*",
        "no end, but that there was none yet",
        "Say so in the outcome, as not_recovered; leave this cell blank, or name its words under `missing` in the map.",
    ),
    (r".*[¼½¾⅓⅔].*|[0-9]+ [0-9]/[0-9].*", "a fraction", "Write it with decimals, as 1.5 wk."),
    (
        r"c(ycle )?[0-9]+,? ?d(ay ?)?[0-9]+.*",
        "a day of a cycle",
        "Write the day alone, as day 8, and give the cycle a column of its own.",
    ),
    (
        r"(hours?|weeks?|wks?|months?|years?|h)\s?[0-9].*",
        "a week, month or hour by its number, of which the first may be 0 or 1",
        "Write what it means as a range: 7-14 d for the second week.",
    ),
    (
        r".*[0-9]\s*([^\W\d_]+\s*)?\+.*",
        "a plus sign behind a number",
        "Write it as ≥14 d or >14 d, whichever is meant.",
    ),
    (
        r".*[(\[].*",
        "more than a time: something in brackets",
        "Write the time alone; what stands in brackets goes into a column of its own.",
    ),
    (
        r"\D*",
        "words without a number",
        f"Write the limit that the source gives, as within 1 h or <1 wk; {OR_MISSING}",
    ),
)


WITHOUT_MAP = (
    (r"(?:Say|Give|Write it)[^.;]*? in the map(?: says so)?, or (?:write )?(?=as )", "Write it "),
    (r"(?:Say|Give)[^.;]*? in the map, or (.)", lambda found: found[1].upper()),
    (
        r"[;,] or name (?:it|the word) under `missing` in the map(?:, with the reason it stands for)?",
        "; or say why there is none, as NR or unknown",
    ),
    (r", or name its words under `missing` in the map|; or give the column another target in the map[^.]*", ""),
    (r"Say under `codes` in the map which of these it is", "Write one of these"),
)


def without_map(cure: str) -> str:
    """A cure for a table that has no map, as the sheet `patients` of the entry workbook: what can be done in the cell."""
    for pattern, instead in WITHOUT_MAP:
        cure = re.sub(pattern, instead, cure)
    return cure


def of_time(words: str, date: bool) -> UnreadableError:
    """The error for a text that is no time, or no date in a column of dates."""
    for pattern, what, cure in (*ELSEWHERE, *(DATES if date else TIMES)):
        if re.fullmatch(pattern, words):
            return UnreadableError(what, cure)
    if date:
        return UnreadableError("not a date that can be read", A_DATE)
    return UnreadableError("not a time that can be read")
