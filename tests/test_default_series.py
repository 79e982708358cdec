"""What the default run must show. Values: counted by hand from its rows
(data/raw/alemtuzumab-dah/README.md) and definitions: days-and-intervals, aggregate-statements, doubtful-units."""

import re

import pandas as pd
import pytest
from lxml import html

from tests.conftest import REPOSITORY

MAIN = "series_plus_new"
SEED = "ZHAO-2025"


@pytest.fixture(scope="module")
def results(default_run) -> pd.DataFrame:
    assert default_run.code == 0, default_run.err
    return default_run.results()


def pick(results: pd.DataFrame, **wanted) -> pd.Series:
    rows = results
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1, f"{len(rows)} rows for {wanted}"
    return rows.iloc[0]


def test_fifteen_cases_by_indication(results):
    sizes = results[(results["analysis"] == "characteristics") & (results["statistic"] == "cases")]
    assert dict(zip(sizes["group"], sizes["value"], strict=True)) == {
        "all": 15, "MS": 12, "renal transplant": 2, "lung transplant": 1,
    }  # fmt: skip


def test_every_record_is_in_the_ledger_with_its_reason(default_run):
    book = default_run.table("ledger.csv")
    cases = book[book["stage"] != "ingest"].set_index("record")
    assert sorted(cases.index) == sorted(default_run.processed("reported/literature/cases.csv")["case_id"])
    assert cases["decision"].value_counts().to_dict() == {"in": 15, "out": 7, "counted_inside": 3}
    assert cases.loc["BAYAS-2020", "reason"] == "diffuse alveolar damage: alveolar damage, not haemorrhage"
    assert cases.loc["MYRO-2018", "reason"].startswith("counted inside group DROP14")
    assert (cases.loc[cases["decision"] != "in", "reason"] != "").all()


def test_replacement_sets_keep_fifteen(default_run, results):
    sizes = results[results["statistic"] == "set_size"]
    assert dict(zip(sizes["set"], sizes["value"], strict=True)) == {MAIN: 15, "replace_high": 15, "replace_all": 15}
    members = default_run.processed("series/membership.csv")
    swaps = members[members["replaces"] != ""]
    assert list(zip(swaps["set"], swaps["case_id"], swaps["replaces"], strict=True)) == [
        ("replace_high", "MYRO-2018", "DROP-RRMS-01"),
        ("replace_all", "TAHIR-LEEDS", "DROP-RENALTX-01"),
        ("replace_all", "MYRO-2018", "DROP-RRMS-01"),
        ("replace_all", "DROP-2021-INDEX", "DROP-RRMS-02"),
    ]


def test_first_symptom_is_bounds_first(results):
    shared = {"analysis": "onset", "set": MAIN, "endpoint": "first_symptom", "clock": "first_dose", "group": "MS"}
    median = pick(results, statistic="median_bounds", **shared)
    assert (median["lower"], median["upper"]) == (0, 4)  # elapsed; study days 1 to 4
    by = {
        (t, s): pick(results, statistic=f"{s}_by", at=t, **shared)["value"]
        for t in (2, 4)
        for s in ("known", "possible")
    }
    assert by == {(2, "known"): 1, (2, "possible"): 12, (4, "known"): 12, (4, "possible"): 12}
    assert SEED in pick(results, statistic="npmle_median", **shared)["note"]
    assert "one case" in pick(results, statistic="npmle_median", **shared)["note"]


@pytest.mark.parametrize(
    ("endpoint", "clock", "bounds"),
    [
        ("first_symptom", "first_dose", (0, 2)),  # study day [1, 2]
        ("sentinel_sign", "first_dose", (2, 4)),  # [3, 4]
        ("diagnosis", "first_dose", (3, 4)),  # 4
        ("first_symptom", "last_dose", (0, 2)),  # before or after the infusion of day 2
        ("sentinel_sign", "last_dose", (0, 2)),  # 0 or 1 day after infusion 3
        ("diagnosis", "last_dose", (1, 2)),  # 1 day after infusion 3; E2B 2 d
    ],
)
def test_onset_of_the_new_case(default_run, endpoint, clock, bounds):
    times = default_run.processed("derived/times.csv")
    row = pick(times, set=MAIN, case_id=SEED, endpoint=endpoint, clock=clock)
    assert (float(row["lower"]), float(row["upper"])) == bounds


