"""The event date of a report in FDA's exports of its database: the only date that openFDA and FAERS XML have of an event.

FDA writes `CASE EVENT DATE: YYYY[MM[DD]]` where R2 has the narrative. It is one date for the whole report, like `event_dt`
of the quarterly extracts, and read as they are: as the onset of a reaction that has no start of its own, an assumption
where there are several reactions. Seen in 13 of 27 openFDA reports and 2 of 7 reports of FAERS XML; openFDA's reference says
that the field holds the event date of the case, and no narrative.
"""

import re

from scripts.ingest.reports import Report

SAID = re.compile(r"(?:CASE EVENT DATE|^\s*(?i:case event date))[ \t]*(?::[ \t]*|(?=\d))([^\s;,]*)", re.MULTILINE)
"""FDA's words in capitals anywhere, or at the beginning of a line; in small letters within a sentence they are a sender's."""
DATE = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?\.?")
SEVERAL = "CASE EVENT DATE is one date for the whole report"


def event_date_in(report: Report, narrative: str) -> str:
    """The date as EDTF text of its own precision; a blank where there is none. One that is not written as FDA writes it, and
    several that differ, are none, with a finding."""
    sent = dict.fromkeys(words for words in SAID.findall(narrative) if words)
    dates = {"-".join(filter(None, match.groups())) for words in sent if (match := DATE.fullmatch(words))}
    if sent and len(dates) != 1:
        why = "tells several dates" if dates else "is followed by no date"
        cure = "Look at the narrative; where it tells one date, give it in a table of your own."
        report.note(
            "reports", "event_date", "; ".join(sent), f"CASE EVENT DATE in the narrative {why}: none is read", cure
        )
    return dates.pop() if len(dates) == 1 else ""


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
