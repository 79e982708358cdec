"""The event date of a report in FDA's exports of its database: the only date that openFDA and FAERS XML have of an event.

FDA writes `CASE EVENT DATE: YYYY[MM[DD]]` where R2 has the narrative. It is one date for the whole report, like `event_dt`
of the quarterly extracts, and read as they are: as the onset of a reaction that has no start of its own, an assumption
where there are several reactions. Seen in 13 of 27 openFDA reports
and 2 of 7 reports of FAERS XML; no documentation of FDA tells of it.
"""

import re

from scripts.e2b.hl7_times import edtf
from scripts.ingest.reports import Report

CASE_EVENT_DATE = re.compile(r"^\s*CASE EVENT DATE:\s*(\d{4}(?:\d{2}(?:\d{2})?)?)\s*$", re.MULTILINE)
SEVERAL = "CASE EVENT DATE is one date for the whole report"


def event_date_in(narrative: str) -> str:
    """The date as EDTF text of its own precision; a blank where there is none, or several that differ."""
    dates = set(CASE_EVENT_DATE.findall(narrative))
    return edtf(dates.pop()) if len(dates) == 1 else ""


def give(report: Report, event_date: str) -> None:
    """Note the event date of the report, and the onset of its reactions where none has a start of its own."""
    reactions = report.rows.get("reactions", [])
    report.rows["reports"][0]["event_date"] = event_date
    if not event_date or any(row.get("onset_date") for row in reactions):
        return
    for row in reactions:
        row["onset_date"] = event_date
        if len(reactions) > 1:
            report.assumed("reactions", row["reaction"], "onset", "B.5.1", SEVERAL)
