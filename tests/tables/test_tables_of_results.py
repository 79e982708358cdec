"""Tables of results on literal rows: whole small tables, and what they say where there is nothing."""

import math

import pytest

from schemas.endpoints import MAIN_SET
from scripts.tables import table_characteristics, table_rechallenge, table_sensitivity, table_times
from scripts.tables.shown import on_paper
from tests.tables.small import again, bundle, case, profile, result

NAN = float("nan")


def counted(group: str, endpoint: str, statistic: str, level: str, value: float, n: float, total: float) -> dict:
    return result(
        "characteristics", statistic, group=group, endpoint=endpoint, level=level, value=value, n=n, n_total=total
    )


def timed(statistic: str, n: float, total: float, lower: float = NAN, upper: float = NAN, **cells: object) -> dict:
    shared = {"set": MAIN_SET, "endpoint": "first_symptom", "clock": "first_dose", "group": "all"}
    return result("onset", statistic, **(shared | {"n": n, "n_total": total, "lower": lower, "upper": upper} | cells))


ONSET = [
    timed("n_exact", 3, 4, value=1), timed("n_interval", 3, 4, value=2), timed("n_unknown", 3, 4, value=1),
    timed("range", 3, 4, 0, 4), timed("median_bounds", 3, 4, 0, 2), timed("median_limits", 3, 4),
    timed("known_by", 4, 4, at=2.0, value=1, note="a note; another"), timed("possible_by", 4, 4, at=2.0, value=4),
    timed("limits_by", 4, 4, 0.0063, 1, at=2.0), timed("npmle_median", 3, 4, 0, 1, note="one case decides"),
]  # fmt: skip


def test_characteristics_keep_reasons_apart_and_small_shares_out():
    rows = [
        counted("second", "", "cases", "", 2, 2, 2), counted("all", "", "cases", "", 12, 12, 12),
        counted("all", "sex", "count", "F", 10, 11, 12), counted("all", "sex", "count", "M", 1, 11, 12),
        counted("all", "sex", "missing", "not_seen", 1, 11, 12),
        counted("second", "sex", "missing", "not_stated", 2, 0, 2),
        counted("all", "dechallenge", "missing", "unknown", 12, 0, 12),
        result("characteristics", "median_bounds", group="all", endpoint="age", lower=25, upper=36.5, n=11, n_total=12),
        result("characteristics", "quartiles", group="all", endpoint="age", lower=20, upper=40, n=11, n_total=12),
    ]  # fmt: skip
    table = table_characteristics.build(bundle(results=rows))
    assert list(table.cells.columns) == ["Item", "Level", "all (N = 12)", "second (N = 2)"]
    assert table.cells.values.tolist() == [
        ["Sex", "n stated / N", "11 / 12", "0 / 2"],
        ["Sex", "female", "10 of 11 (91%)", "–"],
        ["Sex", "male", "1 of 11 (9%)", "–"],
        ["Sex", "missing: not seen", "1", "0"],
        ["Sex", "missing: not stated", "0", "2"],
        ["Dechallenge", "n stated / N", "0 / 12", ""],
        ["Dechallenge", "missing: not enough stated", "12", "0"],
        ["Age (years)", "n stated / N", "11 / 12", ""],
        ["Age (years)", "median, bounds", "25 to 36.5", "–"],
        ["Age (years)", "quartiles, bounds", "not given below n = 12", "–"],
    ]


def test_times_put_bounds_first_and_letter_their_remarks():
    table = table_times.build(bundle(results=ONSET))
    assert table.cells.to_dict("records") == [{
        "Endpoint": "first symptom", "Counted from": "first dose", "Group": "all", "Unclear cases": "",
        "n known / N": "3 / 4", "Kinds of time": "1 exact\n2 interval\n1 not known", "Range": "study day 1 to 4",
        "Median, bounds": "study day 1 to 2", "Median, limits": "none below n = 6",
        "Known to possible (limits)": "by study day 2: 1 to 4 of 4 (0.006 to 1)", "NPMLE median": "study day 1",
        "Remarks": "a note\nanother\none case decides",
    }]  # fmt: skip
    values = table.values.iloc[0]
    assert (values["known by 2"], values["possible by 2"], values["limits by 2 lower"]) == (1, 4, 0.0063)
    assert math.isnan(values["median limits lower"])
    assert on_paper(table).rows[0][-1] == "a, b, c"


def test_two_known_times_have_no_median():
    rows = [row | {"n": 2.0} for row in ONSET if row["statistic"] in ("n_unknown", "range", "median_bounds")]
    assert table_times.build(bundle(results=rows)).cells.iloc[0]["Median, bounds"] == "not below n = 3"


