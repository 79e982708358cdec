"""Known answers of docs/definitions.md on patients, through the whole line: reported rows in, the printed number out."""

from unittest import mock

import pytest

from schemas.profile import Analyte
from scripts import analyse
from scripts.validate import check
from scripts.words import wording
from scripts.words.times import of_case
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Told, through, together
from tests.decisions.test_rechallenge import ABSENT, AGAIN, CODE, LOOK, again
from tests.validate.build import DAY, PROFILE, SOURCE, TEST, tables


def told(analyses: list[str], series: list[dict], **more) -> Told:
    """A series of many patients through the line, with only these analyses."""
    found = through(**together(series), **more)
    with mock.patch.object(analyse, "analyses", return_value=analyses):
        assert len(found.results)
    return found


def limits(found: Told, statistic: str, method: str = "Clopper-Pearson") -> tuple[int, float, float]:
    """Patients with the information, and the limits, of the event."""
    own = found.results
    own = own[(own["statistic"] == statistic) & (own["level"] == method) & (own["endpoint"] == "event")]
    return tuple(own[["n", "lower", "upper"]].iloc[0])


def coded(recurred: int, of: int) -> list[dict]:
    """Patients whose report says by its code alone whether the event came again."""
    answers = ["recurred"] * recurred + ["not_recurred"] * (of - recurred)
    return [{"reactions": [EVENT], "assessments": [CODE | {"rechallenge": answer}]} for answer in answers]


@pytest.mark.parametrize(
    ("x", "n", "answer"), [(70, 180, (0.3173, 0.4642)), (130, 452, (0.2463, 0.3317)), (9, 11, (0.4822, 0.9772))]
)
def test_published_counts_of_rechallenge(x, n, answer):
    """Any recurrence in Allouchery 2020, and the counts of Dolladille 2020 (definitions: rechallenge)."""
    known, *found = limits(told(["of_rechallenge"], coded(x, n)), "reported_limits")
    assert known == n
    assert found == pytest.approx(answer, abs=5e-5)


OTHER = AGAIN | {"reaction": "other", "term": "grey rash", "role": "other"}


def test_another_reaction_is_no_recurrence_of_the_event():
    """Of 18 re-exposed 5 had the event again and 2 another reaction alone: any reaction in 7, the same event in 5."""
    seen = [[AGAIN]] * 4 + [[AGAIN, OTHER]] + [[ABSENT, OTHER]] * 2 + [[ABSENT]] * 11
    found = told(["of_rechallenge"], [again(reactions=rows) for rows in seen])
    reported = found.results[found.results["statistic"] == "reported"].set_index("level")["value"]
    assert reported.to_dict() == {"recurred": 5, "not_recurred": 13, "unknown": 0}


NEGATIVE, POSITIVE = again(reactions=[ABSENT], tests=[LOOK]), again(reactions=[AGAIN])
PRIORS = {
    # means after each outcome, last limits, last share above one tenth
    "uniform": ([1 / 3, 1 / 4, 2 / 5, 1 / 3], (0.0527, 0.7164), 0.9185),
    "jeffreys": ([0.25, 0.1667, 0.375, 0.30], (0.0285, 0.7162), 0.8526),
}


def by_year(outcomes: list[dict]) -> list[dict]:
    return [rows | {"sources": [SOURCE | {"published": f"{2020 + at}"}]} for at, rows in enumerate(outcomes)]


@pytest.fixture(scope="module")
def learning() -> Told:
    return told(["of_learning"], by_year([NEGATIVE, NEGATIVE, POSITIVE, NEGATIVE]))


@pytest.mark.parametrize("prior", PRIORS)
def test_what_four_patients_teach(learning, prior):
    """Outcomes 0, 0, 1, 0 in the order of publication (definitions: updating)."""
    means, last, above = PRIORS[prior]
    own = learning.results.query("endpoint == 'event' and level == @prior").set_index(["statistic", "n"])
    steps = [1, 2, 3, 4]
    assert own.loc["predictive"].loc[steps, "value"].tolist() == pytest.approx(means, abs=5e-5)
    posterior = own.loc["posterior"].loc[steps[-1], ["lower", "upper"]]
    assert posterior.tolist() == pytest.approx(last, abs=5e-5)
    assert own.loc["posterior_above"].loc[steps[-1], "value"] == pytest.approx(above, abs=5e-5)


