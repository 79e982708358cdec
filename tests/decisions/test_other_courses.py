"""Several suspect drugs: one clock per drug, also where the event is told in a course of another one (definitions: onset)."""

from scripts.validate import check
from tests.decisions.line import COURSE, EVENT, Cases
from tests.validate.build import PROFILE

INF = float("inf")
OTHER = COURSE | {"course": "2", "drug": "otherol", "substance": "otherol"}
DAY_3 = {"onset_lower": "3", "onset_upper": "3", "onset_scale": "study_day", "onset_origin": "first_dose"}
IN_2 = EVENT | {"course": "2"}
COUNTED, TOLD, NOTHING = "warning", "information", ""


def both(start: str = "2024-05-01", other: str = "") -> list[dict]:
    return [COURSE | {"start_date": start}, OTHER | {"start_date": other}]


SERIES = Cases()
CLOCKS = [  # reported; first symptom on the clock of the drug, with its state; what is asked
    ({"courses": both(other="2024-04-20"), "reactions": [EVENT | {"onset_date": "2024-05-03"}]}, (2, 3, "observed"), NOTHING),
    ({"courses": both(), "reactions": [EVENT | DAY_3]}, (2, 3, "observed"), NOTHING),
    # told in the other drug's course: by its date, or that to which the other drug's clock leads
    ({"courses": both(), "reactions": [IN_2 | {"onset_date": "2024-05-03"}]}, (2, 3, "observed"), TOLD),
    ({"courses": both(other="2024-04-30"), "reactions": [IN_2 | DAY_3]}, (1, 2, "observed"), COUNTED),
    ({"courses": both(other="2024-04"), "reactions": [IN_2 | DAY_3]}, (0, 2, "observed"), COUNTED),
    ({"courses": both(), "reactions": [IN_2 | DAY_3]}, (0, INF, "not_usable"), COUNTED),
    ({"courses": both(), "reactions": [IN_2]}, (0, INF, "unknown"), TOLD),
    # before the drug it was given, or beside an event of the drug, it stays with the other one
    ({"courses": both(), "reactions": [IN_2 | {"onset_date": "2024-03-01"}]}, (0, INF, "unknown"), TOLD),
    ({"courses": both(), "reactions": [EVENT | DAY_3, IN_2 | {"reaction": "again", "onset_date": "2024-09-01"}]}, (2, 3, "observed"), NOTHING),
]  # fmt: skip


ON_CLOCKS = SERIES.of(reported for reported, _, _ in CLOCKS)


def test_every_drug_has_its_own_clock():
    times = SERIES.told.derived["times"]
    onsets = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")]
    first_times = onsets.drop_duplicates("case_id").set_index("case_id")[["lower", "upper", "state"]]
    asked = check(SERIES.told.reported, PROFILE)
    asked = asked[(asked["rule"] == "Q45") & (asked["column"] == "course")].set_index("case_id")["severity"]
    answers = [(tuple(first_times.loc[case]), asked.get(case, NOTHING)) for case in ON_CLOCKS.names]
    assert answers == [(time, asking) for _, time, asking in CLOCKS]


FATAL = {"onset_date": "2024-05-03", "outcome": "fatal"}
BEFORE = {"onset_date": "2024-03-01", "outcome": "recovered"}
IN_ANOTHER = SERIES.of({"courses": both(), "reactions": [IN_2 | told]} for told in (FATAL, BEFORE))


def test_what_is_told_in_another_course_is_the_patients_event():
    assert IN_ANOTHER.rows("episodes", "outcome") == [[("fatal",)], []]
