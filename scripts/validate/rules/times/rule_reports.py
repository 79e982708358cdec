"""Q41: the dates of a report against each other and against what it tells."""

import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.clock.intervals import DAY, calendar, elapsed, numbers
from scripts.validate.clock import course_of, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.row_keys import joined
from scripts.validate.rules.event_courses import of_the_event

TOLD = (("courses", "start_date"), ("doses", "time_date"), ("reactions", "onset_date"), ("reactions", "end_date"),
        ("tests", "time_date"), ("managements", "time_date"), ("deaths", "time_date"), ("history", "start_date"),
        ("history", "end_date"), ("reports", "event_date"))  # fmt: skip
REPORT = ["case_id", "source_id"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about dates of reports. Nothing is withheld: which of the two dates is wrong is not known."""
    reports = narrow(tables["reports"], "source_id", "version", "received", "latest_information", "event_date")
    if not len(reports):
        return together([])
    received, latest = calendar(reports["received"]), calendar(reports["latest_information"])
    older = reports[latest["last"] < received["first"]]
    what = "older than the first receipt of the report, " + older["received"]
    return together(
        [
            flag("reports", older, "Q41", "latest_information", what),
            _versions(reports, "received", received, "received before version "),
            _versions(reports, "latest_information", latest, "older than the latest information of version "),
            _events(reports, tables),
            *_told_before(reports, pd.concat([received["last"], latest["last"]], axis=1).max(axis=1), tables),
        ]
    )


def _versions(reports: pd.DataFrame, column: str, days: pd.DataFrame, words: str) -> pd.DataFrame:
    """A later version knows no less: its date is not before that of the version before it."""
    ordered = reports.assign(number=numbers(reports["version"]), first=days["first"], last=days["last"])
    ordered = ordered.dropna(subset=["number", "last"]).sort_values([*REPORT, "number"], kind="stable")
    before = ordered.groupby(REPORT, sort=False)[["first", "version"]].shift()
    wrong = ordered[ordered["last"] < before["first"]]
    what = words + before.loc[wrong.index, "version"].astype(object)
    return flag("reports", wrong, "Q41", column, what)


def _events(reports: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The event date of the report is none of the dates between the first and the last onset of the event."""
    event = of_the_event(tables)
    begun = starts(tables).reindex(course_of(event, tables)).set_axis(event.index)
    counted = elapsed(event, "onset")
    by_day = counted[["lower", "upper"]].where((counted["origin"] == "first_dose") & (counted["grain"] == DAY))
    days = pd.DataFrame({"first": begun["first"] + by_day["lower"], "last": begun["last"] + by_day["upper"] - 1})
    onset = calendar(event["onset_date"]).fillna(days).assign(case_id=event["case_id"]).dropna()
    hull = onset.groupby("case_id").agg({"first": "min", "last": "max"})
    rows = reports[filled(reports["event_date"])]
    day, event_span = calendar(rows["event_date"]), hull.reindex(rows["case_id"]).set_axis(rows.index)
    apart = (day["last"] < event_span["first"]) | (day["first"] > event_span["last"])
    return flag("reports", rows[apart], "Q41", "event_date", "not the date of onset of the event: the onset is used")


def _told_before(reports: pd.DataFrame, known: pd.Series, tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Dates of a case that the report of the same source cannot know: later than its receipt and its latest information."""
    last = known.groupby(joined(reports, REPORT)).max()
    parts = []
    for table_name, column in TOLD:
        rows = narrow(tables[table_name], "source_id", column)[filled(tables[table_name][column])]
        late = rows[calendar(rows[column])["first"] > joined(rows, REPORT).map(last)]
        parts.append(
            flag(
                table_name, late, "Q41", column, "later than the receipt of the report that gives it: used as it stands"
            )
        )
    return parts
