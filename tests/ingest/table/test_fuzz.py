"""Any cells under any map: ordinary tables that keep their contracts, or findings in words; never an error of ours."""

import os

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.column_map import ColumnMap
from schemas.map_column import SEVERAL, TARGETS
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.reported import reported
from scripts.validate.contracts import keys, table_contracts
from tests.ingest.table.flat import EVERY, faults

PRINTED = ["", "5", "3-5", "<14", "within 48 h", "day 4", "~7 d", "2019-03", "NR", "-", "yes", "no", "F", "a; b, a", "3 of 5",
           "12 mg", "60s", "recovered", "1", "2", "0", "\u00e9\u00e9\n;", "=1+1", "a|b", "nan", "not_stated"]  # fmt: skip
MORE = {"time": {"unit": "d", "from": "first_dose"}, "sign": {"unit": "d", "from": "onset"}, "gap": {"unit": "mo"}}
cells = st.one_of(st.sampled_from(PRINTED), st.text(max_size=6))


EXAMPLES = int(os.environ.get("DAHLIA_EXAMPLES", "1"))


@st.composite
def tables(draw) -> tuple[ColumnMap, pd.DataFrame]:
    """A few columns of any targets, with a column of case numbers that may repeat or be blank."""
    targets = draw(st.lists(st.sampled_from([target for target in TARGETS if target != "case"]), max_size=8))
    if "age_sex" in targets:
        targets = [target for target in targets if target not in ("age", "sex")]
    once = [target for at, target in enumerate(targets) if target in SEVERAL or target not in targets[:at]]
    columns = {
        f"{target} {at}": {"target": target, **MORE.get(TARGETS[target]["kind"], {})} for at, target in enumerate(once)
    }
    every = {target: text for target, text in EVERY.items() if target not in once}
    count = draw(st.integers(0, 4))
    table = {"case": draw(st.lists(st.sampled_from(["", "1", "2", "3", "4", "a b"]), min_size=count, max_size=count))}
    table |= {heading: draw(st.lists(cells, min_size=count, max_size=count)) for heading in [*columns, "unplaced"]}
    content = {"confirmed": True, "source": {"source_id": "S1"}, "every": every, "columns": {"case": "case"} | columns}
    return ColumnMap.model_validate(content), pd.DataFrame(table, dtype=object)


@settings(max_examples=60 * EXAMPLES, deadline=None, derandomize=EXAMPLES == 1)
@given(tables())
def test_any_table_is_read_or_refused_in_words(given_table):
    wanted, table = given_table
    reading = reported("S1", wanted, Flat("cases.csv", table, np.arange(len(table)) + 2, []))
    assert all(row["what"] and row["cure"] for row in reading.findings.to_dict("records"))
    if faults(reading) or not len(table):
        return
    complete = table_contracts.complete(reading.tables)
    wrong = pd.concat([table_contracts.find(complete), keys.find(complete)])
    known = wrong[wrong["rule"].isin(MADE_BY_THE_SOURCE)]
    assert wrong.drop(known.index)[["table", "column", "value", "what"]].to_numpy().tolist() == []


MADE_BY_THE_SOURCE = ("near_name",)
"""What the words of a table may be asked about, whichever way they came."""