def test_its_resolution_straddles_two_weeks(default_run):
    times = default_run.processed("derived/times.csv")
    row = pick(times, set=MAIN, case_id=SEED, endpoint="radiological_resolution")
    assert (row["lower"], row["upper"], row["clock"]) == ("0.0", "16.0", "sentinel_sign")
    assert float(row["lower"]) < 14 < float(row["upper"])


@pytest.mark.parametrize(
    ("coding", "known", "possible", "limits"),
    [("unresolved", 9, 10, (0.4281, 0.9791)), ("unknown", 9, 12, (0.4281, 1.0))],
)
def test_resolved_within_two_weeks_in_both_codings(results, coding, known, possible, limits):
    shared = {"set": MAIN, "endpoint": "radiological_resolution", "group": "MS", "clock": "pooled origins",
              "coding": coding, "at": 14}  # fmt: skip
    assert pick(results, statistic="known_by", **shared)["value"] == known
    assert pick(results, statistic="possible_by", **shared)["value"] == possible
    row = pick(results, statistic="limits_by", **shared)
    assert (row["n_total"], row["lower"], row["upper"]) == (
        12,
        pytest.approx(limits[0], abs=5e-5),
        pytest.approx(limits[1], abs=5e-5),
    )
    assert "does not state what the time of 9 cases is counted from" in row["note"]


def test_a_line_without_the_unstated_origin(results):
    row = pick(
        results,
        set=MAIN,
        endpoint="radiological_resolution",
        group="MS",
        clock="stated origin",
        statistic="possible_by",
        at=14,
    )
    assert (row["value"], row["n_total"]) == (1, 1)


def test_rechallenge_ladder_and_limits(results):
    ladder = results[results["statistic"] == "ladder"]
    assert dict(zip(ladder["level"], ladder["value"], strict=True)) == {
        "cases": 15, "survived": 10, "stopped": 1, "re_exposed": 1, "informative": 1, "recurred": 0,
    }  # fmt: skip
    open_ = results[results["statistic"] == "ladder_open"]
    assert dict(zip(open_["level"], open_["value"], strict=True)) == {
        "survived: no": 0, "survived: unknown": 5, "stopped: no": 3, "stopped: unknown": 11, "re_exposed: continued": 0,
        "re_exposed: not_assessable": 0, "re_exposed: no": 0, "re_exposed: unknown": 14,
    }  # fmt: skip
    event = pick(results, statistic="recurrence_limits", endpoint="event", level="Clopper-Pearson")
    assert (event["lower"], event["upper"], event["n"]) == (0, pytest.approx(0.975), 1)
    assert pick(results, statistic="recurred", endpoint="symptoms")[["value", "n"]].tolist() == [1, 1]
    tests = pick(results, statistic="recurred", endpoint="tests")
    assert tests[["level", "note"]].tolist() == ["D-dimer", "values with a doubtful unit: D-dimer"]
    assert pick(results, statistic="class", endpoint="event", level="not_stated")["value"] == 14
    assert not len(results[(results["statistic"] == "class") & (results["level"] == "not_done")])


def test_infusion_three_is_exposure_continued(default_run):
    rows = default_run.processed("derived/rechallenges.csv")
    assert rows[["case_id", "course", "kind", "doses_given", "event"]].values.tolist() == [
        [SEED, "2", "re_exposure", "3", "negative"],
        [SEED, "1", "exposure_continued", "3", "exposure_continued"],
    ]


def test_headlines_tell_every_group_and_the_member_who_died(default_run):
    headlines = default_run.table("headlines.csv").set_index("headline")["shown"]
    assert headlines["alive or dead"] == (
        "known alive at last report 10 of 15, died 0, not known 5; TAHIR-LEEDS, counted inside a group and not added, died"
    )
    silent = headlines[headlines == "no time known"].index.tolist()
    assert silent == [
        f"{what}, {group} transplant"
        for what in ("first symptom", "radiological resolution")
        for group in ("renal", "lung")
    ]
    assert headlines["recurred on re-exposure: event"].startswith(
        "re-exposed 1 (restarted before the end, apart: 0; not assessable: 0): recurred 0, reported not to have recurred 1 "
        "(strictly negative 1, 1 of them observed for a time not stated), not known 0 · as reported 0 of 1 (0 to 0.975), bounds "
        "0 to 0 of 1 · strict, informative only: 0 of 1 (0 to 0.975) · if none to all of the 1 not strictly assessed recurred: "
        '0 to 1 of 1, outer limits 0 to 1 · elsewhere: "Some literature suggests DAH can recur with rechallenge"'
    )


