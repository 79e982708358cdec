"""What a correct program keeps, whatever is reported (definitions: properties): attacked with generated series."""

import os
import random
import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from schemas.profile import RiskWindow
from tests.decisions.generated import Rows, series
from tests.decisions.line import EVENT, WHERE, through
from tests.validate.build import PROFILE

FEW = settings(max_examples=int(os.environ.get("DAHLIA_EXAMPLES", "2")), deadline=None, phases=(Phase.generate,))
"""Each example is a series of many cases; DAHLIA_EXAMPLES=100 attacks for longer."""
ALONE = PROFILE.model_copy(
    update={"event": PROFILE.event.model_copy(update={"risk_window": RiskWindow(days=5, source="invented")})}
)
"""With a risk window of its own, so that no case of a series touches another's."""

GOOD = {
    "alive": ("vital", "alive", "vital_basis"),
    "survived": ("survived_event", "yes", "survived_basis"),
    "dechallenge": ("dechallenge", "positive", "dechallenge_basis"),
    "no other cause": ("other_cause", "no", ""),
    "not recurred": ("rechallenge_reported", "not_recurred", ""),
    "strictly negative": ("rechallenge_event", "negative", ""),
    "not serious": ("not_serious", "the event", ""),
}
"""Good statuses: the column, its good value, and the column that names the cells it rests on."""


def both(before: Rows, after: Rows) -> list[pd.DataFrame]:
    """The patients of two series, cases of the same ids, that go through the line as one."""
    names = {row["case_id"]: f"{row['case_id']}-after" for row in before["cases"]}
    own = {name for name, rows in after.items() if any("case_id" in row for row in rows)}
    renamed = {name: [row | {"case_id": names[row["case_id"]]} for row in after[name]] for name in own}
    patients = through(profile=ALONE, **before | {name: [*before[name], *renamed[name]] for name in own}).derived[
        "patients"
    ]
    second = patients["case_id"].isin(names.values())
    return [patients[~second], patients[second]]


def goods(patients: pd.DataFrame) -> Counter:
    return Counter({name: int((patients[column] == value).sum()) for name, (column, value, _) in GOOD.items()})


def never_raises(before: Rows, after: Rows) -> None:
    first, second = map(goods, both(before, after))
    raised = {name: (first[name], second[name]) for name in GOOD if second[name] > first[name]}
    assert not raised


@FEW
@given(series(), st.randoms(use_true_random=True))
def test_order(rows: Rows, chance: random.Random):
    shuffled = {name: chance.sample(own, len(own)) for name, own in rows.items()}
    there, back = through(profile=ALONE, **rows), through(profile=ALONE, **shuffled)
    for name, table in there.derived.items():
        assert table.to_csv() == back.derived[name].to_csv(), name


@FEW
@given(series())
def test_bad_evidence_a_death(rows: Rows):
    others = [row for row in rows["deaths"] if row["case_id"] != "C1"]
    never_raises(rows | {"deaths": others}, rows | {"deaths": [*others, WHERE | {"case_id": "C1", "source_id": "S1"}]})


@FEW
@given(series())
def test_bad_evidence_a_fatal_outcome(rows: Rows):
    first, *others = rows["reactions"]
    never_raises(rows, rows | {"reactions": [first | {"outcome": "fatal"}, *others]})


@FEW
@given(series())
def test_bad_evidence_a_recurrence(rows: Rows):
    courses = [row["course"] for row in rows["courses"] if row["case_id"] == "C1"]
    again = EVENT | {"reaction": "again", "course": courses[-1], "source_id": rows["cases"][0]["source_id"]}
    never_raises(rows, rows | {"reactions": [*rows["reactions"], again]})


@FEW
@given(series(), st.sampled_from(["no", "unclear"]))
def test_bad_evidence_a_competitor_or_a_doubt(rows: Rows, excluded: str):
    doubt = WHERE | {"case_id": "C1", "cause": "moon", "excluded": excluded}
    never_raises(rows, rows | {"alternatives": [*rows["alternatives"], doubt]})


@FEW
@given(series())
def test_silence_raises_nothing(rows: Rows):
    event = EVENT | {"reaction": "silent", "course": "1", "outcome": "not_stated", "occurred": "not_stated"}
    test = WHERE | {"case_id": "C1", "result": "silent", "test": "look", "course": "1", "reading": "not_stated"}
    cause = WHERE | {"case_id": "C1", "cause": "stars", "excluded": "not_stated"}
    more = {
        "reactions": [*rows["reactions"], event],
        "tests": [*rows["tests"], test],
        "alternatives": [*rows["alternatives"], cause],
    }
    never_raises(rows, rows | more)


@FEW
@given(series())
def test_emptying_leaves_died_open_or_unknown(rows: Rows):
    """Blanking relatedness keeps a death a death; blanking `excluded` or `occurred` with the row kept raises nothing."""
    emptied = rows | {
        "deaths": [row | {"relatedness": ""} for row in rows["deaths"]],
        "alternatives": [row | {"excluded": ""} for row in rows["alternatives"]],
    }
    first, second = both(rows, emptied)
    died = first["vital"].str.startswith("died").to_numpy()
    assert len(died) == len(rows["cases"])
    assert (second["vital"].str.startswith("died").to_numpy() == died).all()
    assert (second["other_cause"] != "no").all()


@FEW
@given(series(), st.sampled_from([name for name, (_, _, basis) in GOOD.items() if basis]))
def test_witness(rows: Rows, name: str):
    """Without the cells named in its basis no good status stays good."""
    column, value, basis = GOOD[name]
    patients = through(profile=ALONE, **rows).derived["patients"].set_index("case_id")
    wanted = patients[patients[column] == value]
    assume(len(wanted))
    case = wanted.index[0]
    emptied = without(rows, case, wanted.loc[case, basis].split("; "))
    assume(
        any(
            row["occurred"] == "yes" and row["role"] == "event"
            for row in emptied["reactions"]
            if row["case_id"] == case
        )
    )
    assume(any(row["case_id"] == case for row in emptied["courses"]))
    after = through(profile=ALONE, **emptied).derived["patients"].set_index("case_id")
    assert after.loc[case, column] != value


KEYS = {"reactions": "reaction", "courses": "course", "tests": "result", "assessments": "assessor"}


def without(rows: Rows, case: str, addresses: list[str]) -> Rows:
    """The rows with the named cells blank; an address without a column takes out the row."""
    changed = {name: [dict(row) for row in own] for name, own in rows.items()}
    for address in addresses:
        table, key, column = re.fullmatch(r"(\w+)(?:\[([^\]]*)\])?(?:\.(\w+))?", address).groups()  # type: ignore[union-attr]
        own = [row for row in changed[table] if row["case_id"] == case and (not key or row[KEYS[table]] == key)]
        for row in own:
            if column and column != "case_id":
                row[column] = ""
            else:
                changed[table].remove(row)
    return changed


@pytest.mark.parametrize("address", ["reactions[r0].outcome", "courses[2]", "cases.discharged_alive", "deaths.case_id"])
def test_addresses_of_a_basis_can_be_read(address):
    rows = {"reactions": [{"case_id": "C", "reaction": "r0", "outcome": "x"}], "courses": [{"case_id": "C", "course": "2"}],
            "cases": [{"case_id": "C", "discharged_alive": "yes"}], "deaths": [{"case_id": "C"}]}  # fmt: skip
    assert without(rows, "C", [address]) != rows
