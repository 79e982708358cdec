"""The series: corrections, policies, versions, links and the ledger, on series small enough to follow by eye."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assemble.built import built, fates, finding, several
from tests.validate.build import CASE, COURSE, EVENT, SOURCE, tables


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
        courses=[COURSE | {"case_id": case} for case in every],
        reactions=[EVENT | {"case_id": case} for case in every],
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
    cases = [CASE | {"case_id": case, "status": data.draw(st.sampled_from(["stated", "assumed"]))} for case in names]
    reactions = [EVENT | {"case_id": case, "term": data.draw(term)} for case in names]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda two: two[0] < two[1])
    pairs = data.draw(st.lists(pair, unique=True, max_size=4)) if number > 1 else []
    links = [
        {"a": a, "b": b, "verdict": data.draw(st.sampled_from(["same", "different", "suspected"]))} for a, b in pairs
    ]
    given = several(number, cases=cases, reactions=reactions, links=links)
    out = data.draw(st.sampled_from(names))
    faults = finding(given, "cases", names.index(out) + 2, "sex", data.draw(st.sampled_from(["warn", "exclude_case"])))
    made = built(given, faults, use_assumed=data.draw(st.booleans()))
    assert sorted(made.ledger["record"]) == sorted(names)
    assert sorted(made.tables["cases"]["case_id"]) == sorted(made.ledger.query("decision != 'out'")["record"])
    for table_name, table in given.items():
        lines = made.stages[made.stages["table"] == table_name]
        assert (lines["entered"] - lines["left"] == lines["remaining"]).all()
        assert (lines["entered"].iloc[0], lines["remaining"].iloc[-1]) == (len(table), len(made.tables[table_name]))
        assert lines["entered"].iloc[1:].tolist() == lines["remaining"].iloc[:-1].tolist()
