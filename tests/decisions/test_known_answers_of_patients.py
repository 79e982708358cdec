"""Known answers of docs/definitions.md on patients, through the whole line: reported rows in, the printed number out."""

import pandas as pd
import pytest

from schemas.profile import Analyte
from scripts.validate import check
from scripts.words import wording
from scripts.words.times import of_case
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Cases, Told, through
from tests.validate.build import DAY, PROFILE, TEST, tables

SERIES = Cases(analysis={"resolution_days": ["14 d"]})


DAYS = [
    # first dose, onset; as printed, and E2B's interval from the first dose
    ("2022-07-04", "2022-07-04", "study day 1", "1"),
    ("2022-07-04", "2022-07-07", "study day 4", "4"),
    ("2024-02-27", "2024-03-01", "study day 4", "4"),  # a leap year
]


DATED = SERIES.of(
    {"courses": [COURSE | {"start_date": start}], "reactions": [EVENT | {"onset_date": onset}]}
    for start, onset, *_ in DAYS
)


def test_days_as_printed():
    """Definitions: days-and-intervals."""
    onsets = [
        times.query("endpoint == 'first_symptom' and clock == 'first_dose'").iloc[0] for times in DATED.tables("times")
    ]
    assert [of_case(time.to_dict()) for time in onsets] == [words for *_, words, _ in DAYS]
    assert DATED.rows("signs", "e2b_from_first") == [[(interval,)] for *_, interval in DAYS]


DOSES = [
    {"case_id": "C1", "course": "1", "dose": number, "time_date": date} | WHERE
    for number, date in (("1", "2022-07-04"), ("2", "2022-07-06"))
]
DAY_AFTER, DAY_BEFORE = (
    SERIES.of([{"reactions": [EVENT | {"onset_date": onset}]} | more])
    for onset, more in (
        ("2022-07-07", {"doses": DOSES}),
        ("2022-07-03", {"courses": [COURSE | {"start_date": "2022-07-04"}]}),
    )
)


def test_from_the_last_dose_the_first_day_is_day_one():
    assert DAY_AFTER.rows("signs", "e2b_from_last") == [[("2",)]]


def test_an_onset_the_day_before_the_dose_is_an_error_and_has_no_interval(asked):
    case_findings = asked[asked["case_id"].isin(DAY_BEFORE.names)]
    assert ("Q10", "error") in set(zip(case_findings["rule"], case_findings["severity"], strict=True))
    assert DAY_BEFORE.rows("signs", "e2b_from_first") == [[("",)]]


@pytest.fixture(scope="module")
def asked() -> pd.DataFrame:
    """What `validate` asks about the patients of this file."""
    return check(SERIES.told.reported, PROFILE)


ON_DAY_4 = EVENT | DAY | {"onset_lower": "4", "onset_upper": "4", "outcome": "recovered"}
CLEAR = ON_DAY_4 | {"end_lower": "0", "end_upper": "16", "end_scale": "d", "end_origin": "event"}
STRADDLING = SERIES.of([{"reactions": [CLEAR]}])


def test_a_limit_between_two_events_straddles():
    """Haemorrhage on day 4 and a clear scan 16 days later: study day 20, and within 14 days is open."""
    rows = STRADDLING.alone("of_resolution").results
    resolution = rows[(rows["endpoint"] == "clinical_resolution") & (rows["at"] == 14)].set_index("statistic")["value"]
    assert (resolution["known_by"], resolution["possible_by"]) == (0, 1)


def aggregate() -> dict:
    """`9 of 11 within 14 days`, and one case with a name that ended within 16 days of the event."""
    names = [f"A{number}" for number in range(11)]
    within = {"end_lower": "0", "end_upper": "14", "end_scale": "d", "end_origin": "event", "outcome": "recovered"}
    rows = [EVENT | {"case_id": case} | (within if number < 9 else {}) for number, case in enumerate(names)]
    statement = {"statement": "T1", "aggregate_id": "A", "group": "itch", "n": "9", "of": "11", "variable": "clinical_resolution",
            "lower": "0", "upper": "14", "scale": "d"} | WHERE  # fmt: skip
    members = {"identity": "anonymous", "aggregate_id": "A"}
    return {
        "cases": [*(CASE | members | {"case_id": case} for case in names), CASE],
        "courses": [
            *(COURSE | {"case_id": case, "indication": "itch"} for case in names),
            COURSE | {"indication": "itch"},
        ],
        "reactions": [*rows, EVENT | within | {"end_upper": "16"}],
        "statements": [statement],
    }


CODINGS = {
    # coding; known and possible by 14 days, limits, share, masses
    "unresolved": (9, 10, (0.4281, 0.9791), {(0, 14): 0.818182, (14, 16): 0.181818}, -5.215532),
    "unknown": (9, 12, (0.4281, 1), {(0, 14): 1}, 0),
}


