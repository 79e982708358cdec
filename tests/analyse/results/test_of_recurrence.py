"""Recurrence by indication and by what the re-exposed course had, on literal rows; limits of Clopper and Pearson."""

import pandas as pd
import pytest

from schemas.results import Conventions
from scripts.analyse.results.of_recurrence import analyse
from scripts.files.bundle import Bundle
from tests.tables.small import profile

NOT_SAID = "premedication: not_stated; doses: no_information; setting: no_information; measures: no_information"
GIVEN = "premedication: corticosteroid; doses: fewer; setting: inpatient; measures: anticoagulant; measures: imaging"


def derived(*again: tuple[str, str, str, str, str, str]) -> Bundle:
    """Rows: case_id, group, modifiers, event, symptoms, tests; every case counts but `inside`."""
    columns = ["case_id", "group", "modifiers", "event", "symptoms", "tests"]
    table = pd.DataFrame(again, columns=columns).assign(kind="re_exposure")
    ids = [*dict.fromkeys(table["case_id"]), "never"]
    cases = pd.DataFrame({"case_id": ids, "counted": ["inside" if case_id == "inside" else "in" for case_id in ids]})
    return Bundle(profile(), Conventions(), derived={"patients": cases, "rechallenges": table})


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    rows, _ = analyse(
        derived(
            ("a", "itch", GIVEN, "negative", "positive", "not_stated"),
            ("b", "itch", NOT_SAID, "positive", "not_stated", "not_stated"),
            ("c", "sneezing", GIVEN, "inconclusive", "not_stated", "not_stated"),
            ("a", "itch", NOT_SAID, "inconclusive", "not_stated", "not_stated"),
            ("inside", "itch", GIVEN, "positive", "positive", "positive"),
        ),
        Conventions(),
    )
    return pd.DataFrame(rows)


def test_every_part_with_its_denominators(found):
    """x, m and re-exposed patients of the event: a patient counts once in a part, in the part of each measure."""
    event = found[(found["endpoint"] == "event") & (found["statistic"] == "clopper_pearson")]
    assert event[["group", "level", "value", "n", "n_total", "known_population"]].to_numpy().tolist() == [
        ["all", "", 1, 2, 3, ("a", "b")],
        ["itch", "", 1, 2, 2, ("a", "b")],
        ["sneezing", "", 0, 0, 1, ()],
        ["all", "premedication: corticosteroid", 0, 1, 2, ("a",)],
        ["all", "premedication: not_stated", 1, 1, 2, ("b",)],
        ["all", "doses: fewer", 0, 1, 2, ("a",)],
        ["all", "doses: no_information", 1, 1, 2, ("b",)],
        ["all", "setting: inpatient", 0, 1, 2, ("a",)],
        ["all", "setting: no_information", 1, 1, 2, ("b",)],
        ["all", "measures: anticoagulant", 0, 1, 2, ("a",)],
        ["all", "measures: imaging", 0, 1, 2, ("a",)],
        ["all", "measures: no_information", 1, 1, 2, ("b",)],
    ]


@pytest.mark.parametrize(
    ("method", "group", "limits"),
    [
        ("clopper_pearson", "all", (0.012579, 0.987421)),  # 1 of 2: 1 - sqrt(0.975), sqrt(0.975)
        ("jeffreys", "all", (0.060830, 0.939170)),  # beta(1.5, 1.5) at 0.025 and 0.975
        ("clopper_pearson", "sneezing", (None, None)),
    ],
)
def test_limits(found, method, group, limits):
    row = found[
        (found["statistic"] == method)
        & (found["group"] == group)
        & (found["level"] == "")
        & (found["endpoint"] == "event")
    ].iloc[0]
    shown = tuple(None if pd.isna(row[end]) else round(row[end], 6) for end in ("lower", "upper"))
    assert shown == limits


def test_nobody_re_exposed():
    assert analyse(derived(), Conventions()) == ([], [])
