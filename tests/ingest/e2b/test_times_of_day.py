"""Times and intervals below one day: dates keep the day, provenance keeps the rest, intervals keep their unit."""

from copy import deepcopy

import pytest

from schemas.profile import load
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.validate import examine
from tests.conftest import REPOSITORY
from tests.ingest import write_r2, write_r3
from tests.ingest.five_cases import CASES


def r3(folder, *cases):
    file = folder / "a.xml"
    file.write_bytes(write_r3.batch(*map(write_r3.message, cases)))
    return from_e2b_r3.read(file).tables


def r2(folder, change):
    (tree,) = write_r2.trees([deepcopy(CASES[0]) | {"drugs": CASES[0]["drugs"][:1]}])
    change(tree["patient"])
    file = folder / "a.xml"
    file.write_bytes(write_r2.xml([tree]))
    return from_e2b_r2.read(file).tables


def one_drug(onset, start, number="1"):
    case = deepcopy(CASES[0]) | {"id": f"GB-INVENTED-{number}"}
    case["drugs"] = case["drugs"][:1]
    case["drugs"][0]["judged"] = [{"reaction": "1", "start": start}]
    case["reactions"][0]["onset"] = onset
    return case


def intervals(tables):
    sent = tables["assessments"]
    return sent.loc[sent["start_to_onset"] != "", ["start_to_onset", "start_to_onset_scale"]].values.tolist()


def test_hours_of_an_r2_message_stay_beside_the_date(tmp_path):
    def change(patient):
        patient["reaction"][0] |= {"reactionstartdateformat": "203", "reactionstartdate": "202207061015"}
        patient["drug"][0] |= {"drugstartdateformat": "204", "drugstartdate": "20220704083000"}
        patient["test"][0] |= {"testdateformat": "203", "testdate": "202207072359"}

    tables = r2(tmp_path, change)
    assert list(tables["reactions"]["onset_date"]) == ["2022-07-06"]
    assert list(tables["doses"]["time_date"]) == ["2022-07-04"]
    assert tables["provenance"][["table", "key", "column", "words"]].values.tolist() == [
        ["reactions", "GB-INVENTED-1;1", "onset", "202207061015"],
        ["tests", "GB-INVENTED-1;1", "time", "202207072359"],
        ["doses", "GB-INVENTED-1;1;1", "time", "20220704083000"],
    ]


@pytest.mark.parametrize(("amount", "unit", "code"), [("5", "h", "805"), ("30", "min", "806"), ("90", "s", "807")])
def test_intervals_below_a_day_keep_number_and_unit(tmp_path, amount, unit, code):
    assert intervals(r3(tmp_path, one_drug("2022-07-04", (amount, unit)))) == [[amount, unit]]

    def change(patient):
        patient["drug"][0] |= {"drugstartperiod": amount, "drugstartperiodunit": code}

    assert intervals(r2(tmp_path, change)) == [[amount, unit]]


DAY_1 = [
    ("2022-07-06", ("3", "d"), []),  # 4 July is day 1, so 6 July is day 3
    ("2022-07-06", ("2", "d"), ["Q18"]),  # counted as if 4 July were day 0
    ("2022-07-04", ("1", "d"), []),  # the same day is 1, not 0
    ("2022-07-04", ("5", "h"), []),  # hours are not counted from day 1
    ("2022-07-06", ("5", "h"), ["Q18"]),
]


def test_intervals_that_disagree_with_the_dates_by_the_day_1_rule(tmp_path):
    profile = load(REPOSITORY / "tests/studies/invented/profile.yaml")
    tables = r3(tmp_path, *(one_drug(onset, start, at) for at, (onset, start, _) in enumerate(DAY_1)))
    assert len(intervals(tables)) == len(DAY_1)
    findings, _ = examine(tables, profile, set())
    rules_of_case = findings[findings["column"] == "start_to_onset"].groupby("case_id")["rule"].agg(list).to_dict()
    assert rules_of_case == {f"GB-INVENTED-{at}": rules for at, (*_, rules) in enumerate(DAY_1) if rules}