@pytest.fixture(scope="module")
def aggregated() -> Told:
    return through(analysis={"resolution_days": ["14 d"]}, asked=("of_resolution",), **aggregate())


@pytest.mark.parametrize("coding", CODINGS)
def test_nine_of_eleven_within_two_weeks(aggregated, coding):
    """Definitions: aggregate-statements."""
    known, possible, outer, masses, likelihood = CODINGS[coding]
    rows = aggregated.results
    rows = rows[(rows["endpoint"] == "clinical_resolution") & (rows["group"] == "all") & (rows["coding"] == coding)]
    rows = rows[rows["clock"] == "pooled origins"].drop_duplicates("statistic").set_index("statistic")
    assert rows.loc[["known_by", "possible_by"], "value"].tolist() == [known, possible]
    assert rows.loc["limits_by", ["lower", "upper"]].tolist() == pytest.approx(outer, abs=5e-5)
    assert rows.loc["npmle_log_likelihood", "value"] == pytest.approx(likelihood, abs=1e-6)
    steps = aggregated.curves
    steps = steps[(steps["coding"] == coding) & (steps["group"] == "all") & (steps["clock"] == "pooled origins")]
    steps = steps[steps["endpoint"] == "clinical_resolution"]
    assert {(row.lower, row.upper): row.mass for row in steps.itertuples()} == pytest.approx(masses, abs=1e-6)
    forced = (
        "takes all the remaining" in rows.loc["npmle_median", "note"]
        or "known only" in rows.loc["npmle_median", "note"]
    )
    assert coding == "unknown" or forced, rows.loc["npmle_median", "note"]


DIMER = TEST | {"test": "D-dimer", "reference_as_printed": "0-500"}
RESULTS = {
    # results; rule, severity, column of each finding of a rule on units; the multiple, and what it presumes
    "unit incomplete": ([DIMER | {"value": "18,752", "unit_as_printed": "/L FEU"}], ("Q01", "unit_as_printed"), 37.504, ""),
    "implausible": (
        [DIMER | {"value": "18,752", "unit_as_printed": "/L FEU"},
         TEST | {"result": "t2", "test": "D-dimer", "value": "26,663", "unit_as_printed": "mg/L FEU"}],
        ("Q02", "unit_as_printed"), 53.326, "if the unit is that of the first range"),
}  # fmt: skip


DOUBTED = {name: SERIES.of([{"tests": rows, "reactions": [EVENT]}]) for name, (rows, *_) in RESULTS.items()}


@pytest.mark.parametrize("name", RESULTS)
def test_doubtful_units(asked, name):
    """Definitions: doubtful-units."""
    rows, (rule, column), fold, presumes = RESULTS[name]
    results = DOUBTED[name].of.told.reported["tests"]
    last = results[results["case_id"].isin(DOUBTED[name].names)].iloc[-1]
    row_findings = asked[(asked["table"] == "tests") & (asked["row"] == last["at_row"])]
    assert last["result"] == rows[-1]["result"]
    assert (rule, column) in set(zip(row_findings["rule"], row_findings["column"], strict=True))
    fold_row = DOUBTED[name].rows("test_results", "result", "fold", "fold_condition")[0][-1]
    assert fold_row == (rows[-1]["result"], pytest.approx(fold, abs=1e-3), presumes)


@pytest.mark.parametrize(("expected", "flags"), [("depletion", 0), ("", 1)])
def test_few_lymphocytes_are_flagged_unless_the_drug_explains_them(expected, flags):
    analyte = Analyte(lower=1.0, unit="10^9/L", expected=expected, source="invented")
    profile = PROFILE.model_copy(update={"analytes": {"lymphocyte count": analyte}})
    row = TEST | {"test": "lymphocyte count", "value": "0.01", "unit_as_printed": "10^9/L"}
    findings = check(tables(tests=[row]), profile)
    assert (findings["rule"] == "Q06").sum() == flags


AGES = [
    ("50", "50", "~50", "about 50", "about 50 years"),
    ("25", "36", "ca. 25 to 36", "about 25 to 36", "about 25 to 36 years"),
    ("1", "1", "1 year", "1", "1 year"),
    ("not_stated", "", "about 50, not read", "not stated", ""),
]
AGED = SERIES.of(
    {"cases": [CASE | {"age_lower": low, "age_upper": high, "age_as_reported": text}], "reactions": [EVENT]}
    for low, high, text, *_ in AGES
)


@pytest.mark.parametrize("at", range(len(AGES)))
def test_an_age_that_the_source_calls_approximate_says_so(at):
    patient = AGED.tables("patients")[at].iloc[0]
    assert (wording.age(patient), wording.years(patient)) == AGES[at][3:]
