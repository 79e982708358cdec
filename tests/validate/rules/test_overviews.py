"""Who may be counted twice: a case inside an overview (Q25), two overviews, suspicions and merges without grounds."""

import pytest

from scripts.validate import check
from tests.validate.build import CASE, COURSE, EVENT, PROFILE, SOURCE, WHERE, found_by, tables

SOURCE = SOURCE | {"published": "2020"}
OVERVIEW = SOURCE | {"source_id": "S2", "kind": "overview", "published": "2021"}
MEMBER = CASE | {
    "case_id": "A1",
    "identity": "anonymous",
    "aggregate_id": "A",
    "source_id": "S2",
    "age_lower": "25",
    "age_upper": "36",
}


def series(case: dict = {}, course: dict = {}, links: list[dict] = [], sources: list[dict] = [], members=(MEMBER,)):  # noqa: B006
    """Case C1, printed in 2020, beside the members of an overview of 2021, all of the drug and with the event."""
    cases = [CASE | case, *members]
    return tables(
        sources=[*(sources or [SOURCE]), OVERVIEW],
        cases=cases,
        links=links,
        courses=[
            COURSE | {"indication": "itch"} | (course if each["case_id"] == "C1" else {}) | {"case_id": each["case_id"]}
            for each in cases
        ],
        reactions=[EVENT | {"case_id": each["case_id"]} for each in cases],
    )


def asked(given, *rules: str) -> list[tuple]:
    findings = found_by(given, *rules)
    return list(zip(findings["rule"], findings["severity"], findings["table"], findings["case_id"], strict=True))


QUESTION = [("Q25", "error", "cases", "C1")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, QUESTION),
        ({"case": {"age_lower": "37", "age_upper": "37"}}, QUESTION),
        ({"case": {"age_lower": "60", "age_upper": "60"}}, []),
        ({"course": {"indication": "ache"}}, []),
        ({"course": {"indication": ""}}, QUESTION),
        ({"course": {"substance": "otherumab"}}, []),
        ({"course": {"start_date": "2022-07"}}, []),
        ({"course": {"start_date": "2019"}}, QUESTION),
        ({"sources": [SOURCE | {"published": "2022"}]}, []),
        ({"sources": [SOURCE | {"published": ""}]}, QUESTION),
        ({"links": [{"a": "C1", "b": "A", "verdict": "different"}]}, []),
        ({"links": [{"a": "C1", "b": "A", "verdict": "member_of"}]}, []),
        ({"links": [{"a": "A1", "b": "C1", "verdict": "different"}]}, []),
        ({"links": [{"a": "C1", "b": "A", "verdict": "suspected"}]}, QUESTION),
    ],
)
def test_a_case_that_an_overview_may_count(given, expected):
    assert asked(series(**given), "Q25") == expected


@pytest.mark.parametrize(
    ("member", "case", "expected"),
    [
        ({"age_lower": "", "age_upper": ""}, {}, []),  # nothing but the drug and the event
        ({"age_lower": "", "age_upper": ""}, {"sex": "F"}, []),
        ({"sex": "F"}, {"sex": "F"}, QUESTION),
        ({}, {"age_lower": "37", "age_upper": "37"}, QUESTION),
        ({"sex": "M"}, {"sex": "F", "age_lower": "30", "age_upper": "30"}, []),
    ],
)
def test_a_source_with_patients_of_its_own_asks_only_where_something_agrees(member, case, expected):
    given = series(case=case, course={"indication": ""}, members=(MEMBER | member,))
    given["sources"].loc[given["sources"]["source_id"] == "S2", "kind"] = "article"
    assert asked(given, "Q25") == expected


def test_of_two_records_of_one_patient_one_is_asked_about_and_one_verdict_settles_both():
    second = CASE | {"case_id": "C2"}
    same = {"a": "C1", "b": "C2", "verdict": "same"}
    assert asked(series(links=[same], members=(second, MEMBER)), "Q25") == QUESTION
    settled = [same, {"a": "C2", "b": "A", "verdict": "member_of"}]
    assert asked(series(links=settled, members=(second, MEMBER)), "Q25") == []


