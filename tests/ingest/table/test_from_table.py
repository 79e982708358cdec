"""A table with a row per patient becomes ordinary reported tables: every target, and nothing printed is lost."""

import pytest

from schemas.column_map import TARGETS
from scripts.assemble import repairs
from scripts.validate import decide, examine
from scripts.validate.contracts import table_contracts
from scripts.validate.flags import together
from tests.ingest.table.flat import faults, flat, rows, unread
from tests.validate.build import PROFILE

DAY = {"unit": "d", "from": "first_dose"}
TIMED = {"time": DAY, "sign": DAY, "gap": {"unit": "mo"}}


def sound(reading) -> list[str]:
    """What the contracts have against the tables: nothing should be."""
    checked, _ = examine(reading.tables, PROFILE)
    found = [*table_contracts.columns(reading.tables).to_dict("records"), *checked.to_dict("records")]
    return [f"{row['table']} {row['column']}: {row['what']}" for row in found if row["severity"] == "contract"]


def test_times_keep_their_words_and_their_origin(tmp_path):
    table = """
    No | Onset | Better | Died after
    1 | 3-5 | within 16 d | -
    2 | NR | | 12
    3 | day 4 | 2 wk | NR
    """
    read = flat(
        tmp_path, table,
        {"No": "case", "Onset": {"target": "onset", **DAY}, "Better": {"target": "resolution", "from": "onset"},
         "Died after": {"target": "death", **DAY}},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    reactions = read.tables["reactions"]
    assert rows(reactions, "case_id", "reaction", "course", "term", "role", "occurred") == [
        (case, "event", "1", "blue rash", "event", "yes") for case in "123"
    ]
    assert rows(reactions, "onset_lower", "onset_upper", "onset_scale", "onset_origin") == [
        ("3", "5", "d", "first_dose"),
        ("not_stated", "not_stated", "", ""),
        ("4", "4", "study_day", "first_dose"),
    ]
    assert rows(reactions, "end_lower", "end_upper", "end_scale", "end_origin", "end_basis") == [
        ("0", "16", "d", "onset:event", "clinical"),
        ("", "", "", "", ""),
        ("2", "2", "wk", "onset:event", "clinical"),
    ]
    assert rows(read.tables["deaths"], "case_id", "time_lower", "time_origin") == [("2", "12", "first_dose")]
    assert rows(read.tables["provenance"], "table", "key", "column", "words", "note") == [
        ("reactions", "1;event", "onset", "3-5", "column: Onset"),
        ("reactions", "2;event", "onset", "NR", "column: Onset"),
        ("reactions", "3;event", "onset", "day 4", "column: Onset"),
        ("reactions", "1;event", "end", "within 16 d", "column: Better"),
        ("reactions", "3;event", "end", "2 wk", "column: Better"),
        ("deaths", "2", "time", "12", "column: Died after"),
        ("cases", "1", "summary", "", "Died after: -"),
        ("cases", "3", "summary", "", "Died after: NR"),
    ]


def test_who_the_patient_is(tmp_path):
    table = """
    Pt | Sex | Age | Country | For | History | Smoker | Doses | Dose | Also given | Before
    1 | female | 29 | NO | itch | asthma; gout | never | 3 of 5 | 12 mg | aspirin, iron | steroid
    2 | 2 | 7 mo | ? | | NR | | 2 | 12 mg a day | | none
    3 | M | 60s | | ache | gout | | | 1.5 mg | |
    4 | ? | >60 | | | | | | | |
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Sex": {"target": "sex", "codes": {"1": "F", "2": "M"}}, "Age": "age", "Country": "country",
         "For": "indication", "History": "history", "Smoker": "smoking", "Doses": "given_doses", "Dose": "dose",
         "Also given": "concomitants", "Before": "premedication"},
        separator="|", case_prefix="SMITH-",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    assert rows(read.tables["cases"], "case_id", "sex", "age_lower", "age_upper", "age_as_reported", "country") == [
        ("SMITH-1", "F", "29", "29", "29", "NO"),
        ("SMITH-2", "M", "0.5833", "0.5833", "7 mo", "unknown"),
        ("SMITH-3", "M", "60", "69", "60s", ""),
        ("SMITH-4", "unknown", "61", "", ">60", ""),
    ]
    assert rows(
        read.tables["courses"], "case_id", "course", "drug", "role", "given_lower", "given_upper", "planned_doses"
    ) == [
        ("SMITH-1", "1", "examplumab", "suspect", "3", "3", "5"),
        ("SMITH-2", "1", "examplumab", "suspect", "2", "2", ""),
        ("SMITH-3", "1", "examplumab", "suspect", "", "", ""),
        ("SMITH-4", "1", "examplumab", "suspect", "", "", ""),
        ("SMITH-1", "2", "aspirin", "concomitant", "", "", ""),
        ("SMITH-1", "3", "iron", "concomitant", "", "", ""),
    ]
    assert rows(read.tables["doses"], "case_id", "amount", "unit", "dosage_text") == [
        ("SMITH-1", "12", "mg", "12 mg"),
        ("SMITH-2", "", "", "12 mg a day"),
        ("SMITH-3", "1.5", "mg", "1.5 mg"),
    ]
    assert rows(read.tables["history"], "case_id", "item", "kind", "term") == [
        ("SMITH-1", "smoking", "smoking", "never"),
        ("SMITH-1", "asthma", "condition", "asthma"),
        ("SMITH-1", "gout", "condition", "gout"),
        ("SMITH-3", "gout", "condition", "gout"),
    ]


def test_age_and_sex_in_one_cell(tmp_path):
    table = "Pt|Age/sex\n" + "".join(
        f"{at}|{cell}\n" for at, cell in enumerate(["67/F", "M, 7 mo", "54-year-old woman", "60s-70s", "NR", "21/2"], 1)
    )
    columns = {"Pt": "case", "Age/sex": {"target": "age_sex", "codes": {"1": "M", "2": "F"}}}
    read = flat(tmp_path, table, columns, separator="|")
    assert faults(read) == sound(read) == unread(read) == []
    assert rows(read.tables["cases"], "sex", "age_lower", "age_upper", "age_as_reported") == [
        ("F", "67", "67", "67"),
        ("M", "0.5833", "0.5833", "7 mo"),
        ("F", "54", "54", "54-year-old"),
        ("", "60", "79", "60s-70s"),
        ("not_stated", "not_stated", "not_stated", ""),
        ("F", "21", "21", "21"),
    ]


def test_doses_given_within_limits(tmp_path):
    told = {"3 out of 5": ("3", "3", "5"), "2 or 3": ("2", "3", ""), "≥2": ("2", "", ""), "more than 2": ("3", "", ""),
            "<3": ("", "2", ""), "1 dose": ("1", "1", "")}  # fmt: skip
    table = "Pt|Doses\n" + "".join(f"{at}|{cell}\n" for at, cell in enumerate(told))
    read = flat(tmp_path, table, {"Pt": "case", "Doses": "given_doses"}, separator="|")
    assert faults(read) == sound(read) == unread(read) == []
    assert rows(read.tables["courses"], "given_lower", "given_upper", "planned_doses") == list(told.values())


@pytest.mark.parametrize(("order", "date"), [("day_first", "2019-04-03"), ("month_first", "2019-03-04")])
def test_the_map_says_what_comes_first_in_a_date(tmp_path, order, date):
    columns = {"Pt": "case", "Start": {"target": "start", "unit": "date"}}
    read = flat(tmp_path, "Pt|Start\n1|03/04/2019\n2|3.4.2019\n", columns, separator="|", dates=order)
    assert (faults(read), unread(read)) == ([], [])
    assert read.tables["courses"]["start_date"].tolist() == [date, date]


def test_a_list_without_entries_and_marks_that_are_none_of_the_words(tmp_path):
    table = "Pt|Signs|Also|Died|Autopsy\n1|fever (38.5, 39), 1,25-D low, and cough|None|no†|NR*\n2|• rash • itch|nil|Yes*|✔\n"
    columns = {"Pt": "case", "Signs": "signs", "Also": "concomitants", "Died": "died", "Autopsy": "autopsy"}
    read = flat(tmp_path, table, columns, separator="|")
    assert (faults(read), unread(read)) == ([], [])
    assert [term for term in read.tables["reactions"]["term"] if term != "blue rash"] == [
        "fever (38.5, 39)", "1,25-D low", "cough", "rash", "itch",
    ]  # fmt: skip
    assert set(read.tables["courses"]["drug"]) == {"examplumab"}
    notes = read.tables["provenance"]["note"].tolist()
    assert {"Also: None; Died: no†; Autopsy: NR*", "Also: nil; Died: Yes*"} <= set(notes)
    assert rows(read.tables["deaths"], "case_id", "autopsy") == [("2", "yes")]


def test_what_happened_and_what_was_made_of_it(tmp_path):
    table = """
    Pt | Signs | Itching | First | Found | CT | Excluded | Not excluded | Given | Outcome | Naranjo | Hospital
    1 | fever, cough and rash | yes | 2 | 4 d | positive | infection; drug X | | steroid | recovered | 7 | yes
    2 | | 3 d | | | negative | | aspirin | steroid, oxygen | died | | NR
    3 | n/s | no | NR | | not done | | | | ? | 5 | no
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Signs": {"target": "signs", "order": "later"},
         "Itching": {"target": "sentinel_sign", "name": "itching", **DAY},
         "First": {"target": "first_symptom", **DAY}, "Found": {"target": "diagnosis", **DAY},
         "CT": {"target": "test", "name": "CT chest", "codes": {"positive": "shows_event", "negative": "shows_no_event"},
                "missing": {"not done": "not_done"}},
         "Excluded": "causes_excluded", "Not excluded": "causes_not_excluded", "Given": "treatment",
         "Outcome": {"target": "outcome", "codes": {"died": "fatal"}},
         "Naranjo": {"target": "causality", "method": "Naranjo"}, "Hospital": "seriousness_hospitalisation"},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    told = read.tables["reactions"]
    signs = told[told["role"] != "event"]
    assert rows(signs, "case_id", "reaction", "role", "occurred", "onset_lower", "onset_order") == [
        ("1", "itching", "sentinel_sign", "yes", "", ""),
        ("2", "itching", "sentinel_sign", "yes", "3", ""),
        ("3", "itching", "sentinel_sign", "no", "", ""),
        ("1", "first_symptom", "symptom", "yes", "2", "first"),
        ("1", "fever", "symptom", "yes", "", "later"),
        ("1", "cough and rash", "symptom", "yes", "", "later"),
    ]
    assert rows(told[told["role"] == "event"], "outcome", "hospitalisation") == [
        ("recovered", "yes"), ("fatal", "not_stated"), ("unknown", "no"),
    ]  # fmt: skip
    assert rows(read.tables["tests"], "case_id", "result", "test", "value", "reading", "time_lower") == [
        ("1", "diagnosis", "diagnosis", "", "shows_event", "4"),
        ("1", "CT chest", "CT chest", "positive", "shows_event", ""),
        ("2", "CT chest", "CT chest", "negative", "shows_no_event", ""),
        ("3", "CT chest", "CT chest", "not_done", "", ""),
    ]
    assert rows(read.tables["alternatives"], "case_id", "cause", "excluded") == [
        ("1", "infection", "yes"), ("1", "drug X", "yes"), ("2", "aspirin", "no"),
    ]  # fmt: skip
    assert rows(read.tables["managements"], "case_id", "measure") == [
        ("1", "steroid"),
        ("2", "steroid"),
        ("2", "oxygen"),
    ]
    assert rows(read.tables["assessments"], "case_id", "assessor", "drug", "reaction", "method", "result") == [
        ("1", "authors", "examplumab", "event", "Naranjo", "7"), ("3", "authors", "examplumab", "event", "Naranjo", "5"),
    ]  # fmt: skip


