"""The line listing on literal rows: columns, gaps with reasons, flags, withheld and corrected values in the very cell."""

from schemas.reported import TABLES
from scripts.tables.listing import cells
from scripts.tables.marks import places
from scripts.tables.table_line_listing import COLUMNS, build
from tests.tables.small import bundle, case, finding_of_test, time

FULL = case(
    "A",
    source_ids="S1",
    locators="p 2",
    evidence_level="A",
    reporter="physician",
    country="Norway",
    age_lower="29",
    age_upper="29",
    sex="F",
    indication="one",
    history="asthma",
    drug="drug",
    course="1",
    ordinal="1",
    dose="not_stated",
    planned_doses="5",
    given_lower="3",
    given_upper="3",
    doses_before_onset="1 to 2",
    symptoms="cough",
    lowest_saturation="84 %",
    ventilation="not_stated",
    certainty="probable",
    serious="hospitalisation",
    serious_report="hospitalisation; disability",
    vital="alive",
    rechallenge_reported="not_recurred",
    other_cause_basis="not mentioned: dye",
    alternatives_excluded="infection",
    treatment="none",
    outcome="recovered",
    dechallenge="positive",
    rechallenge_event="negative",
    rechallenge_symptoms="positive",
    rechallenge_tests="not_done",
    e2b_literal="2",
    e2b_coded="event: 2; cough: 1",
    concomitants="Tablet (tablin) (study day 1); syrup (2022-07)",
    exposure_continued="3",
    findings="F1; F2",
)
JUDGED = [{"case_id": "A", "assessor": "authors", "reaction": "ev", "method": "not_stated", "result": "likely"},
          {"case_id": "A", "assessor": "authors", "judged_besides": "Tablet", "method": "not_stated", "result": "unlikely"}]  # fmt: skip
SIGNS = [
    {"case_id": "A", "kind": "reaction", "key": "ev", "role": "event", "findings": "F2"},
    {"case_id": "A", "kind": "reaction", "key": "co", "role": "symptom", "findings": "F3"},
]


def test_a_full_case_and_one_that_says_nothing():
    series = bundle(
        cases=[FULL, case("B", source_ids="S2", age_lower="not_seen", age_upper="not_seen", sex="unknown")],
        times=[
            time("A", "first_symptom", 0, 2),
            time("A", "diagnosis", 3, 4),
            time("A", "clinical_resolution", 0, 16, clock="diagnosis"),
        ],
        tests=[
            finding_of_test(
                "A", "D-dimer", course="1", as_printed="18,752 /L", value=18752.0, fold=37.504, findings="F1"
            ),
            finding_of_test("A", "CT", course="1", finding="opacities"),
            finding_of_test("A", "CT", course="2", reading="normal"),
        ],
        derived={"judgements": JUDGED},
    )
    rows = build(series).cells.to_dict("records")
    assert rows[0] == {
        "Case": "A", "Source": "S1, p 2", "Evidence": "A", "Country": "Norway", "Reporter": "physician",
        "Age (years)": "29", "Sex": "F", "Indication": "one", "History": "asthma", "Drug": "drug", "Course": "1",
        "Dose": "not stated", "Doses given": "3 of 5", "Doses before onset": "1 to 2", "Premedication": "no information",
        "Other drugs": "Tablet (tablin) (study day 1); syrup (2022-07)",
        "First symptom (study day)": "1 to 2", "Characteristic sign (study day)": "not known", "Diagnosis (study day)": "4",
        "Signs and symptoms": "cough", "Investigations": "CT: opacities; course 2: CT: normal",
        "Laboratory as printed": "D-dimer 18,752 /L = 37.5 x the printed upper limit [F1]", "Certainty": "probable", "Completeness": "",
        "Lowest oxygen saturation": "84 %", "Ventilation": "not stated",
        "Serious": "hospitalisation", "Serious, the report": "hospitalisation; disability",
        "Alternatives excluded": "infection", "Another cause": "not assessed (not mentioned: dye)", "Treatment": "none",
        "Outcome": "recovered or resolved", "Resolution (days after)": "at most 16 after diagnosis",
        "Alive at last report": "known alive at last report", "Rechallenge, as reported": "did not recur",
        "Dechallenge": "drug stopped or reduced, event abated", "Rechallenge as coded (E2B)": "event: 2; cough: 1",
        "Rechallenge, strict": "event negative; symptoms positive; tests not done; dose 3 of the course followed onset",
        "Causality": "authors: likely (method: not stated); authors on Tablet: unlikely (method: not stated)", "Flags": "F1; F2",
    }  # fmt: skip
    gaps = {"Age (years)": "not seen", "Sex": "stated to be unknown", "Country": "no information",
            "Serious": "no information", "Serious, the report": "no information", "Alive at last report": "not known whether alive",
            "Another cause": "not assessed", "Rechallenge, as reported": "not stated", "Other drugs": "no information",
            "First symptom (study day)": "not known", "Resolution (days after)": "not known", "Doses given": "no information",
            "Rechallenge as coded (E2B)": "absent", "Rechallenge, strict": "not stated", "Flags": "none"}  # fmt: skip
    assert {heading: rows[1][heading] for heading in gaps} == gaps