def test_two_overviews_are_not_added_up_in_silence():
    other = MEMBER | {"case_id": "B1", "aggregate_id": "B"}
    given = {"case": {"age_lower": "60", "age_upper": "60"}, "members": (MEMBER, other)}
    assert asked(series(**given), "Q25") == [("Q25", "error", "cases", "B1")]
    assert asked(series(**given, links=[{"a": "A", "b": "B", "verdict": "different"}]), "Q25") == []
    reported = series(**given)
    reported["sources"] = reported["sources"].assign(kind="article")  # each has patients of its own, and the same ages
    assert asked(reported, "Q25") == [("Q25", "error", "cases", "B1")]
    apart = reported["cases"].assign(age_lower="", age_upper="")
    reported["courses"]["indication"] = ""
    assert asked(reported | {"cases": apart}, "Q25") == []


def test_no_more_patients_are_members_of_an_overview_than_it_has():
    cases = [CASE | {"case_id": case} for case in ("C2", "C3")]
    links = [{"a": "C1", "b": "A", "verdict": "member_of"}, {"a": "A", "b": "C2", "verdict": "member_of"}]
    findings = found_by(series(links=links, members=(*cases, MEMBER)), "Q25")
    link_findings = findings[findings["table"] == "links"]
    assert link_findings["what"].tolist() == ["2 patients are linked as members of A, which has 1"]
    one_patient = [*links, {"a": "C1", "b": "C2", "verdict": "same"}]
    assert ("Q25", "error", "links", "") not in asked(series(links=one_patient, members=(*cases, MEMBER)), "Q25")


def test_a_suspicion_is_a_finding_however_little_the_records_are_alike():
    unlike = CASE | {"case_id": "C2", "sex": "F"}
    given = {"members": (unlike,), "case": {"sex": "M"}}
    assert asked(series(**given), "Q27") == []
    pair = [{"a": "C2", "b": "C1", "verdict": "suspected"}]
    assert asked(series(**given, links=pair), "Q27") == [("Q27", "warning", "cases", "C1")]
    assert asked(series(links=[{"a": "C1", "b": "A", "verdict": "suspected"}]), "Q27") == [
        ("Q27", "warning", "links", "")
    ]


def test_a_merge_of_records_that_do_not_match_is_warned_of_with_its_conflicts():
    other = CASE | {"case_id": "C2", "sex": "F", "age_lower": "71", "age_upper": "71"}
    same = [{"a": "C1", "b": "C2", "verdict": "same"}]
    case = {"sex": "M", "age_lower": "40", "age_upper": "40"}
    findings = found_by(series(case=case, members=(other,), links=same), "Q26")
    assert findings["what"].str.contains("conflicting sex m / f; age 40 / 71").tolist() == [True]


@pytest.mark.parametrize(
    ("a", "b", "verdict", "what"),
    [
        ("C1", "A", "same", "same joins two cases; an aggregate is not a patient"),
        ("A", "B", "member_of", "member_of joins a case and an aggregate, not two of a kind"),
        ("C1", "C2", "member_of", "member_of joins a case and an aggregate, not two of a kind"),
    ],
)
def test_a_link_that_can_count_nobody_is_refused(a, b, verdict, what):
    members = (MEMBER, MEMBER | {"case_id": "B1", "aggregate_id": "B"}, CASE | {"case_id": "C2"})
    findings = found_by(series(links=[{"a": a, "b": b, "verdict": verdict}], members=members), "links")
    assert findings[["severity", "what"]].to_numpy().tolist() == [["contract", what]]


def test_an_unknown_source_and_a_reason_for_missing_are_no_traceback_and_no_overview():
    lost = check(series(case={"source_id": "NOBODY"}), PROFILE)
    assert set(lost["rule"]) >= {"reference", "Q25"}
    assert "Q25" not in set(
        check(series(members=(CASE | {"case_id": "C2", "aggregate_id": "not_applicable"},)), PROFILE)["rule"]
    )
    assert "Q25" not in set(check(series(), None)["rule"])


def test_an_identifier_of_an_unknown_case_is_no_traceback():
    report = {"version": "1", "sender_case_id": "GB-ABC-1"} | WHERE
    findings = check(tables(reports=[report | {"case_id": "C1"}, report | {"case_id": "C9"}]), PROFILE)
    assert findings["rule"].tolist() == ["reference"]