def test_a_code_may_say_several_things(tmp_path):
    codes = {
        "Discharged home": {"outcome": "not_stated", "discharged_alive": True},
        "Died": {"outcome": "fatal", "died": True},
        "Well": "recovered",
    }
    told = flat(tmp_path, "Case | End\n1 | Discharged home\n2 | died\n3 | Well\n", {"Case": "case", "End": {"target": "outcome", "codes": codes}},
                separator="|")  # fmt: skip
    assert faults(told) == unread(told) == []
    assert rows(told.tables["cases"], "discharged_alive") == [("yes",), ("",), ("",)]
    assert rows(told.tables["reactions"], "outcome") == [("not_stated",), ("fatal",), ("recovered",)]
    assert rows(told.tables["deaths"], "case_id") == [("2",)]
    words = told.tables["provenance"].query("column != 'summary'")
    assert rows(words, "key", "column", "words") == [
        ("1", "discharged_alive", "Discharged home"),
        ("1;event", "outcome", "Discharged home"),
        ("2;event", "outcome", "died"),
        ("3;event", "outcome", "Well"),
    ]


def test_a_re_exposure_in_the_row_of_the_patient(tmp_path):
    table = """
    Pt | Again | After | Recurred | When | Stopped
    1 | yes | 3-5 mo | yes | 2 | withdrawn
    2 | yes | NR | no | | withdrawn
    3 | no | | | |
    4 | NR | | | | not_changed
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Again": "reexposed", "After": {"target": "reexposure", "from": "previous_end"},
         "Recurred": "recurred", "When": {"target": "recurrence_onset", **DAY}, "Stopped": "action_taken"},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    later = read.tables["courses"].query("course == '2'")
    assert rows(later, "case_id", "drug", "gap_lower", "gap_upper", "gap_scale", "gap_origin") == [
        ("1", "examplumab", "3", "5", "mo", "previous_end"),
        ("2", "examplumab", "not_stated", "not_stated", "", ""),
    ]
    events = read.tables["reactions"].query("course == '2'")
    assert rows(events, "case_id", "reaction", "term", "role", "occurred", "onset_lower") == [
        ("1", "event_2", "blue rash", "event", "yes", "2"),
        ("2", "event_2", "blue rash", "event", "no", ""),
    ]
    assert rows(read.tables["assessments"], "case_id", "rechallenge") == [("3", "not_rechallenged")]
    notes = read.tables["provenance"].query("column == 'summary'")
    assert rows(notes, "key", "note") == [
        ("1", "Again: yes"), ("2", "Again: yes; After: NR"), ("3", "Again: no"), ("4", "Again: NR"),
    ]  # fmt: skip


def test_several_rows_of_a_patient_are_episodes(tmp_path):
    table = """
    Pt | Exposure | Sex | Event seen | Onset | Paper
    1 | 1 | F | yes | 3 | Smith 2019
    1 | 2 | | no | | Smith 2019
    2 | 1 | M | yes | 4 h | Jones 2020
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Exposure": "episode", "Sex": "sex", "Event seen": "occurred",
         "Onset": {"target": "onset", **DAY}, "Paper": "source"},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    assert rows(read.tables["cases"], "case_id", "sex", "source_id") == [
        ("1", "F", "Smith 2019"),
        ("2", "M", "Jones 2020"),
    ]
    assert rows(read.tables["reactions"], "case_id", "course", "reaction", "occurred", "onset_upper") == [
        ("1", "1", "event", "yes", "3"), ("1", "2", "event_2", "no", ""), ("2", "1", "event", "yes", "4"),
    ]  # fmt: skip
    assert rows(read.tables["sources"], "source_id", "citation") == [("Smith 2019",) * 2, ("Jones 2020",) * 2]