def test_the_end_does_not_depend_on_the_order(learning):
    other = told(["of_learning"], by_year([POSITIVE, NEGATIVE, NEGATIVE, NEGATIVE])).results
    ends = [
        table[(table["n"] == 4) & table["level"].isin(PRIORS) & (table["endpoint"] == "event")].set_index(
            ["statistic", "level"]
        )[["value", "lower", "upper"]]
        for table in (learning.results, other)
    ]
    assert len(ends[0])
    assert ends[0].equals(ends[1])


DAYS = [
    # first dose, onset; as printed, and E2B's interval from the first dose
    ("2022-07-04", "2022-07-04", "study day 1", "1"),
    ("2022-07-04", "2022-07-07", "study day 4", "4"),
    ("2024-02-27", "2024-03-01", "study day 4", "4"),  # a leap year
]


def test_days_as_printed():
    """Definitions: days-and-intervals."""
    series = [
        {"courses": [COURSE | {"start_date": start}], "reactions": [EVENT | {"onset_date": onset}]}
        for start, onset, *_ in DAYS
    ]
    derived = through(**together(series)).derived
    times = derived["times"]
    own = times[(times["endpoint"] == "first_symptom") & (times["clock"] == "first_dose")].to_dict("records")
    assert [of_case(time) for time in own] == [words for *_, words, _ in DAYS]
    assert derived["signs"]["e2b_from_first"].tolist() == [interval for *_, interval in DAYS]


def test_from_the_last_dose_the_first_day_is_day_one():
    doses = [
        {"case_id": "C1", "course": "1", "dose": number, "time_date": date} | WHERE
        for number, date in (("1", "2022-07-04"), ("2", "2022-07-06"))
    ]
    signs = through(reactions=[EVENT | {"onset_date": "2022-07-07"}], doses=doses).derived["signs"]
    assert signs["e2b_from_last"].tolist() == ["2"]


def test_an_onset_the_day_before_the_dose_is_an_error_and_has_no_interval():
    rows = {"courses": [COURSE | {"start_date": "2022-07-04"}], "reactions": [EVENT | {"onset_date": "2022-07-03"}]}
    found = check(tables(**rows), PROFILE)
    assert ("Q10", "error") in set(zip(found["rule"], found["severity"], strict=True))
    assert through(**rows).derived["signs"]["e2b_from_first"].tolist() == [""]


def test_a_limit_between_two_events_straddles():
    """Haemorrhage on day 4 and a clear scan 16 days later: study day 20, and within 14 days is open."""
    rows = EVENT | DAY | {"onset_lower": "4", "onset_upper": "4", "outcome": "recovered"}
    ended = rows | {"end_lower": "0", "end_upper": "16", "end_scale": "d", "end_origin": "event"}
    found = told(["of_resolution"], [{"reactions": [ended]}], analysis={"resolution_days": ["14 d"]}).results
    own = found[(found["endpoint"] == "clinical_resolution") & (found["at"] == 14)].set_index("statistic")["value"]
    assert (own["known_by"], own["possible_by"]) == (0, 1)


def aggregate() -> dict:
    """`9 of 11 within 14 days`, and one case with a name that ended within 16 days of the event."""
    names = [f"A{number}" for number in range(11)]
    within = {"end_lower": "0", "end_upper": "14", "end_scale": "d", "end_origin": "event", "outcome": "recovered"}
    rows = [EVENT | {"case_id": name} | (within if number < 9 else {}) for number, name in enumerate(names)]
    said = {"statement": "T1", "aggregate_id": "A", "group": "itch", "n": "9", "of": "11", "variable": "clinical_resolution",
            "lower": "0", "upper": "14", "scale": "d"} | WHERE  # fmt: skip
    members = {"identity": "anonymous", "aggregate_id": "A"}
    return {
        "cases": [*(CASE | members | {"case_id": name} for name in names), CASE],
        "courses": [
            *(COURSE | {"case_id": name, "indication": "itch"} for name in names),
            COURSE | {"indication": "itch"},
        ],
        "reactions": [*rows, EVENT | within | {"end_upper": "16"}],
        "statements": [said],
    }


CODINGS = {
    # coding; known and possible by 14 days, limits, share, masses
    "unresolved": (9, 10, (0.4281, 0.9791), {(0, 14): 0.818182, (14, 16): 0.181818}, -5.215532),
    "unknown": (9, 12, (0.4281, 1), {(0, 14): 1}, 0),
}


