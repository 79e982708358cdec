"""The series: corrections, policies, versions, links and the ledger, on series small enough to follow by eye."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.findings import findings
from scripts.assemble import series
from scripts.commands.messages import UserError
from scripts.records.corrections import apply
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, TEST, WHERE, tables

NOTHING = findings([])
OPTIONS = {"substances": ["examplumab"], "terms": ["blue rash"], "not_this": {"green rash": "another colour"},
           "data_lock": "2025-12-31", "use_assumed": True}  # fmt: skip
FIX = {"table": "cases", "key": "C1", "column": "sex", "from": "M", "to": "F", "reason": "typing error", "by": "editor"}


def several(number: int, **rows) -> dict[str, pd.DataFrame]:
    """Cases C1, C2 ... of the drug with the event."""
    names = [f"C{k}" for k in range(1, number + 1)]
    return tables(
        **{
            "cases": [CASE | {"case_id": name} for name in names],
            "courses": [COURSE | {"case_id": name} for name in names],
            "reactions": [EVENT | {"case_id": name} for name in names],
        }
        | rows
    )


def built(given, found=NOTHING, **options) -> series.Series:
    return series.build(given, found, **(OPTIONS | options))


def fates(made: series.Series) -> dict[str, tuple[str, str]]:
    return {row["record"]: (row["decision"], row["stage"]) for _, row in made.ledger.iterrows()}


def finding(given, table: str, row: int, column: str, action: str, rule: str = "Q10") -> pd.DataFrame:
    own = given[table].loc[given[table]["at_row"] == row].iloc[0]
    return findings([{"finding": "F1", "rule": rule, "severity": "error", "action": action, "table": table,
                      "file": own["at_file"], "row": row, "case_id": own["case_id"], "column": column, "what": "why"}])  # fmt: skip


def test_a_correction_is_applied_and_listed_and_undone_by_deleting_its_row():
    made = built(several(1, cases=[CASE | {"sex": "M"}], corrections=[FIX]))
    assert made.tables["cases"]["sex"].tolist() == ["F"]
    assert made.corrections.drop(columns=["date", "at_file"]).to_dict("records") == [
        {"case_id": "C1"} | FIX | {"at_row": 2}
    ]
    undone = built(several(1, cases=[CASE | {"sex": "M"}]))
    assert undone.tables["cases"]["sex"].tolist() == ["M"]
    assert not len(undone.corrections)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"from": "F"}, "row 2: the cell holds another value. Correct"),
        ({"key": "C9"}, "no such row"),
        ({"column": "seks"}, "no such column"),
        ({"table": "kases"}, "no such table"),
        ({"table": "links", "key": "a;b", "column": "verdict"}, "no such table to correct"),
        ({"column": "case_id"}, "a key cannot be corrected"),
    ],
)
def test_a_correction_that_no_longer_fits_is_refused(change, why):
    with pytest.raises(UserError, match=why):
        built(several(1, cases=[CASE | {"sex": "M"}], corrections=[FIX | change]))


def test_a_cell_is_corrected_once():
    steps = [FIX | {"to": "masked"}, FIX | {"from": "masked", "to": "F"}, FIX]
    corrected, applied, refused = apply(several(1, cases=[CASE | {"sex": "M"}], corrections=steps))
    assert corrected["cases"]["sex"].tolist() == ["masked"]
    assert applied["to"].tolist() == ["masked"]
    assert refused[["at_row", "what"]].to_numpy().tolist() == [[3, "another row already corrects the cell"]]


def test_withheld_values_leave_use_and_stay_as_printed():
    time = {"onset_lower": "-1", "onset_upper": "-1", "onset_scale": "study_day", "onset_origin": "first_dose"}
    given = several(2, reactions=[EVENT | time, EVENT | {"case_id": "C2"}])
    made = built(given, finding(given, "reactions", 2, "onset_lower", "withhold_value"))
    own = made.tables["reactions"].set_index("case_id")
    assert own.loc["C1", list(time)].tolist() == ["no_information"] * 4
    assert own.loc["C2", "onset_lower"] == ""
    assert made.withheld[["finding", "case_id", "table", "key", "column", "printed"]].to_numpy().tolist() == [
        ["F1", "C1", "reactions", "C1;rash", column, value] for column, value in time.items()
    ]
    assert fates(made) == {"C1": ("in", "series"), "C2": ("in", "series")}


def test_a_cell_that_two_findings_hold_back_is_printed_once():
    time = {"onset_lower": "-1", "onset_upper": "-1", "onset_scale": "study_day", "onset_origin": "first_dose"}
    given = several(1, reactions=[EVENT | time])
    both = [finding(given, "reactions", 2, column, "withhold_value") for column in ("onset_lower", "onset_upper")]
    found = pd.concat(both).assign(finding=["F1", "F2"])
    made = built(given, found)
    assert made.withheld[["finding", "column", "printed"]].to_numpy().tolist() == [
        ["F1", *cell] for cell in time.items()
    ]


@pytest.mark.parametrize(
    ("column", "kept"),
    [("value", ["no_information", "mg/L", "0-5"]), ("reference_as_printed", ["18,752", "mg/L", "no_information"]),
     ("unit_as_printed", ["18,752", "mg/L", "0-5"])],
)  # fmt: skip
def test_a_result_is_withheld_by_the_cell_and_its_unit_left_to_derive(column, kept):
    given = several(1, tests=[TEST | {"value": "18,752", "unit_as_printed": "mg/L", "reference_as_printed": "0-5"}])
    made = built(given, finding(given, "tests", 2, column, "withhold_value", "Q02"))
    assert made.tables["tests"][["value", "unit_as_printed", "reference_as_printed"]].to_numpy().tolist() == [kept]
    assert len(made.withheld) == kept.count("no_information")


def test_a_warning_withholds_nothing_and_keys_are_never_withheld():
    given = several(1)
    for column, action in (("term", "warn"), ("case_id", "withhold_value"), ("reaction", "withhold_value")):
        made = built(given, finding(given, "reactions", 2, column, action))
        assert made.tables["reactions"].equals(given["reactions"])
        assert not len(made.withheld)


def test_an_excluded_case_stays_in_the_ledger_with_its_rule():
    given = several(2)
    made = built(given, finding(given, "reactions", 3, "onset_lower", "exclude_case"))
    assert fates(made) == {"C1": ("in", "series"), "C2": ("out", "validate")}
    assert made.ledger.set_index("record").loc["C2", ["rule", "reason"]].tolist() == ["Q10", "why"]
    assert made.tables["cases"]["case_id"].tolist() == ["C1"]


def test_a_patient_is_excluded_with_every_record():
    links = [{"a": "C1", "b": "C2", "verdict": "same"}]
    given = several(3, cases=[CASE | {"sex": "F"}, CASE | {"case_id": "C2"}, CASE | {"case_id": "C3"}], links=links)
    made = built(given, finding(given, "reactions", 2, "onset_lower", "exclude_case"))
    assert fates(made) == {"C1": ("out", "validate"), "C2": ("out", "validate"), "C3": ("in", "series")}
    assert made.ledger.set_index("record").loc["C2", ["rule", "reason"]].tolist() == [
        "Q10",
        "one patient with C1, which is excluded: why",
    ]


def test_an_age_is_withheld_with_both_its_bounds():
    given = several(1, cases=[CASE | {"age_lower": "610", "age_upper": "610", "age_as_reported": "61.0 years"}])
    made = built(given, finding(given, "cases", 2, "age_lower", "withhold_value", "Q20"))
    row = made.tables["cases"].iloc[0]
    assert row[["age_lower", "age_upper", "age_as_reported"]].tolist() == [
        "no_information",
        "no_information",
        "61.0 years",
    ]


def test_assumed_cells_and_cases_are_switched_off_with_a_reason():
    marks = [{"table": "cases", "key": "C1", "column": "age_lower", "status": "assumed"}]
    given = several(
        2,
        cases=[CASE | {"age_lower": "30"}, CASE | {"case_id": "C2", "status": "assumed"}],
        provenance=marks,
        history=[{"case_id": "C1", "item": "h", "kind": "condition"} | WHERE | {"status": "assumed"}],
    )
    off = built(given, use_assumed=False)
    assert fates(off) == {"C1": ("in", "series"), "C2": ("out", "assumed")}
    assert off.tables["cases"]["age_lower"].tolist() == ["no_information"]
    assert off.stages.query("stage == 'assumed'")[["table", "left"]].to_numpy().tolist() == [
        ["cases", 1], ["history", 1], ["courses", 1], ["reactions", 1],
    ]  # fmt: skip
    assert built(given).tables["cases"]["age_lower"].tolist() == ["30", ""]


def test_a_nullified_report_takes_the_case_only_if_no_other_report_stands():
    report = {"source_id": "S1", "status": "stated", "version": "1"}
    reports = [report | {"case_id": "C1"}, report | {"case_id": "C1", "version": "2", "nullification": "nullified"},
               report | {"case_id": "C2", "nullification": "nullified"}, report | {"case_id": "C2", "source_id": "S2"}]  # fmt: skip
    made = built(several(2, reports=reports, sources=[SOURCE, SOURCE | {"source_id": "S2"}]))
    assert fates(made) == {"C1": ("out", "version"), "C2": ("in", "series")}


def test_nothing_after_the_data_lock_point():
    report = {"source_id": "S1", "status": "stated", "version": "1"}
    reports = [
        report | {"case_id": f"C{k}", "received": day} for k, day in ((1, "2025-12-31"), (2, "2026-01-01"), (3, ""))
    ]
    assert {case: stage for case, (_, stage) in fates(built(several(3, reports=reports))).items()} == {
        "C1": "series", "C2": "version", "C3": "series",
    }  # fmt: skip


def test_what_was_published_after_the_data_lock_point_is_not_in_the_series():
    sources = [
        SOURCE,
        SOURCE | {"source_id": "S2", "published": "2026-01-02"},
        SOURCE | {"source_id": "S3", "published": "2025"},
    ]
    cases = [CASE | {"case_id": f"C{k}", "source_id": f"S{k}"} for k in (1, 2, 3)]
    assert {case: stage for case, (_, stage) in fates(built(several(3, cases=cases, sources=sources))).items()} == {
        "C1": "series", "C2": "version", "C3": "series",
    }  # fmt: skip


def test_one_patient_is_counted_once_with_the_richer_record_and_its_conflicts_shown():
    rich = CASE | {"sex": "F", "age_lower": "29", "age_upper": "29", "country": "NO"}
    poor = CASE | {"case_id": "C2", "sex": "F", "age_lower": "30"}
    links = [{"a": "C1", "b": "C2", "verdict": "same", "reason": "one DOI"}]
    made = built(several(2, cases=[rich, poor], links=links))
    assert fates(made) == {"C1": ("in", "series"), "C2": ("out", "link")}
    assert made.ledger.set_index("record").loc["C2", "reason"] == (
        "one patient with C1, the richer record: one DOI; cells that differ: 1"
    )
    assert made.conflicts.to_dict("records") == [
        {"kept": "C1", "left": "C2", "table": "cases", "key": "", "column": "age_lower", "kept_value": "29", "left_value": "30"}
    ]  # fmt: skip


def test_a_chain_of_links_is_one_patient_and_hands_on_its_aggregate():
    members = [CASE | {"case_id": f"A{k}", "identity": "anonymous", "aggregate_id": "A"} for k in (1, 2)]
    cases = [CASE | {"sex": "F"}, *(CASE | {"case_id": f"C{k}"} for k in (2, 3)), *members]
    every = [case["case_id"] for case in cases]
    links = [
        {"a": "C1", "b": "C2", "verdict": "same"}, {"a": "C2", "b": "C3", "verdict": "same"},
        {"a": "C3", "b": "A", "verdict": "member_of", "confidence": "high", "reason": "cited"},
    ]  # fmt: skip
    given = tables(
        cases=cases,
        courses=[COURSE | {"case_id": name} for name in every],
        reactions=[EVENT | {"case_id": name} for name in every],
        links=links,
    )
    made = built(given)
    assert fates(made) == {
        "C1": ("counted_inside", "link"), "C2": ("out", "link"), "C3": ("out", "link"),
        "A1": ("in", "series"), "A2": ("in", "series"),
    }  # fmt: skip
    turned = [link | {"a": link["b"], "b": link["a"]} if link["verdict"] == "member_of" else link for link in links]
    given["links"] = tables(links=turned)["links"]
    assert fates(built(given)) == fates(made)


def test_different_patients_stay_two():
    links = [{"a": "C1", "b": "C2", "verdict": "different", "confidence": "certain"}]
    assert fates(built(several(2, links=links))) == {"C1": ("in", "series"), "C2": ("in", "series")}


def test_suspected_pairs_are_never_merged():
    links = [{"a": "C1", "b": "C2", "verdict": "suspected"}]
    assert fates(built(several(2, links=links))) == {"C1": ("in", "series"), "C2": ("in", "series")}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_case_and_row_is_conserved(data):
    number = data.draw(st.integers(1, 6))
    names = [f"C{k}" for k in range(1, number + 1)]
    term = st.sampled_from(["blue rash", "green rash", "red rash"])
    cases = [CASE | {"case_id": name, "status": data.draw(st.sampled_from(["stated", "assumed"]))} for name in names]
    reactions = [EVENT | {"case_id": name, "term": data.draw(term)} for name in names]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda two: two[0] < two[1])
    pairs = data.draw(st.lists(pair, unique=True, max_size=4)) if number > 1 else []
    links = [
        {"a": a, "b": b, "verdict": data.draw(st.sampled_from(["same", "different", "suspected"]))} for a, b in pairs
    ]
    given = several(number, cases=cases, reactions=reactions, links=links)
    out = data.draw(st.sampled_from(names))
    found = finding(given, "cases", names.index(out) + 2, "sex", data.draw(st.sampled_from(["warn", "exclude_case"])))
    made = built(given, found, use_assumed=data.draw(st.booleans()))
    assert sorted(made.ledger["record"]) == sorted(names)
    assert sorted(made.tables["cases"]["case_id"]) == sorted(made.ledger.query("decision != 'out'")["record"])
    for name, table in given.items():
        lines = made.stages[made.stages["table"] == name]
        assert (lines["entered"] - lines["left"] == lines["remaining"]).all()
        assert (lines["entered"].iloc[0], lines["remaining"].iloc[-1]) == (len(table), len(made.tables[name]))
        assert lines["entered"].iloc[1:].tolist() == lines["remaining"].iloc[:-1].tolist()
