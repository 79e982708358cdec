"""Broken tables from the contracts: no traceback, every injected fault reported, sound rows left in peace."""

import os

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codes import MISSING, codes
from schemas.fields import NO_VALUE, is_date, is_number
from schemas.reported import TABLES
from scripts.ingest.workbook.template_guide import example_case
from scripts.validate import check, examine
from tests.validate.build import PROFILE

EXAMPLES = int(os.environ.get("DAHLIA_EXAMPLES", "1"))
# A check costs half a second whatever the tables hold: few examples, each with many faults.
FEW = settings(
    max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# Zero bytes are refused by the readers; pandas takes a text to end at one.
NASTY = st.text(st.characters(exclude_characters="\0"), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "@x",
        "-",
        "1e999",
        "nan",
        "inf",
        "None",
        "0",
        "٣",
        "2022-13-01",
        "9999-12",
        "0000",
        "../..",
        "/",
        "onset:",
        "onset:x",
        "\u00a0",
        "'; DROP TABLE cases; --",
        "<script>",
        "1/0",
        "C1;C1",
        "\n",
    ]
)


def sound() -> dict[str, pd.DataFrame]:
    """The worked example of the template as reported tables."""
    case = example_case()
    made = {}
    for table_name, contract in TABLES.items():
        rows = [{column: row.get(column, "") for column in contract.columns} for row in case.get(table_name, [])]
        table = pd.DataFrame(rows, columns=list(contract.columns), dtype=object)
        made[table_name] = table.assign(at_file=f"{table_name}.csv", at_row=range(2, len(rows) + 2))
    return made


def contract_faults(findings: pd.DataFrame) -> set[tuple[str, int, str]]:
    broken = findings[findings["severity"] == "contract"]
    return set(zip(broken["table"], broken["row"], broken["column"], strict=True))


def is_broken(column, value: str) -> bool:
    """The contract of a cell in one place, written anew: what must be reported."""
    kind, listed = column.metadata["kind"], column.metadata.get("codelist")
    if kind == "key":
        return value in NO_VALUE or value != value.strip()
    if column.metadata.get("required") == "yes":
        return value not in codes(listed)
    if value in NO_VALUE or kind == "text":
        return False
    if kind == "code":
        return value not in codes(listed)
    if kind == "origin":
        named = value.startswith("onset:") and value[6:7].strip() != "" and "\n" not in value
        return value not in codes(listed) and not named
    if kind == "whole":
        return not (value.isascii() and value.isdigit() and len(value) <= 15)
    return not (is_date(value) if kind == "date" else is_number(value))


CELLS = [
    (name, at, column)
    for name, table in sound().items()
    for at in range(len(table))
    for column in TABLES[name].columns
    if column not in TABLES[name].metadata["key"] and not column.endswith(("source_id", "course"))
]


def test_the_worked_example_of_the_template_keeps_every_contract():
    assert contract_faults(check(sound(), PROFILE)) == set()


@FEW
@given(st.lists(st.tuples(st.sampled_from(CELLS), NASTY), min_size=6, max_size=24, unique_by=lambda fault: fault[0]))
def test_every_injected_fault_is_reported_and_nothing_else_is_called_broken(injected):
    tables = sound()
    expected = set()
    for (table, at, column), value in injected:
        tables[table].loc[at, column] = value
        if is_broken(TABLES[table].columns[column], value):
            expected.add((table, at + 2, column))
    findings = check(tables, PROFILE)
    reported = contract_faults(findings)
    consequences = {fault for fault in reported if fault not in expected}
    assert expected <= reported
    touched = {(table, at + 2) for (table, at, _), _ in injected}
    # What else is called broken stands in a touched row, or names one: a bound now above the other, an origin not there.
    assert all(fault[:2] in touched or fault[0] in ("provenance", "remarks") for fault in consequences), consequences


@FEW
@given(st.data())
def test_tables_of_any_cells_end_in_findings_never_in_a_traceback(data):
    tables = {}
    for table_name in data.draw(st.lists(st.sampled_from(sorted(TABLES)), unique=True, min_size=4, max_size=12)):
        columns = list(TABLES[table_name].columns)
        chosen = data.draw(st.lists(st.sampled_from([*columns, "strange", columns[0]]), min_size=1, max_size=8))
        rows = data.draw(
            st.lists(st.tuples(*[NASTY | st.sampled_from([*MISSING, "C1", "1"]) for _ in chosen]), max_size=6)
        )
        table = pd.DataFrame(rows, columns=range(len(chosen)), dtype=object).set_axis(chosen, axis=1)
        tables[table_name] = table.assign(at_file=f"{table_name}.csv", at_row=range(2, len(rows) + 2))
    findings, pairs = examine(tables, PROFILE)
    assert findings["what"].ne("").all()
    assert findings["severity"].isin(["contract", "error", "warning", "information"]).all()
    assert len(pairs) <= 10


@pytest.fixture(scope="module")
def twelve() -> dict[str, pd.DataFrame]:
    """Twelve cases, every third with a sex that is no code and every fourth of seven tons, and their sources."""
    tables = sound()
    rows = [
        tables["cases"].assign(
            case_id=f"P{k}", sex="F" if k % 3 else "x", weight="70" if k % 4 else "7000", at_row=k + 2
        )
        for k in range(12)
    ]
    return {"cases": pd.concat(rows), "sources": tables["sources"]}


WRONG_SEX = {("cases", k + 2, "sex") for k in range(0, 12, 3)}


def every(findings: pd.DataFrame) -> set[tuple]:
    """All that is found: rule, place, words and value."""
    return set(
        findings[["rule", "severity", "table", "row", "column", "case_id", "what", "value"]].itertuples(
            index=False, name=None
        )
    )


@pytest.fixture(scope="module")
def in_order(twelve) -> set[tuple]:
    """What is found in the order of the file: the sexes, and more."""
    findings = check(twelve, PROFILE)
    assert contract_faults(findings) == WRONG_SEX
    assert len(every(findings)) > len(WRONG_SEX)
    return every(findings)


@FEW
@given(st.permutations(range(12)))
def test_findings_do_not_depend_on_the_order_of_rows(twelve, in_order, order):
    shuffled = twelve["cases"].iloc[order].reset_index(drop=True)
    assert every(check(twelve | {"cases": shuffled}, PROFILE)) == in_order