def test_the_declared_endpoint_comes_first():
    rows = ONSET + [row | {"endpoint": "diagnosis"} for row in ONSET]
    order = table_times.build(bundle(results=rows, onset="diagnosis")).cells["Endpoint"].tolist()
    assert order == ["diagnosis", "first symptom"]


def test_groups_without_a_time_stand_in_a_footnote():
    rows = [*ONSET, timed("n_unknown", 0, 2, group="first", value=2), timed("n_unknown", 0, 1, group="second", value=1)]
    table = table_times.build(bundle(results=rows))
    assert table.cells["Group"].tolist() == ["all"]
    assert table.footnotes[0].endswith("therefore have no line: first symptom: first, second.")


def test_rechallenge_ladder_limits_and_silence():
    rows = [
        result("rechallenge", "dechallenge", endpoint="event", level="positive", value=1, n=2, n_total=2),
        result("rechallenge", "ladder", endpoint="event", level="re_exposed", value=1, n=2, n_total=2),
        result("rechallenge", "ladder_open", endpoint="event", level="re_exposed: unknown", value=1, n=2, n_total=2),
        result("rechallenge", "reported", endpoint="event", level="not_recurred", value=1, n=1, n_total=1),
        result("rechallenge", "reported_bounds", endpoint="event", lower=0, upper=0, n=1, n_total=1, method="none to all"),
        result("rechallenge", "strictly_negative", endpoint="event", value=1, n=1, n_total=1),
        result("rechallenge", "coded_funnel", endpoint="event", level="coded", value=1, n=2, n_total=2),
        result("rechallenge", "recurred", endpoint="event", value=0, n=1, n_total=1),
        result("rechallenge", "recurrence_limits", endpoint="event", level="Clopper-Pearson", lower=0, upper=0.975, n=1,
               method="Clopper-Pearson 95%, two-sided"),
        result("rechallenge", "zero_event_upper", endpoint="event", lower=0, upper=0.95, method="one-sided exact 95%"),
        result("rechallenge", "recurred", endpoint="tests", value=0, n=0, n_total=0),
        result("rechallenge", "class", endpoint="event", level="not_stated", value=1, n=2, n_total=2),
    ]  # fmt: skip
    once = again(
        "A",
        course="2",
        reported="not_recurred",
        event="negative",
        symptoms="positive",
        tests="not_stated",
        gap="1 a",
        why="looked for",
    )
    table = table_rechallenge.build(bundle(results=rows, cases=[case("A")], rechallenges=[once]))
    assert table.cells.drop(columns="Jeffreys 95%").values.tolist() == [
        ["Dechallenge", "drug stopped or reduced, event abated", "1 of 2", "", ""],
        ["Ladder", "re-exposed", "1", "", ""],
        ["Ladder", "not stated, which is not the same as not rechallenged", "1", "", ""],
        ["Event on re-exposure, as reported", "reported not to have recurred", "1 of 1 re-exposed", "", ""],
        ["Event on re-exposure, as reported", "none to all", "0 to 0 of 1", "", ""],
        ["Event on re-exposure, strict", "strictly negative", "1 of 1 re-exposed", "", ""],
        ["Recurrence on re-exposure", "event", "0 of 1 informative", "0 to 0.975", "one-sided exact 95% upper limit: 0.95"],
        ["Recurrence on re-exposure", "tests", "none informative", "none: n = 0", ""],
        ["Not counted as rechallenge", "doses continued in the same course", "0", "", ""],
        ["Not counted as rechallenge", "doses resumed within the course after the event", "0", "", ""],
        ["Codes alone (E2B, FAERS)", "coded", "1", "", ""],
        ["Re-exposure", "A, course 2",
         "event as reported: did not recur; event strictly: negative; symptoms positive; tests not stated", "",
         "looked for; gap 1 a"],
    ]  # fmt: skip


ROBUST = {
    "set": MAIN_SET,
    "endpoint": "first_symptom",
    "clock": "first_dose",
    "group": "all",
    "n": 12.0,
    "n_total": 12.0,
}


