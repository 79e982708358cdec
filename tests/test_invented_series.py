"""A second drug-event pair by config alone: its known answers, from the invented rows by hand."""

import pandas as pd


def test_nine_in_two_out(invented_run):
    assert invented_run.code == 0, invented_run.err
    book = invented_run.table("ledger.csv")
    assert book.loc[book["decision"] == "out", ["record", "reason"]].values.tolist() == [
        ["OUT-1", "green rash: another colour"],
        ["OUT-2", "the drug of the series is not a suspect drug of this case"],
    ]
    assert (book["decision"] == "in").sum() == 9


def test_onset_from_exact_part_and_missing_dates(invented_run):
    times = invented_run.processed("derived/times.csv")
    index = times["of_index"] == "yes"
    first = times[index & (times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")]
    onsets = {row.case_id: (float(row.lower), float(row.upper), row.state) for row in first.itertuples()}
    inf = float("inf")
    assert onsets == {
        "INV-1": (
            3,
            4,
            "observed",
        ),  # 2024-02-27 to 2024-03-01, leap year: study day 4 (definitions: days-and-intervals)
        # March to March: from 30 days before to study day 31; attributed to the drug, so assumed not to have begun before it.
        "INV-2": (0, 31, "observed"),
        "INV-3": (1, 2, "observed"),
        "INV-4": (4, 5, "observed"),
        "INV-5": (0, inf, "unknown"),
        "INV-6": (1.5, 1.5, "observed"),  # 36 hours, exact
        **{f"AGG-{k}": (0, 7, "observed") for k in (1, 2, 3)},
    }


def test_rechallenge_classes(invented_run):
    rows = invented_run.processed("derived/rechallenges.csv")
    assert rows[["case_id", "kind", "e2b_literal", "event"]].values.tolist() == [
        ["INV-1", "re_exposure", "1", "positive"],
        ["INV-3", "re_exposure", "", "negative"],
        ["INV-6", "code_only", "4", "not_done"],
    ]


def test_resolution_states(invented_run):
    times = invented_run.processed("derived/times.csv")
    rows = times[(times["endpoint"] == "clinical_resolution") & (times["of_index"] == "yes")].set_index("case_id")
    assert rows["state"].to_dict() == {
        "INV-1": "observed", "INV-2": "not_resolved", "INV-3": "observed", "INV-4": "died", "INV-5": "unknown",
        "INV-6": "not_resolved", "AGG-1": "unknown", "AGG-2": "unknown", "AGG-3": "unknown",
    }  # fmt: skip


def test_the_report_speaks_of_this_series_only(invented_run):
    page = (invented_run.home / "results/invented/report.html").read_text(encoding="utf-8")
    assert "Examplumab and blue rash" in page
    assert "alemtuzumab" not in page.casefold()
    assert pd.notna(invented_run.results()["method"]).all()


def test_a_death_without_resolution_never_resolves(invented_run):
    results = invented_run.results()
    rows = results[(results["endpoint"] == "clinical_resolution") & (results["group"] == "all") & (results["at"] == 10)]
    rows = rows[(rows["set"] == "series_plus_new") & (rows["clock"] == "pooled origins")]
    counts = dict(zip(rows["statistic"] + rows["level"], rows["value"], strict=True))
    # Of nine: two resolved within 10 days; one died 12 days after the first dose, 8 after the onset on study day 5; two known only as not resolved at an unknown time, four unknown.
    assert (counts["known_by"], counts["possible_by"]) == (2, 8)
    assert (counts["state_byresolved"], counts["state_bydead unresolved"]) == (2, 1)