def test_a_column_without_a_target_is_a_note_of_its_case_and_counted(tmp_path):
    read = flat(tmp_path, "Pt|Lot|Remark\n1|A7|late\n2||\n", {"Pt": "case"}, separator="|")
    assert rows(read.tables["provenance"], "key", "note") == [("1", "Lot: A7; Remark: late")]
    (said,) = read.findings.to_dict("records")
    assert said["what"] == "2 columns without a target are kept as notes of the case: Lot, Remark"
    assert said["severity"] == "information"


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ({"A": {"target": "onset", **DAY}}, "soon", "reactions.onset_lower 'soon': in the column 'A': not a time that can be read"),
        ({"A": {"target": "onset", "unit": "date"}}, "5 d", "reactions.onset_lower '5 d': in the column 'A': counted from what is not said"),
        ({"A": {"target": "onset", "unit": "d", "from": "diagnosis"}}, "day 4",
         "reactions.onset_lower 'day 4': in the column 'A': a study day, which counts the day of the first dose as 1, in a column counted from something else"),
        ({"A": "sex"}, "1", "cases.sex '1': in the column 'A': a code without a meaning"),
        ({"A": "sign"}, "maybe", ".A 'maybe': in the column 'A': neither yes nor no"),
        ({"A": "age"}, "adult", "cases.age_lower 'adult': in the column 'A': not an age that can be read"),
        ({"A": "age"}, "60 s", "cases.age_lower '60 s': in the column 'A': not an age that can be read"),
        ({"A": "age_sex"}, "67m", "cases.age_lower '67m': in the column 'A': not an age that can be read"),
        ({"A": {"target": "start", "unit": "date"}}, "25/03/2019",
         "courses.start_lower '25/03/2019': in the column 'A': a date of which the file does not say whether the day or the month comes first"),
        ({"A": {"target": "onset", **DAY}}, "01:30:00",
         "reactions.onset_lower '01:30:00': in the column 'A': a time of day, or hours and minutes: which is not said"),
        ({"A": "planned_doses"}, "three", "courses.planned_doses 'three': in the column 'A': not a whole number"),
        ({"A": "given_doses"}, "some", "courses.given_lower 'some': in the column 'A': not a number of doses"),
        ({"A": {"target": "weight", "unit": "kg"}}, "70 lb", "cases.weight '70 lb': in the column 'A': not a number"),
        ({"A": {"target": "death", **DAY}}, "later", ".A 'later': in the column 'A': not a time that can be read"),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_parse_is_an_error_and_loses_no_other(tmp_path, columns, cells, said):
    read = flat(tmp_path, f"Pt|A\n1|{cells}\n2|\n", {"Pt": "case"} | columns, separator="|")
    assert (unread(read), faults(read)) == ([f"2 {said}"], [])
    assert sound(read) == []
    assert len(read.tables["cases"]) == 2
    kept = read.tables["provenance"]
    assert kept["words"].tolist() == [cells] or kept["note"].tolist() == [f"A: {cells}"]


