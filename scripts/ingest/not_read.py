"""What messages hold beside what is read: counted in every run, each element with the reason (code list `not_read`)."""

from collections import Counter
from collections.abc import Iterable

from schemas.codes import labels, rows
from scripts.ingest.reports import Report

NOT_KNOWN = "No reader knows this element."


def remarks(kept: Iterable[Report]) -> list[dict]:
    """A finding for each element that occurs in reports that are kept and is not read; technical ones are passed over."""
    why = labels("not_read")
    quiet = {row["code"] for row in rows("not_read") if row["told"] == "no"}
    counts = Counter(name for report in kept for name in report.unread)
    return [
        {
            "rule": "not_read",
            "severity": "information",
            "table": "reports",
            "column": name,
            "value": str(count),
            "what": f"the element occurs in {count} report{'s' if count > 1 else ''} and is not read",
            "cure": why.get(name, NOT_KNOWN),
        }
        for name, count in sorted(counts.items())
        if name not in quiet
    ]
