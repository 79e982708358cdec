"""What a correct program keeps, whatever is reported (definitions: properties): attacked with generated series.

A line costs as much for two hundred cases as for one: every change of every case goes through it beside the case unchanged.
"""

import random
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.causality.naranjo import derived as naranjo
from scripts.documents.causality.naranjo import weights
from scripts.records.after_death import after_death
from scripts.records.corrections import row_key
from scripts.validate import check
from tests.decisions.changed import UNDATED, changes, of_case, renamed
from tests.decisions.examples import ALONE, FEW
from tests.decisions.generated import Rows, series
from tests.decisions.line import Told, through
from tests.validate.build import tables

GOOD = {
    "alive": ("vital", "alive"),
    "survived": ("survived_event", "yes"),
    "dechallenge": ("dechallenge", "positive"),
    "no other cause": ("other_cause", "no"),
    "not recurred": ("rechallenge_reported", "not_recurred"),
    "strictly negative": ("rechallenge_event", "negative"),
    "not serious": ("not_serious", "the event"),
    "resolved": ("resolved", "True"),
}
"""Good statuses: the column of `patients` and its good value; `resolved` of `judged`."""
OPEN_AGAIN = ("alive", "no other cause", "not recurred", "strictly negative", "resolved")
"""What a cell emptied with its row kept must leave died, open or unknown."""
AFTER_DEATH = ("the time of a death", "the time of the event")
"""Without either day a course or an event that is dated after the death is evidence again, and so is a re-exposure that began
before the event had ended."""
LATER_AGAIN = {(name, status) for name in AFTER_DEATH for status in ("not recurred", "strictly negative")}
ENDED_AGAIN = {(name, "resolved") for name in AFTER_DEATH}
"""Only of a case of which something is dated after the death, which is a finding (Q39)."""
OF_A_COURSE = ("2", "3", "4", "9")
"""Questions of Naranjo that such a row may then answer: onset, dechallenge, rechallenge, an earlier exposure."""
AN_END = ("a good outcome", "resolved")
"""An end beside no outcome at all is an end; beside `recovering` or `with sequelae` it is not, or is another one."""
OF_TIMES = ("resolved", "2")
"""A status and a question of Naranjo that rest on times: a case inside a group has none of its own, and its copies do."""
RECURRED = {"a recurrence", "a code of recurrence"}
"""Speaks against the good end of a patient and for the drug as its cause: the answer on reappearance may change."""


def together(rows: Rows, changed: dict[str, Rows]) -> Told:
    """A series and, beside it, further cases under names of their own, through the line as one; with their findings."""
    made = {table: list(table_rows) for table, table_rows in rows.items()}
    for case, case_rows in changed.items():
        for table, more in renamed(case_rows, case).items():
            made[table] = [*made[table], *more]
    return through(profile=ALONE, found=check(tables(**made), ALONE), **made)


def cases(rows: Rows) -> list[str]:
    return [row["case_id"] for row in rows["cases"]]


def judged(told: Told) -> pd.DataFrame:
    """The patients by case, with whether the event is known to have resolved by a known time."""
    times = told.derived["times"]
    ended = times[(times["endpoint"] == "clinical_resolution") & (times["state"] == "observed")]
    ended = ended[(ended["of_index"] == "yes") & np.isfinite(ended["upper"])]
    patients = told.derived["patients"].set_index("case_id")
    return patients.assign(resolved=patients.index.isin(ended["case_id"]).astype(str))


def good(patient: pd.Series) -> set[str]:
    return {status for status, (column, value) in GOOD.items() if patient[column] == value}


def points(told: Told, case: str) -> dict[str, int]:
    """The points of every question of Naranjo that rows decide."""
    return {
        question: weights()[question][answer or "unknown"]
        for question, (answer, _) in naranjo(told.documented[case]).items()
    }


@FEW
@given(series())
def test_what_speaks_against_a_good_end_and_what_says_nothing_raise_nothing(rows: Rows):
    """Bad evidence, silence, emptying, good evidence taken away: no good status and no item's points rise in any case.

    What is taken away may leave an answer that counted against the drug open, at nought.
    """
    made: dict[str, Rows] = {}
    asked: list[tuple[str, str, str, str]] = []
    for case in cases(rows):
        before = of_case(rows, case)
        for kind, label, change in changes():
            after = change(before)
            if after != before:
                made[f"{case} with {label}"] = after
                asked.append((case, f"{case} with {label}", kind, label))
    told = together(rows, made)
    patients = judged(told)
    score = {case: points(told, case) for case in patients.index}
    late = set(told.found.loc[told.found["rule"] == "Q39", "case_id"])
    raised = []
    for case, changed, kind, label in asked:
        first, second = patients.loc[case], patients.loc[changed]
        risen = good(second) - good(first) - (set() if first["counted"] == "in" else set(OF_TIMES))
        if kind == "emptying":
            later = LATER_AGAIN | (ENDED_AGAIN if case in late else set())
            risen = {status for status in risen if status in OPEN_AGAIN and (label, status) not in later}
        raised += [(changed, status) for status in risen if (label, status) != AN_END]
        if kind == "emptying" and first["vital"].startswith("died") and not second["vital"].startswith("died"):
            raised.append((changed, "not dead"))
        least = 0 if kind in ("good evidence", "emptying") else -1
        more = [question for question, given in score[changed].items() if given > max(least, score[case][question])]
        more = [question for question in more if label not in AFTER_DEATH or question not in OF_A_COURSE]
        more = [question for question in more if first["counted"] == "in" or question not in OF_TIMES]
        raised += [
            (changed, f"Naranjo {question}") for question in more if label not in RECURRED or question not in ("4", "9")
        ]
    assert not raised
    _undated_lines_only_leave_open(patients, asked)
    _what_follows_a_death_is_told(told)