def test_a_further_episode_has_a_line_of_its_own_that_mixes_nothing():
    """Definitions: episodes. Two exposures, each with its onset, signs, tests, outcome, seriousness and end."""
    first = {"case_id": "A", "episode": "1", "exposure": "1", "index": "yes", "outcome": "recovered"}
    again = {
        "case_id": "A",
        "episode": "2",
        "exposure": "2",
        "outcome": "fatal",
        "serious": "death",
        "doses_before": "1",
    }
    later = {"of_index": "no", "episode": "2"}
    series = bundle(
        cases=[FULL],
        times=[
            time("A", "first_symptom", 0, 2, episode="1"),
            time("A", "first_symptom", 5, 6, **later),
            time("A", "clinical_resolution", 0, 16, clock="diagnosis", episode="1"),
            time("A", "clinical_resolution", 2, 3, clock="event", **later),
        ],
        tests=[
            finding_of_test("A", "CT", result="t1", course="1", reading="normal"),
            finding_of_test("A", "CT", result="t2", course="2", finding="opacities"),
        ],
        derived={
            "episodes": [first, again],
            "exposures": [
                {"case_id": "A", "exposure": "1", "course": "1", "lines": "1"},
                {"case_id": "A", "exposure": "2", "course": "2", "lines": "2", "drug": "drug", "ordinal": "2", "dose": "10 mg", "given_lower": "1", "given_upper": "1"},
            ],
            "signs": [
                {"case_id": "A", "exposure": "1", "kind": "reaction", "key": "a", "term": "cough", "role": "symptom", "occurred": "yes"},
                {"case_id": "A", "exposure": "2", "kind": "reaction", "key": "b", "term": "fever", "role": "symptom", "occurred": "yes"},
                {"case_id": "A", "exposure": "2", "kind": "reaction", "key": "c", "term": "wheeze", "role": "symptom", "occurred": "no"},
                {"case_id": "A", "exposure": "2", "kind": "test", "key": "t2", "term": "CT", "role": "abnormal", "occurred": "yes"},
            ],
        },
    )  # fmt: skip
    rows = build(series).cells.to_dict("records")
    told = {
        "Case": ("A", "A, episode 2 of 2"),
        "Course": ("1", "2"),
        "Dose": ("not stated", "10 mg"),
        "Doses given": ("3 of 5", "1 (planned: no information)"),
        "Doses before onset": ("1 to 2", "1"),
        "First symptom (study day)": ("1 to 2", "6"),
        "Signs and symptoms": ("cough", "fever"),
        "Investigations": ("CT: normal", "CT: opacities"),
        "Serious": ("hospitalisation", "death"),
        "Outcome": ("recovered or resolved", "fatal"),
        "Resolution (days after)": ("at most 16 after diagnosis", "more than 2, at most 3 after onset of the event"),
        "Certainty": ("probable", "see the index episode"),
        "Country": ("Norway", "Norway"),
    }
    assert {heading: tuple(row[heading] for row in rows) for heading in told} == told


def test_two_episodes_in_one_exposure_are_not_told_apart_by_their_signs():
    episodes = [
        {"case_id": "A", "episode": str(number), "exposure": "1", "index": mark}
        for number, mark in ((1, "yes"), (2, ""))
    ]
    uses = [{"case_id": "A", "exposure": "1", "course": "1", "lines": "1"}]
    seen = [
        {"case_id": "A", "exposure": "1", "kind": "reaction", "term": "cough", "role": "symptom", "occurred": "yes"}
    ]
    rows = build(bundle(cases=[FULL], derived={"episodes": episodes, "exposures": uses, "signs": seen})).cells
    assert rows["Signs and symptoms"].tolist() == ["cough", "not distinguished within this exposure"]