def test_sensitivity_names_the_most_influential_case_and_says_none():
    rows = [
        *ONSET, *(row | {"clock": "last_dose"} for row in ONSET), *(row | {"set": "replace_high"} for row in ONSET),
        result("robustness", "median_assumed", level="left", lower=0, upper=0, **ROBUST),
        result("robustness", "leave_one_case_out", level="known_by_2", value=0.25, lower=0, upper=0.5,
               note="moved most by A", **ROBUST),
        result("robustness", "leave_one_case_out", level="median_upper", value=4, lower=4, upper=4,
               note="no single case moves it", **ROBUST),
        result("robustness", "without_case", level="A: known_by_2", value=0, **ROBUST),
        result("robustness", "median_bounds", level="certainty confirmed", **(ROBUST | {"n": 0.0})),
        result("shape", "profile", at=1.5, value=-0.2), result("shape", "profile_limit", value=-1.92),
        result("robustness", "something_new", level="here", value=1.5, **ROBUST),
        result("robustness", "limits_by", level="timed signs only", lower=0.25, upper=0.75, **ROBUST),
        result("robustness", "median_bounds", level="timed signs only", lower=1, upper=2, **ROBUST),
        result("conventions", "convention_quantile", level="peer: median", value=3, n=3, note="n left out"),
        result("conventions", "convention_quantile", level="peer: first quartile", value=2, n=3),
    ]  # fmt: skip
    table = table_sensitivity.build(bundle(results=rows))
    assert table.footnotes[-1].startswith("Certainty of the diagnosis: 1 further combinations")
    columns = ["Varied", "Variant", "Median or number", "Limits or range", table_sensitivity.FINDING]
    by_day = "by study day 2: 1 to 4 of 4 (0.006 to 1)"
    assert table.cells[columns].values.tolist() == [
        ["endpoint and clock", "other clock", "study day 1 to 2", "none below n = 6", by_day],
        ["records counted", "replace high", "study day 1 to 2", "none below n = 6", by_day],
        ["certainty of the diagnosis", "none", "", "", ""],
        ["place in the interval", "all at the left end", "0 days elapsed", "", ""],
        ["one case left out", "share known by study day 2", "0.25", "0 to 0.5", "moved most by A"],
        ["one case left out", "the other numbers", "", "",
         "no single case moves it: upper end of the median = 4 days elapsed"],
        ["one source left out", "none", "", "", ""],
        ["further checks", "something new here", "1.5", "", ""],
        ["further checks", "limits by timed signs only", "0.25 to 0.75", "", ""],
        ["further checks", "timed signs only", "1 to 2 days elapsed", "", ""],
        ["further checks", "convention peer: median", "3 days", "", "n left out"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("module", "column", "words"),
    [(table_characteristics, "Item", ["none"]), (table_times, "Endpoint", ["none"]),
     (table_sensitivity, "Variant", ["none"] * 6)],
)  # fmt: skip
def test_no_results_say_none(module, column, words):
    assert module.build(bundle()).cells[column].tolist() == words


def test_rechallenge_parts_have_a_row_each_with_every_outcome():
    parts = [
        ("first", "", "event", 0, 1),
        ("first", "", "symptoms", 0, 0),
        ("all", "measures: not_stated", "event", 0, 1),
    ]
    rows = [
        result(
            "recurrence",
            method,
            group=group,
            level=level,
            endpoint=outcome,
            value=x,
            n=m,
            n_total=2,
            lower=0 if m else float("nan"),
            upper=upper if m else float("nan"),
        )
        for group, level, outcome, x, m in [("all", "", "event", 0, 1), *parts]
        for method, upper in (("clopper_pearson", 0.975), ("jeffreys", 0.853))
    ]
    whole = result(
        "rechallenge", "recurrence_limits", endpoint="event", level="Jeffreys", method="Jeffreys 95%, two-sided"
    )
    table = table_rechallenge.build(bundle(results=[whole, *rows]))
    shown = table.cells[table.cells["Block"].str.startswith("Recurrence by")]
    assert shown.values.tolist() == [
        ["Recurrence by indication", "first", "event 0 of 1; symptoms 0 of 0", "event 0 to 0.975; symptoms none: n = 0",
         "event 0 to 0.853; symptoms none: n = 0", "2 re-exposed"],
        ["Recurrence by mitigation", "measures: not stated", "event 0 of 1", "event 0 to 0.975", "event 0 to 0.853",
         "2 re-exposed"],
    ]  # fmt: skip


def test_no_rechallenge_says_none():
    items = table_rechallenge.build(bundle()).cells[["Block", "Item"]].values.tolist()
    assert [item for item in items if item[1] == "none"] == [
        ["Dechallenge", "none"], ["Ladder", "none"], ["Recurrence on re-exposure", "none"], ["Re-exposure", "none"],
    ]  # fmt: skip


def test_no_p_value_anywhere():
    series = bundle(results=ONSET, profile=profile())
    for module in (table_characteristics, table_times, table_rechallenge, table_sensitivity):
        table = module.build(series)
        assert "p =" not in table.cells.to_csv() + " ".join(table.footnotes)