def _undated_lines_only_leave_open(patients: pd.DataFrame, asked: list[tuple[str, str, str, str]]) -> None:
    """A further undated line of the drug in a message moves nothing but `not stated` to `not assessable`."""
    moved = []
    for case, changed, _, label in asked:
        if label != UNDATED:
            continue
        for column in ("vital", "survived_event", "outcome", "dechallenge", "stopped", "other_cause", "serious",
                       "rechallenge_reported", "rechallenge_event", "re_exposed", "exposures", "episodes"):  # fmt: skip
            first, second = patients.loc[case, column], patients.loc[changed, column]
            if (
                patients.loc[case, "exposures"] != "0"
                and first != second
                and (first not in ("not_stated", "unknown") or second != "not_assessable")
            ):
                moved.append((changed, column, first, second))
    assert not moved


def _what_follows_a_death_is_told(told: Told) -> None:
    """Each row that is evidence of nothing, since it begins after the death, has a finding that says so."""
    q39 = told.found[told.found["rule"] == "Q39"]
    told_keys = set(zip(q39["table"], q39["key"], strict=True))
    late = after_death(told.reported)
    unsaid = [
        (table, key)
        for table, rows in late.items()
        for key in row_key(told.reported[table][rows], table)
        if (table, key) not in told_keys
    ]
    assert not unsaid


@FEW
@given(series(), st.randoms(use_true_random=True))
def test_order(rows: Rows, chance: random.Random):
    shuffled = {table: chance.sample(table_rows, len(table_rows)) for table, table_rows in rows.items()}
    there, back = together(rows, {}), together(shuffled, {})
    for table_name, table in there.derived.items():
        assert _without_numbers(table).to_csv() == _without_numbers(back.derived[table_name]).to_csv(), table_name


def _without_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Without the numbers of findings, which follow the rows of the user's files."""
    return table.drop(columns=[column for column in ("findings",) if column in table])


@FEW
@given(series())
def test_witness(rows: Rows):
    """Without the cells named in its basis no good status stays good."""
    told = together(rows, {})
    emptied: dict[str, Rows] = {}
    asked = []
    for case, status, basis in rests_on(told):
        changed = without(of_case(rows, case), case, basis)
        if (
            any(row["occurred"] == "yes" and row["role"] == "event" for row in changed["reactions"])
            and changed["courses"]
        ):
            emptied[f"{case} not {status}"] = changed
            asked.append((f"{case} not {status}", status))
    after = judged(together(rows, emptied))
    assert not [case for case, status in asked if status in good(after.loc[case])]


def rests_on(told: Told) -> list[tuple[str, str, list[str]]]:
    """Case, good status and the cells it rests on."""
    columns = {"alive": "vital_basis", "survived": "survived_basis", "dechallenge": "dechallenge_basis"}
    tables_of = {
        "not recurred": (told.derived["rechallenges"], "reported", "not_recurred"),
        "strictly negative": (told.derived["rechallenges"], "event", "negative"),
        "no other cause": (told.derived["causes"], "kind", "excluded"),
    }
    statuses = []
    for case, patient in judged(told).iterrows():
        for status in good(patient) & {*columns, *tables_of}:
            if status in columns:
                cells = [patient[columns[status]]]
            else:
                table, column, value = tables_of[status]
                cells = table.loc[(table["case_id"] == case) & (table[column] == value), "basis"].tolist()
            statuses.append((str(case), status, [address for basis in cells for address in basis.split("; ")]))
    return statuses


KEYS = {
    "reactions": "reaction",
    "courses": "course",
    "tests": "result",
    "assessments": "assessor",
    "alternatives": "cause",
    "managements": "item",
    "history": "item",
}


def without(rows: Rows, case: str, addresses: list[str]) -> Rows:
    """The rows with the named cells blank; an address without a column takes out the row."""
    changed = {table: [dict(row) for row in table_rows] for table, table_rows in rows.items()}
    for address in addresses:
        table, key, column = re.fullmatch(r"(\w+)(?:\[([^\]]*)\])?(?:\.(\w+))?", address).groups()  # type: ignore[union-attr]
        meant = [row for row in changed[table] if row["case_id"] == case and (not key or row[KEYS[table]] == key)]
        for row in meant:
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