def test_what_is_withheld_of_one_column_leaves_the_others(tmp_path):
    """One row of the table makes several rows of `reactions`: each has a place of its own."""
    read = flat(
        tmp_path, "Pt|Onset|Fever|Sex\n1|soon|3|F\n2|4|-5|M\n", separator="|",
        columns={"Pt": "case", "Onset": {"target": "onset", **DAY}, "Fever": {"target": "sign", **DAY}, "Sex": "sex"},
    )  # fmt: skip
    found, _ = examine(read.tables, PROFILE)
    policy = {"error": "withhold_value", "warning": "warn", "information": "warn"}
    decided = decide(together([read.findings, found]), policy)
    kept, withheld = repairs.withhold(table_contracts.complete(read.tables), decided)
    assert rows(kept["reactions"], "case_id", "reaction", "onset_lower") == [
        ("1", "event", "no_information"), ("2", "event", "4"), ("1", "Fever", "3"), ("2", "Fever", "no_information"),
    ]  # fmt: skip
    assert rows(withheld[withheld["column"] == "onset_lower"], "key", "printed") == [
        ("1;event", "soon"),
        ("2;Fever", "-5"),
    ]
    assert list(kept["cases"]["sex"]) == ["F", "M"]


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("Pt|A\n|1\n2|\n", {}, ["2 Pt '': a row without the number of its patient"]),
        ("Pt|A\n1|1\n1|\n", {}, ["3 Pt '1': the patient has a row already"]),
        ("Pt|A\n1|1\n1|1\n", {"A": "episode"}, ["3 Pt '1': the patient has this episode already"]),
        ("Pt|A\n1|1\n1|b\n", {"A": "episode"}, ["3 A 'b': not the number of an episode"]),
        ("Pt|A|S\n1|1|F\n1|2|M\n", {"A": "episode", "S": "sex"}, ["2 sex '': the rows of this patient differ"]),
        ("Pt|A|A\n1|1|2\n", {}, ["0 A 'A': two columns have this heading"]),
    ],
)
def test_rows_that_are_not_one_per_patient(tmp_path, table, columns, said):
    assert faults(flat(tmp_path, table, {"Pt": "case"} | columns, separator="|")) == said


