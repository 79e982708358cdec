"""Q45: the event is told in a course of another drug alone, so that only its date leads to the clock of the drug."""

import pandas as pd

from schemas.fields import bounded
from schemas.profile import Profile
from scripts.clock.intervals import DOSES
from scripts.records.other_courses import in_another_course, of_another_alone
from scripts.validate.flags import as_severe, flag, together
from scripts.validate.rules.event_courses import of_the_event

TOLD = "told in a course of another drug: on the clock of the drug it counts by its date alone"
COUNTED = (
    "counted from a dose of another drug: on the clock of the drug it counts by the date to which that leads, if any"
)
CURE = "If that is meant, nothing; if it began in a course of the drug, or the time counts from a dose of it, name that course."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Terms of the event in courses of other drugs, of cases that have it nowhere else."""
    if not profile.drug.substances:
        return together([])
    event, courses, names = of_the_event(tables), tables["courses"], profile.drug.substances
    rows = event[event["case_id"].isin(of_another_alone(event, courses, names))]
    rows = rows[in_another_course(rows, courses, names)]
    counted = bounded(rows, "onset") & rows["onset_origin"].isin(DOSES)
    return together(
        [
            flag("reactions", rows[counted], "Q45", "course", COUNTED, cure=CURE),
            as_severe(
                flag("reactions", rows[~counted], "Q45", "course", TOLD, cure=CURE),
                "information",
            ),
        ]
    )
