"""Pairs that look alike: the false twin, a case published again, and what is no candidate at all."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scripts.ingest.native.from_csv import read
from scripts.validate import UNKNOWN, examine
from scripts.validate.comparison_records import records
from scripts.validate.contracts.table_contracts import complete
from scripts.validate.pairs import duplicates
from scripts.validate.pairs.blocking import pairs as blocked
from scripts.validate.pairs.duplicates import candidates
from tests.validate.build import CASE, COURSE, DAY, EVENT, PROFILE, SOURCE, tables

DEFAULT = Path("data/raw/alemtuzumab-dah")


@pytest.fixture(scope="module")
def default() -> dict[str, pd.DataFrame]:
    return complete(read(DEFAULT).tables)


def again(given: dict[str, pd.DataFrame], case: str, twin: str) -> dict[str, pd.DataFrame]:
    """The series with all rows of a case a second time under another id, as if published again."""
    return {
        table: pd.concat([rows, rows[rows["case_id"] == case].assign(case_id=twin)], ignore_index=True)
        if "case_id" in rows and table != "remarks"
        else rows
        for table, rows in given.items()
    }


def test_the_false_twin_is_the_only_candidate_and_explained(default):
    pairs = candidates(default, UNKNOWN)
    assert pairs.drop(columns="reason").to_dict("records") == [
        {
            "a": "MYRO-2018", "b": "ZHAO-2025", "score": 9.0,
            "agreeing": "suspect drug alemtuzumab; sex f; age in years 29; indication relapsing-remitting multiple sclerosis; event term diffuse "
            "alveolar haemorrhage; which course 1; time to onset overlaps: 1 to 3 d / 0 to 2 d; outcome recovered; "
            "condition in the history asthma; condition in the history migraine",
            "conflicting": "treated from 2022-07-01, the other published by 2018-12-31; past drug interferon beta-1b / "
            "glatiramer acetate, natalizumab",
            "missing": "case identifier; country", "verdict": "different", "confidence": "certain",
        }
    ]  # fmt: skip


TWICE = ("ZHAO-2025", "MYRO-2018", "TAHIR-LEEDS")


@pytest.fixture(scope="module")
def examined(default) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings and pairs of the series with three of its cases published again."""
    for case in TWICE:
        default = again(default, case, f"{case}-AGAIN")
    return examine(default, None)


@pytest.mark.parametrize("case", TWICE)
def test_a_case_published_again_under_another_id_is_listed_and_a_finding(examined, case):
    twice = f"{case}-AGAIN"
    findings, pairs = examined
    pair = pairs[(pairs["a"] == case) & (pairs["b"] == twice)]
    assert pair[["conflicting", "verdict"]].to_numpy().tolist() == [["", ""]]
    asked = findings[(findings["rule"] == "Q27") & (findings["case_id"] == case) & (findings["value"] == twice)]
    assert asked["what"].str.startswith(f"may be one patient with {twice}: agreeing").tolist() == [True]


VERDICTS = {
    # country of two who are alike, their age, the verdict on them; what is found
    "NO": ("29", "", ("Q27", "warning")),
    "DK": ("42", "suspected", ("Q27", "warning")),
    "SE": ("55", "different", ("Q26", "warning")),
    "FI": ("68", "same", ("Q26", "warning")),
}


def test_a_verdict_settles_the_finding_and_a_thin_merge_is_warned_of():
    cases = [
        CASE | {"case_id": f"{country}{number}", "sex": "F", "age_lower": age, "age_upper": age, "country": country}
        for country, (age, *_) in VERDICTS.items()
        for number in (1, 2)
    ]
    links = [
        {"a": f"{land}2", "b": f"{land}1", "verdict": verdict} for land, (_, verdict, _) in VERDICTS.items() if verdict
    ]
    courses = [COURSE | {"case_id": case["case_id"]} for case in cases]
    findings = examine(tables(cases=cases, courses=courses, links=links), PROFILE)[0]
    findings = findings[findings["rule"].isin(["Q26", "Q27"])]
    countries = findings["case_id"].where(findings["case_id"] != "", findings["key"]).str[:2]
    verdict_rows = sorted(zip(countries, findings["rule"], findings["severity"], strict=True))
    assert verdict_rows == sorted((country, *finding) for country, (*_, finding) in VERDICTS.items())


