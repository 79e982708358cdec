"""Q45: the event is told in a course of the drug that is no exposure: a skin test, placebo or desensitisation, or no dose given."""

import pandas as pd

from schemas.profile import Profile
from scripts.clock.first_doses import of_case_and_course
from scripts.records.drugs import drug_courses
from scripts.records.uses import in_place_of_a_use, is_use
from scripts.validate.flags import as_severe, flag, together
from scripts.validate.rules.event_courses import of_the_event

NO_USE = "told in a course that is no exposure (a skin test, placebo, desensitisation, or no dose given)"
BESIDE = f"{NO_USE}: it is shown, and is no episode and no recurrence on re-exposure"
ALONE = f"{NO_USE}: as the event is told in none before it, the course stands for a use of the drug"
CURE = "If that is meant, nothing; if a therapeutic dose was given, say so in the setting of the course (for example provocation)."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Terms of the event in such courses; a course that stands for a use is no loss."""
    courses_of_drug = drug_courses(tables["courses"], profile.drug.substances)
    used = is_use(courses_of_drug, tables["doses"])
    if used.all():
        return together([])
    event = of_the_event(tables)
    instead = in_place_of_a_use(courses_of_drug, used, tables["reactions"])
    beside, alone = (
        event[of_case_and_course(event).isin(of_case_and_course(courses_of_drug[courses]))]
        for courses in (~used & ~instead, instead)
    )
    return together(
        [
            flag("reactions", beside, "Q45", "course", BESIDE, cure=CURE),
            as_severe(flag("reactions", alone, "Q45", "course", ALONE, cure=CURE), "information"),
        ]
    )
