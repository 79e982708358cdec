"""Days of a VAERS report: its dates, and the number of days from vaccination to onset."""

import re
from datetime import date, timedelta

from schemas.fields import is_number
from scripts.ingest.csv_layout import Row
from scripts.ingest.reports import Report

DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def day(sent: str) -> str:
    """ISO date of MM/DD/YYYY; anything else as sent."""
    match = DATE.fullmatch(sent)
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else sent


def vaccinated(data: Row) -> str:
    """The day of vaccination; where it is blank, the day of onset less NUMDAYS, if it tells that."""
    last, days = _date(day(data["onset_date"])), data["numdays"]
    if data["vax_date"] or last is None or not days.isdecimal():
        return day(data["vax_date"])
    return (last - timedelta(days=int(days))).isoformat()


def onset(report: Report, data: Row) -> dict[str, str]:
    """The onset by the two dates; by NUMDAYS, the days from vaccination (0 is its day), where they do not tell it.

    A NUMDAYS that says otherwise than the dates, or is no number of days, is a finding.
    """
    days, count = data["numdays"], _between(vaccinated(data), day(data["onset_date"]))
    readable = is_number(days) and float(days) >= 0
    if readable and count is None:
        return {"onset_lower": days, "onset_upper": days, "onset_scale": "d", "onset_origin": "first_dose"}
    if days and not (is_number(days) and float(days) == count):
        why = "is no number of days" if count is None else f"is not what the two dates say ({count} d)"
        report.note("reactions", "onset_date", days, f"NUMDAYS {why}; it is not used", "Look at the line.")
    return {"onset_date": day(data["onset_date"])}


def _between(first: str, last: str) -> int | None:
    """Days between two dates; None where one is none."""
    days = [_date(text) for text in (first, last)]
    return (days[1] - days[0]).days if days[0] and days[1] else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