@pytest.fixture(scope="module")
def aggregated() -> Told:
    found = through(analysis={"resolution_days": ["14 d"]}, **aggregate())
    with mock.patch.object(analyse, "analyses", return_value=["of_resolution"]):
        assert len(found.results)
    return found


@pytest.mark.parametrize("coding", CODINGS)
def test_nine_of_eleven_within_two_weeks(aggregated, coding):
    """Definitions: aggregate-statements."""
    known, possible, outer, masses, likelihood = CODINGS[coding]
    own = aggregated.results
    own = own[(own["endpoint"] == "clinical_resolution") & (own["group"] == "all") & (own["coding"] == coding)]
    own = own[own["clock"] == "pooled origins"].drop_duplicates("statistic").set_index("statistic")
    assert own.loc[["known_by", "possible_by"], "value"].tolist() == [known, possible]
    assert own.loc["limits_by", ["lower", "upper"]].tolist() == pytest.approx(outer, abs=5e-5)
    assert own.loc["npmle_log_likelihood", "value"] == pytest.approx(likelihood, abs=1e-6)
    steps = aggregated.curves
    steps = steps[(steps["coding"] == coding) & (steps["group"] == "all") & (steps["clock"] == "pooled origins")]
    steps = steps[steps["endpoint"] == "clinical_resolution"]
    assert {(row.lower, row.upper): row.mass for row in steps.itertuples()} == pytest.approx(masses, abs=1e-6)
    forced = (
        "takes all the remaining" in own.loc["npmle_median", "note"] or "known only" in own.loc["npmle_median", "note"]
    )
    assert coding == "unknown" or forced, own.loc["npmle_median", "note"]


DIMER = TEST | {"test": "D-dimer", "reference_as_printed": "0-500"}
RESULTS = {
    # results; rule, severity, column of each finding of a rule on units; the multiple, and what it presumes
    "unit incomplete": ([DIMER | {"value": "18,752", "unit_as_printed": "/L FEU"}], ("Q01", "unit_as_printed"), 37.504, ""),
    "implausible": (
        [DIMER | {"value": "18,752", "unit_as_printed": "/L FEU"},
         TEST | {"result": "t2", "test": "D-dimer", "value": "26,663", "unit_as_printed": "mg/L FEU"}],
        ("Q02", "unit_as_printed"), 53.326, "if the unit is that of the first range"),
}  # fmt: skip


@pytest.mark.parametrize("name", RESULTS)
def test_doubtful_units(name):
    """Definitions: doubtful-units."""
    rows, (rule, column), fold, presumes = RESULTS[name]
    found = check(tables(tests=rows), PROFILE)
    assert (rule, column, rows[-1]["result"]) in set(
        zip(found["rule"], found["column"], found["row"].map(lambda place: rows[place - 2]["result"]), strict=True)
    )
    results = through(tests=rows, reactions=[EVENT]).derived["test_results"].set_index("result")
    last = results.loc[rows[-1]["result"]]
    assert (last["fold"], last["fold_condition"]) == (pytest.approx(fold, abs=1e-3), presumes)


@pytest.mark.parametrize(("expected", "flags"), [("depletion", 0), ("", 1)])
def test_few_lymphocytes_are_flagged_unless_the_drug_explains_them(expected, flags):
    analyte = Analyte(lower=1.0, unit="10^9/L", expected=expected, source="invented")
    profile = PROFILE.model_copy(update={"analytes": {"lymphocyte count": analyte}})
    row = TEST | {"test": "lymphocyte count", "value": "0.01", "unit_as_printed": "10^9/L"}
    found = check(tables(tests=[row]), profile)
    assert (found["rule"] == "Q06").sum() == flags


@pytest.mark.parametrize(
    ("low", "high", "as_reported", "said", "years"),
    [
        ("50", "50", "~50", "about 50", "about 50 years"),
        ("25", "36", "ca. 25 to 36", "about 25 to 36", "about 25 to 36 years"),
        ("1", "1", "1 year", "1", "1 year"),
        ("not_stated", "", "about 50, not read", "not stated", ""),
    ],
)
def test_an_age_that_the_source_calls_approximate_says_so(low, high, as_reported, said, years):
    case = CASE | {"age_lower": low, "age_upper": high, "age_as_reported": as_reported}
    patient = through(cases=[case], reactions=[EVENT]).derived["patients"].iloc[0]
    assert (wording.age(patient), wording.years(patient)) == (said, years)