def test_the_literature_claim_stands_beside_the_table(default_run):
    page = (default_run.home / "results/alemtuzumab-dah/report.html").read_text(encoding="utf-8")
    assert "Some literature suggests DAH can recur with rechallenge" in page
    assert "no number given" in page


def test_dechallenge_is_positive_with_the_long_effect_note(default_run):
    case = pick(default_run.processed("derived/patients.csv"), case_id=SEED)
    assert case["dechallenge"] == "positive"
    assert case["dechallenge_note"].startswith("2 of 5 planned doses withheld; says little about causality")


def test_d_dimer_stays_as_printed_and_is_flagged(default_run):
    rows = default_run.processed("derived/test_results.csv")
    rows = rows[(rows["test"] == "D-dimer") & (rows["value"] != "")]
    assert rows[["as_printed", "verdict", "fold", "fold_condition"]].values.tolist() == [
        ["18,752 /L FEU", "incomplete", "37.504", ""],
        ["26,663 mg/L FEU", "implausible", "53.326", "if the unit is that of the first range"],
    ]
    assert (rows["findings"] != "").all()
    lymphocytes = default_run.processed("derived/test_results.csv").query("test == 'lymphocyte count'")
    assert lymphocytes["findings"].tolist() == ["", ""]


def test_the_dose_is_missing_and_nowhere_filled_in(default_run):
    listing = default_run.table("tables/line_listing.csv")
    assert pick(listing, Case=SEED)["Dose"] == "not stated"
    assert "12 mg" not in " ".join(pick(listing, Case=SEED))


def test_products_are_all_there(default_run):
    folder = default_run.home / "results/alemtuzumab-dah"
    figures = ("swimmer", "onset", "resolution", "case_flow")
    names = ["report.html", "results.csv", "findings.csv", "candidate_pairs.csv", "ledger.csv", "stages.csv",
             "conflicts.csv", "manifest.json"]  # fmt: skip
    names += [
        f"tables/{t}.csv"
        for t in ("line_listing", "characteristics", "times", "rechallenge", "case_flow", "data_quality")
    ]
    names += [f"figures/{f}.{kind}" for f in figures for kind in ("svg", "pdf", "png", "caption.txt", "alt.txt")]
    assert [file_name for file_name in names if not (folder / file_name).stat().st_size] == []
    page = (folder / "report.html").read_text(encoding="utf-8")
    named = re.sub(r'href="https://(doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/', "", page.replace("http://www.w3.org", ""))
    for reach in ("http://", "https://", "<link", "@import", "src=", "fetch(", "XMLHttpRequest"):
        assert reach not in named, reach  # a reader may follow a citation; the page itself asks for nothing


def test_prose_of_report_and_terminal_is_in_a_readers_words(default_run):
    """Terms of the method stay in tables, captions and definitions; the page and the terminal tell without them."""
    words = (REPOSITORY / "tests/documents/not_for_readers.txt").read_text(encoding="utf-8").splitlines()
    page = html.fromstring((default_run.home / "results/alemtuzumab-dah/report.html").read_bytes())
    for apart in page.xpath("//script|//style|//table|//figure|//svg|//pre|//code|//*[@id='definitions']"):
        apart.drop_tree()
    told = {"report": "\n".join(page.itertext()), "terminal": default_run.out}
    listed = [word for word in words if word and not word.startswith("#")]
    assert len(listed) > 10
    assert [
        (where, word) for where, text in told.items() for word in listed if word.casefold() in text.casefold()
    ] == []


OURS = re.compile(r"\b[a-z]+_[a-z_]+\b|exchangeable|aggregate|sentinel sign|derived tables|reported rows")


@pytest.mark.parametrize("kind", ["tables", "figures"])
def test_cells_of_tables_and_data_of_figures_hold_no_words_of_ours(default_run, kind):
    """But for the addresses of cells and the keys of the config in the table of data quality."""
    files = sorted(
        (default_run.home / f"results/alemtuzumab-dah/{kind}").glob("*.csv" if kind == "tables" else "*.caption.txt")
    )
    files = [file for file in files if file.stem != "data_quality"]
    assert len(files) > 5
    assert {(file.name, word) for file in files for word in OURS.findall(file.read_text(encoding="utf-8"))} == set()
