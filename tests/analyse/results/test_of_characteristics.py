"""n stated of N, with reasons for missing apart from answers that say `does not apply`."""

import pandas as pd

from schemas.derived_patients import PATIENTS
from schemas.results import Conventions
from scripts.analyse.results.of_characteristics import analyse
from scripts.files.bundle import Bundle
from tests.tables.small import profile

SAID = ("positive", "not_applicable", "unknown", "")


def test_a_completed_course_is_an_answer_about_dechallenge():
    """A finished course cannot be stopped: stated. Elsewhere `not_applicable` is a reason for having no value."""
    blank = dict.fromkeys(PATIENTS.columns, "") | {"counted": "in", "group": "itch"}
    cases = pd.DataFrame(
        [
            blank | {"case_id": f"c{place}", "dechallenge": answer, "planned_doses": answer}
            for place, answer in enumerate(SAID)
        ]
    )
    result_rows, _ = analyse(Bundle(profile(), Conventions(), derived={"patients": cases}), Conventions())
    rows = pd.DataFrame(result_rows).query("group == 'all'")
    told = [
        rows.loc[rows["endpoint"] == variable, ["statistic", "level", "value", "n"]].to_numpy().tolist()
        for variable in ("dechallenge", "planned_doses")
    ]
    assert told == [
        [["count", "positive", 1, 2], ["count", "not_applicable", 1, 2], ["missing", "unknown", 1, 2],
         ["missing", "no_information", 1, 2]],
        [["count", "positive", 1, 1], ["missing", "not_applicable", 1, 1], ["missing", "unknown", 1, 1],
         ["missing", "no_information", 1, 1]],
    ]  # fmt: skip