def test_members_of_one_aggregate_are_no_candidates():
    alike = {
        "identity": "anonymous",
        "aggregate_id": "A",
        "sex": "F",
        "age_lower": "29",
        "age_upper": "29",
        "country": "NO",
    }
    rows = [CASE | alike | {"case_id": f"A{k}"} for k in range(5)]
    assert not len(candidates(tables(cases=rows, courses=[COURSE | {"case_id": f"A{k}"} for k in range(5)]), PROFILE))


RICH = {"sex": "F", "age_lower": "29", "age_upper": "29", "country": "NO"}


@pytest.mark.parametrize(
    ("patient", "course", "conflicting"),
    [
        ({}, {"substance": "Examplia", "indication": "ITCH"}, ""),
        ({}, {"substance": "", "drug": "examplia"}, ""),
        ({"sex": "M"}, {}, "sex f / m"),
        ({"age_lower": "31", "age_upper": "31"}, {}, "age 29 / 31"),
        ({}, {"substance": "otherumab"}, "suspect drug examplumab / otherumab"),
    ],
)
def test_a_brand_hides_no_pair_and_one_wrong_field_vetoes_none(patient, course, conflicting):
    """Every other field agrees, the day of treatment and a condition among them."""
    known = COURSE | {"start_date": "2022-07-01", "indication": "itch"}
    history = [{"case_id": case, "item": "h", "kind": "condition", "term": "asthma"} for case in ("C1", "C2")]
    given = tables(
        cases=[CASE | RICH, CASE | RICH | patient | {"case_id": "C2"}],
        history=history,
        courses=[known, known | course | {"case_id": "C2"}],
    )
    assert candidates(given, PROFILE)["conflicting"].tolist() == [conflicting]


def test_onset_compares_within_the_index_course_whether_typed_as_date_or_as_days():
    later = COURSE | {"course": "2", "start_date": "2023-07-01"}
    courses = [COURSE | {"start_date": "2022-03-07"}, later, COURSE | {"case_id": "C2"}]
    in_days = {"onset_lower": "14", "onset_upper": "14", "onset_scale": "d", "onset_origin": "first_dose"}
    reactions = [EVENT | {"onset_date": "2022-03-21"},
                 EVENT | {"reaction": "again", "course": "2", "onset_lower": "5", "onset_upper": "5"} | DAY,
                 EVENT | {"case_id": "C2"} | in_days]  # fmt: skip
    given = tables(
        cases=[CASE | RICH, CASE | RICH | {"case_id": "C2"}],
        courses=courses,
        reactions=reactions,
        sources=[SOURCE | {"published": "2024"}],
    )
    pairs = candidates(given, PROFILE)
    assert pairs["conflicting"].tolist() == [""]
    assert "time to onset overlaps: 14 to 15 d / 14 to 15 d" in pairs["agreeing"].iloc[0]


def test_another_drug_sex_or_age_is_no_candidate():
    start = {"sex": "F", "age_lower": "29", "age_upper": "29", "country": "NO"}
    others = [{"sex": "M"}, {"age_lower": "40", "age_upper": "40"}, {}]
    cases = [CASE | start, *(CASE | start | other | {"case_id": f"D{k}"} for k, other in enumerate(others))]
    courses = [COURSE, *(COURSE | {"case_id": f"D{k}"} for k in range(3))]
    courses[-1] = courses[-1] | {"substance": "otherumab"}
    assert not len(candidates(tables(cases=cases, courses=courses), PROFILE))