def test_flags_withheld_and_corrected_values_stand_in_their_cell():
    flags = [
        {"finding": "F1", "table": "cases", "case_id": "A", "column": "age_lower", "file": "c.csv", "row": 2},
        {"finding": "F2", "table": "reactions", "case_id": "A", "column": "onset_upper", "file": "r.csv", "row": 2},
        {"finding": "F3", "table": "reactions", "case_id": "A", "column": "onset_lower", "file": "r.csv", "row": 3},
        {"finding": "F4", "table": "reports", "case_id": "A", "column": "version", "file": "p.csv", "row": 2},
    ]
    withheld = [{"finding": "F1", "case_id": "A", "table": "cases", "column": "age_lower", "printed": "=290"}]
    whole = (("onset_lower", "-3"), ("onset_upper", "-1"), ("onset_scale", "study_day"), ("onset_origin", "first_dose"))
    withheld += [
        {"finding": "F2", "case_id": "A", "table": "reactions", "column": column, "printed": printed}
        for column, printed in whole
    ]
    repairs = [{"table": "courses", "key": "A;1", "column": "planned_doses", "from": "50", "to": "5", "reason": "slip",
                "by": "AB", "date": "2025-01-02"}]  # fmt: skip
    series = bundle(
        cases=[FULL | {"age_lower": "no_information", "age_upper": "no_information"}],
        found=flags,
        withheld=withheld,
        repairs=repairs,
        derived={"signs": SIGNS},
        differing=[
            {
                "kept": "A",
                "left": "B",
                "table": "cases",
                "column": "country",
                "key": "",
                "kept_value": "Norway",
                "left_value": "NL",
            }
        ],
    )
    row = build(series).cells.iloc[0]
    assert row["Country"].endswith(" [D1]")
    assert row["Age (years)"] == "=290 (as printed, withheld) [F1]"
    printed = "-3 to -1 study day first dose (as printed, withheld) [F2; F3]"
    assert (row["First symptom (study day)"], row["Diagnosis (study day)"]) == (printed, "not known")
    assert row["Doses given"] == "3 of 5 (corrected from 50) [C1]"
    assert row["Flags"] == "F1; F2"  # the case's own list; a finding without a cell of the listing stands only there


def test_every_place_of_a_flag_exists():
    for key, columns in places().items():
        known = TABLES[key.partition("/")[0]].columns
        assert [column for column in columns if column not in known and f"{column}_origin" not in known] == []
        assert set(columns.values()) <= set(COLUMNS)


def test_members_inside_an_aggregate_come_last_and_say_so():
    series = bundle(cases=[case("M", counted="inside", aggregate_id="AGG"), case("A")])
    assert build(series).cells["Case"].tolist() == ["A", "M (counted inside AGG)"]


def test_doses_given_do_not_repeat_a_reason():
    cells = {"planned_doses": "not_seen", "given_lower": "not_seen", "given_upper": "not_seen"}
    partly = {"planned_doses": "not_seen", "given_lower": "2", "given_upper": "5"}
    rows = build(bundle(cases=[case("A", **cells), case("B", **partly)])).cells
    assert rows["Doses given"].tolist() == ["not seen", "2 to 5 (planned: not seen)"]


def test_a_case_not_resolved_at_an_unknown_last_look():
    ends = [time("A", "clinical_resolution", 0, float("inf"), state="not_resolved", clock=""),
            time("B", "clinical_resolution", 14, float("inf"), state="not_resolved", clock="diagnosis"),
            time("C", "clinical_resolution", 0, 7, clock="")]  # fmt: skip
    rows = build(bundle(cases=[case("A"), case("B"), case("C")], times=ends)).cells
    assert rows["Resolution (days after)"].tolist() == [
        "not resolved at the last look",
        "more than 14 after diagnosis",
        "at most 7 origin not stated",
    ]


def test_no_case_says_none():
    table = build(bundle())
    assert table.cells["Case"].tolist() == ["none"]
    assert list(table.cells.columns) == COLUMNS


def test_multiples_of_limits_are_limits():
    """Of 5 mg/L as the upper limit: twice it, a fiftieth, and less than a fiftieth."""
    row = {"test": "CRP", "fold_condition": "", "course": "1", "findings": "", "value": 1.0}
    printed = {"10 mg/L": 2.0, "0.1 mg/L": 0.02, "<0.1 mg/L": 0.02}
    told = cells.columns_of_tests([row | {"as_printed": words, "fold": fold} for words, fold in printed.items()], "1")
    assert [part.split(" x ")[0] for part in told["Laboratory as printed"].split("; ")] == [
        "CRP 10 mg/L = 2", "CRP 0.1 mg/L = 0.02", "CRP <0.1 mg/L < 0.02",
    ]  # fmt: skip
