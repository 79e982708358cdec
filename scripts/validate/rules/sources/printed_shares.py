"""Shares in the words of a claim: `8 of 11`, `8/11`, `72 per cent`."""

import re

RATIO = re.compile(
    r"(?<![\d.,/:-])(?P<part>\d{1,6})(?:\s+(?:out\s+)?of\s+(?:the\s+|these\s+|all\s+)?|\s?(?P<slash>/)\s?)"
    r"(?P<whole>\d{1,6})(?![\d/]|[.,:-]\d)(?!\s*(?:days?|weeks?|months?|years?|doses?|infusions?|courses?|cycles?)\b)",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(?<![\d.,])(?P<share>\d{1,3}(?:[.,]\d+)?)\s?(?:%|per\s?cent\b)", re.IGNORECASE)
INEXACT_BEFORE = re.compile(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|ca?\.|ca|than|over|under|above|below|"
    r"at least|at most|up to|between)|[~≈<>≤≥±]|[\d%]\s*(?:to|-|–)|\bbetween\s[\d.,]+\s?(?:%|per\s?cent)?\s+and)\s*$",
    re.IGNORECASE,
)
INEXACT_AFTER = re.compile(r"\s*(?:(?:to|-|–)\s*\d|or (?:more|less|higher|lower|above|below)\b)", re.IGNORECASE)
"""A rounded percentage, or an end of a range."""
LEVEL = re.compile(r"[\s-]*(?:CI\b|CrI\b|confiden|credib|predict|interval|limits?\b|level)", re.IGNORECASE)
LEVEL_BEFORE = re.compile(r"\b(?:CI|CrI|confidence(?: (?:interval|level|limits))?)\s*[(,:=]?\s*$", re.IGNORECASE)

REACH = 80
"""Only this many characters before a percentage are looked at, so that a long text with many of them is read quickly."""


def percentages(words: str) -> list[str]:
    """Exact percentages as printed, with a decimal point: no rounded word, no end of a range, no level of confidence."""
    shares = []
    for hit in PERCENT.finditer(words):
        start, end = hit.span()
        near = max(start - REACH, 0)
        inexact = INEXACT_BEFORE.search(words, near, start) or INEXACT_AFTER.match(words, end)
        if not (inexact or LEVEL.match(words, end) or LEVEL_BEFORE.search(words, near, start)):
            shares.append(hit["share"].replace(",", "."))
    return shares


def ratios(words: str) -> list[tuple[int, int, bool]]:
    """Every `x of y` with whether it is written with a stroke, which may be a date or another kind of pair too."""
    return [(int(hit["part"]), int(hit["whole"]), bool(hit["slash"])) for hit in RATIO.finditer(words)]


def other_percentage(words: str, count: float, whole: float) -> str:
    """The first exact percentage if none is that of the count, nor of the rest, to its printed decimals; else blank."""
    shares = percentages(words)
    if any(_is_share(printed, part, whole) for printed in shares for part in (count, whole - count)):
        return ""
    return shares[0] if shares else ""


def _is_share(printed: str, part: float, whole: float) -> bool:
    decimals = len(printed.partition(".")[2])
    return abs(100 * part / whole - float(printed)) <= 0.5 * 10.0**-decimals + 1e-9


def other_ratio(words: str, count: float, whole: float) -> str:
    """The first ratio out of the whole if none is that of the count, nor of the rest; else blank.

    A single `x of y` with the count itself and another whole is another one too.
    """
    pairs = ratios(words)
    same_whole = [part for part, total, _ in pairs if total == whole]
    if same_whole:
        return "" if {count, whole - count} & set(same_whole) else f"{same_whole[0]} of {whole:g}"
    if len(pairs) == 1 and pairs[0][0] == count and not pairs[0][2]:
        return f"{pairs[0][0]} of {pairs[0][1]}"
    return ""
