"""What differs from the accepted run, on planted edits: each edit is found, as what it is, and nothing else is."""

import json

import pandas as pd
import pytest

from schemas.derived_patients import CONCLUSIONS, NO_CONCLUSIONS, PATIENTS
from scripts.files.tablefiles import write
from scripts.report.changes import changes
from scripts.report.reference import read
from scripts.report.what_changed import NOTHING, sentences, told_changes
from tests.tables.small import bundle, case, time

MANIFEST = {"config": {"analysis": {"level": 0.95}, "data_lock": "2025-12-31"}, "dahlia": "0.1.0", "contract": 2,
            "packages": {"numpy": "2.0"}}  # fmt: skip
HEADLINES = {"in short": "Two reports.", "cases in the series": "2"}
COURSES = [
    {"case_id": "C1", "course": "1", "drug": "drug", "at_file": "a.csv", "at_row": "2"},
    {"case_id": "C2", "course": "1", "drug": "drug", "at_file": "a.csv", "at_row": "3"},
]
SAID = [{"table": "courses", "key": "C1;1", "column": "drug", "words": word} for word in ("one", "two")]


def series(cases=("C1", "C2"), courses=COURSES, provenance=SAID, onset=2.0, **first):
    """Two cases with a course and an onset each; `first`: cells of C1 in `patients`."""
    patients = [case(case_id, **(first if case_id == "C1" else {})) for case_id in cases]
    onsets = [time(case_id, "first_symptom", 0, onset if case_id == "C1" else 3.0, episode="1") for case_id in cases]
    return bundle(patients, onsets, reported={"courses": courses, "provenance": provenance})


def shown(**lines):
    told = HEADLINES | lines
    counted = [f"cases {text}" if headline == "cases in the series" else "" for headline, text in told.items()]
    return pd.DataFrame({"headline": list(told), "shown": list(told.values()), "numbers": counted})


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The run of `series()` as it was accepted."""
    folder, made = tmp_path_factory.mktemp("accepted"), series()
    for table_name, table in made.series.items():
        write(table, folder / f"series/{table_name}.csv")
    for table_name in ("patients", "times"):
        write(made.derived[table_name], folder / f"derived/{table_name}.csv")
    write(shown(), folder / "headlines.csv")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "accepted.json").write_text(
        json.dumps({"who": "AB", "when": "2026-01-31", "remark": ""}), encoding="utf-8"
    )
    return read(folder)


C3 = {"case_id": "C3", "course": "1", "drug": "drug", "at_file": "a.csv", "at_row": "4"}
LATER = {**COURSES[0], "course": "2"}
OTHER = {"config": {"analysis": {"level": 0.9}, "data_lock": "2025-12-31"}}


@pytest.mark.parametrize(
    ("now", "lines", "manifest", "expected"),
    [
        pytest.param(series(), {}, {}, [], id="nothing"),
        pytest.param(
            series(("C1", "C2", "C3"), [*COURSES, C3]), {"cases in the series": "3"}, {},
            [["patient_in", "C3", "", "", "", "", ""], ["headline", "", "", "cases in the series", "", "2", "3"]],
            id="new case",
        ),
        pytest.param(series(("C2",), COURSES[1:]), {}, {}, [["patient_out", "C1", "", "", "", "", ""]], id="withdrawn case"),
        pytest.param(
            series(courses=[COURSES[0] | {"drug": "other"}, COURSES[1]]), {}, {},
            [["cell", "C1", "courses", "C1;1", "drug", "drug", "other"]],
            id="corrected cell",
        ),
        pytest.param(
            series(courses=[LATER, *reversed(COURSES)]), {}, {}, [["row_in", "C1", "courses", "C1;2", "", "", ""]],
            id="added row, others in another order",
        ),
        pytest.param(
            series(courses=COURSES[1:]), {}, {}, [["row_out", "C1", "courses", "C1;1", "", "", ""]], id="removed row"
        ),
        pytest.param(
            series(courses=[{**row, "at_file": "b.csv", "at_row": "9"} for row in COURSES]), {}, {}, [], id="moved file"
        ),
        pytest.param(
            series(provenance=[SAID[0], SAID[1] | {"words": "three"}]), {}, {},
            [["cell", "", "provenance", "courses;C1;1;drug", "words", "two", "three"]],
            id="second of two rows with one key",
        ),
        pytest.param(
            series(dechallenge="positive", onset=4.0), {}, {},
            [["conclusion", "C1", "patients", "C1", "dechallenge", "unknown", "positive"],
             ["time", "C1", "times", "1;first_symptom;first_dose", "upper", "2.0", "4.0"]],
            id="conclusion and time",
        ),
        pytest.param(series(), {}, OTHER, [["convention", "", "", "analysis.level", "", "0.95", "0.9"]], id="convention"),
        pytest.param(
            series(), {}, {"packages": {"numpy": "2.1"}}, [["version", "", "", "numpy", "", "2.0", "2.1"]],
            id="version of a library only",
        ),
    ],
)  # fmt: skip
def test_an_edit_is_found_as_what_it_is(reference, now, lines, manifest, expected):
    change_rows = changes(reference, now, shown(**lines), MANIFEST | manifest)
    assert change_rows.to_numpy().tolist() == expected
    kinds = {row[0] for row in expected}
    told = sentences(change_rows)
    assert (told == [NOTHING]) == (not expected)
    assert ("No reported data changed." in told) == bool(
        kinds and kinds <= {"conclusion", "time", "convention", "version"}
    )


def test_without_an_accepted_run_nothing_is_compared(tmp_path):
    assert read(tmp_path) is None
    assert not len(changes(None, series(), shown(), MANIFEST))
    assert told_changes(None, pd.DataFrame(), series())["accepted"] == {}


def test_the_answer_before_is_told_where_it_was_another(reference):
    change_rows = changes(reference, series(), shown(**{"in short": "3 reports."}), MANIFEST)
    assert told_changes(reference, change_rows, series())["lead_before"] == "Two reports."


@pytest.mark.parametrize(
    ("headline", "told", "numbers", "kind"),
    [
        ("cases in the series", "two of them", "cases 2", "wording"),
        ("cases in the series", "two of them, 1 in 2", "cases 2", "wording"),
        ("cases in the series", "two of them", "cases 3", "headline"),
        ("patients", "2", "cases 2", "wording"),  # under another name
        ("in short", "There were two reports.", "", "wording"),
        ("in short", "Two reports, 1 of them new.", "", "headline"),
    ],
)
def test_other_words_for_the_same_numbers_are_no_headline_that_moved(reference, headline, told, numbers, kind):
    now = {row["headline"]: row for row in shown().to_dict("records")}
    if headline not in now:
        now.pop("cases in the series")
    now[headline] = {"headline": headline, "shown": told, "numbers": numbers}
    change_rows = changes(reference, series(), pd.DataFrame(now.values()), MANIFEST)
    assert change_rows[["kind", "key", "after"]].to_numpy().tolist() == [[kind, headline, told]]
    still = "headline and no conclusion about a patient" if kind == "wording" else "conclusion about a patient"
    assert sentences(change_rows)[-1] == f"No {still} changed."
    assert bool(told_changes(reference, change_rows, series())["lead_before"]) == (
        headline == "in short" and kind == "headline"
    )


def test_no_column_of_a_few_words_is_left_out_of_what_is_concluded():
    """But for what is copied from a reported cell."""
    worded = {column_name for column_name, column in PATIENTS.columns.items() if column.checks}
    assert worded - {*CONCLUSIONS} == {"identity", "age_approximate"}
    assert set(PATIENTS.columns) >= NO_CONCLUSIONS
