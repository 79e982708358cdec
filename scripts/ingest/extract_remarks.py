"""Findings on a file of a public extract: its encoding, and its lines that do not fit."""

UNREADABLE = "line that does not fit its header"
MOST_SHOWN = 50
Reject = tuple[int, str, str]
"""A line that does not fit: its number, why, how it begins."""


def remarks(file: str, guessed: str, bad: list[Reject], cure: str) -> list[dict]:
    """guessed: what is said of an encoding that had to be guessed. Of the lines left out the first are told one by one."""
    found = [_remark(file, 0, "warning", guessed, "Check names with accents.")] if guessed else []
    for line, why, beginning in bad[:MOST_SHOWN]:
        found.append(_remark(file, line, "error", f"line left out: {why}", cure, beginning))
    if len(bad) > MOST_SHOWN:
        what = f"{len(bad) - MOST_SHOWN} more lines left out"
        found.append(_remark(file, 0, "error", what, "See the lines named; the file may be damaged."))
    return found


def _remark(file: str, row: int, severity: str, what: str, cure: str, value: str = "") -> dict:
    return {
        "rule": "readable",
        "severity": severity,
        "table": "reports",
        "file": file,
        "row": row,
        "value": value,
        "what": what,
        "cure": cure,
    }