def test_a_sign_counted_from_an_onset_that_is_not_told_has_no_origin(tmp_path):
    columns = {"Pt": "case", "Seen": "occurred", "Itch": {"target": "sign", "unit": "d", "from": "onset"}}
    read = flat(tmp_path, "Pt|Seen|Itch\n1|NR|5\n2|yes|5\n", columns, separator="|")
    assert sound(read) == []
    signs = read.tables["reactions"].query("role == 'symptom'")
    assert rows(signs, "case_id", "onset_lower", "onset_origin") == [
        ("1", "5", "not_stated"),
        ("2", "5", "onset:event"),
    ]


def test_every_bad_cell_is_named(tmp_path):
    table = "Pt|A\n" + "".join(f"{number}|soon\n" for number in range(1, 31))
    found = unread(flat(tmp_path, table, {"Pt": "case", "A": {"target": "onset", **DAY}}, separator="|"))
    assert len(found) == 30
    assert found[-1] == "31 reactions.onset_lower 'soon': in the column 'A': not a time that can be read"


ALONE = [target for target in TARGETS if target not in ("case", "drug", "event")]


@pytest.mark.parametrize("words", ["", "NR", "?", "-"])
def test_any_target_may_have_nothing_to_say(tmp_path, words):
    """Every column blank, or every cell a token for missing: no row is made up, and no contract is broken."""
    named = [target for target in ALONE if words == "" or TARGETS[target]["kind"] not in ("episode", "text")]
    again = [target for target in named if TARGETS[target]["row"] in ("again", "recurrence")]
    for left_out in (["episode", "age_sex"], [*again, "age", "sex"]):
        columns = {
            target: {"target": target} | TIMED.get(TARGETS[target]["kind"], {})
            for target in named
            if target not in left_out
        }
        table = (
            "|".join(["Pt", *columns]) + "\n" + "\n".join("|".join([case, *[words] * len(columns)]) for case in "12")
        )
        read = flat(tmp_path, table, {"Pt": "case"} | columns, separator="|")
        assert faults(read) == sound(read) == []
        assert {"cases", "courses", "sources"} <= set(read.tables)
        assert not {"reactions", "deaths", "alternatives", "managements"} & set(read.tables)
        assert len(read.tables["courses"]) == 2


def test_what_two_columns_list_is_one_sign(tmp_path):
    table = "Pt|Signs at first|Signs later\n1|fever; cough|cough; wheeze\n2|fever|fever\n"
    read = flat(tmp_path, table, {"Pt": "case", "Signs at first": "signs", "Signs later": "signs"}, separator="|")
    assert faults(read) == sound(read) == []
    assert sorted(rows(read.tables["reactions"], "case_id", "reaction")) == [
        ("1", "cough"), ("1", "event"), ("1", "fever"), ("1", "wheeze"), ("2", "event"), ("2", "fever"),
    ]  # fmt: skip