def test_one_worldwide_id_makes_a_candidate_whatever_conflicts():
    reports = [
        {"case_id": case, "worldwide_case_id": "GB-1", "version": "1", "source_id": "S1", "status": "stated"}
        for case in ("C1", "C2")
    ]
    cases = [CASE | {"sex": "F"}, CASE | {"case_id": "C2", "sex": "M"}]
    pairs = candidates(tables(cases=cases, courses=[COURSE, COURSE | {"case_id": "C2"}], reports=reports), PROFILE)
    assert pairs[["agreeing", "conflicting"]].to_numpy().tolist() == [
        ["case identifier gb-1; suspect drug examplumab", "sex f / m"]
    ]


def test_large_series_are_blocked_and_still_find_the_twin():
    rng = np.random.default_rng(1)
    number = 3000
    cases = [
        CASE | {"case_id": f"C{k}", "sex": "FM"[k % 2], "age_lower": str(age), "age_upper": str(age), "country": "NO"}
        for k, age in enumerate(rng.integers(20, 80, number))
    ]
    courses = [
        COURSE | {"case_id": f"C{k}", "start_date": f"20{k % 20:02}-0{1 + k % 9}-{1 + k % 28:02}"}
        for k in range(number)
    ]
    twin = cases[7] | {"case_id": "TWIN"}
    given = tables(cases=[*cases, twin], courses=[*courses, courses[7] | {"case_id": "TWIN"}])
    known = records(given, PROFILE)
    assert len(blocked(known, np.empty((0, 2), int))) < 700_000 < number * (number - 1) / 2
    pairs = candidates(given, PROFILE)
    assert {("C7", "TWIN")} <= set(zip(pairs["a"], pairs["b"], strict=True))


def test_the_same_pair_whichever_way_round(default):
    turned = {table_name: table.iloc[::-1].reset_index(drop=True) for table_name, table in default.items()}
    pair = candidates(turned, UNKNOWN)[["a", "b"]].to_numpy().tolist()
    assert [sorted(each) for each in pair] == [["MYRO-2018", "ZHAO-2025"]]


def test_events_of_another_term_need_more_agreement():
    start = {"sex": "F", "age_lower": "29", "age_upper": "29"}
    rows = {"cases": [CASE | start, CASE | start | {"case_id": "C2"}], "courses": [COURSE, COURSE | {"case_id": "C2"}],
            "sources": [SOURCE]}  # fmt: skip
    same = candidates(tables(**rows, reactions=[EVENT, EVENT | {"case_id": "C2"}]), PROFILE)
    other = candidates(tables(**rows, reactions=[EVENT, EVENT | {"case_id": "C2", "term": "green rash"}]), PROFILE)
    assert (len(same), len(other)) == (1, 0)


def test_the_first_look_leaves_out_no_pair_that_a_closer_look_would_make_a_candidate(monkeypatch):
    rng = np.random.default_rng(7)
    rows = {"cases": [], "courses": [], "reactions": [], "history": []}
    for k in range(90):
        case, age = {"case_id": f"C{k}"}, int(rng.integers(28, 34))
        rows["cases"].append(
            CASE | case | {"sex": rng.choice(["F", "M", ""]), "country": rng.choice(["NO", "SE", ""]),
                           "age_lower": str(age), "age_upper": str(age + int(rng.integers(0, 2)))}
        )  # fmt: skip
        rows["courses"].append(COURSE | case | {"start_date": rng.choice(["", "2020", "2020-05", "2020-05-04"])})
        day = str(rng.integers(1, 4))
        rows["reactions"].append(EVENT | case | {"onset_lower": day, "onset_upper": day})
        term = rng.choice(["asthma", "mild asthma", "gout", "asthma and gout"])
        rows["history"].append(case | {"item": "h", "kind": "condition", "term": term, "source_id": "S1"})
    given = tables(**rows)
    quickly = candidates(given, PROFILE)
    monkeypatch.setattr(duplicates, "promising", lambda known, at, *_: at)
    closely = candidates(given, PROFILE)
    assert 20 < len(closely) < 90 * 89 / 2
    pd.testing.assert_frame_equal(quickly, closely)
