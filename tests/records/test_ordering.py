"""The canonical order of tables."""

import pandas as pd

from scripts.records.ordering import canonical, natural
from tests.validate.build import CASE, EVENT, tables


def test_numbers_within_texts_sort_as_numbers():
    assert sorted(["A-10", "A-2", "B-1", "A-2b"], key=natural) == ["A-2", "A-2b", "A-10", "B-1"]


def test_the_event_stands_before_its_signs_and_courses_in_their_order():
    rows = [
        EVENT | {"reaction": "x", "course": "10"},
        EVENT | {"reaction": "b", "role": "symptom", "course": "2"},
        EVENT | {"reaction": "c", "course": "2"},
        EVENT | {"reaction": "a", "role": "sentinel_sign", "course": "2"},
    ]
    reactions = canonical(tables(reactions=rows))["reactions"]
    assert reactions["reaction"].tolist() == ["c", "a", "b", "x"]


def test_any_order_of_rows_gives_one_order():
    rows = [CASE | {"case_id": f"C{n}"} for n in (3, 1, 12, 2)]
    there, back = (canonical(tables(cases=order))["cases"].drop(columns="at_row") for order in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(there, back)
    assert there["case_id"].tolist() == ["C1", "C2", "C3", "C12"]
