"""A table with a row per patient becomes ordinary reported tables: every target, and nothing printed is lost."""

import pytest

from tests.ingest.table.flat import DAY, faults, flat, rows, sound, unread


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
    2 | 2 | 7 mo | ? | | NR | | 2 | 12 mg a day | | N
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
    assert read.tables["courses"]["premedication"].tolist()[:4] == ["steroid", "no", "", ""]
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
        f"{at}|{cell}\n"
        for at, cell in enumerate(["67/F", "M, 7 mo", "54-year-old woman", "60s-70s", "NR", "21/2", "F 3 m"], 1)
    )
    columns = {"Pt": "case", "Age/sex": {"target": "age_sex", "codes": {"1": "M", "2": "F"}}}
    read = flat(tmp_path, table, columns, separator="|")
    assert faults(read) == sound(read) == []
    assert unread(read) == ["8 cases.age_lower '3 m': in the column 'Age/sex': not an age that can be read"]
    assert rows(read.tables["cases"], "sex", "age_lower", "age_upper", "age_as_reported") == [
        ("F", "67", "67", "67"),
        ("M", "0.5833", "0.5833", "7 mo"),
        ("F", "54", "54", "54-year-old"),
        ("", "60", "79", "60s-70s"),
        ("not_stated", "not_stated", "not_stated", ""),
        ("F", "21", "21", "21"),
        ("F", "no_information", "no_information", ""),
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
    table = "Pt|Signs|Also|Died|Autopsy|Steroid\n1|fever (38.5, 39), 1,25-D low, and cough*|None|no†|NR*|N\n2|• rash • itch|nil|Yes*|✔|0\n"
    columns = {
        "Pt": "case",
        "Signs": "signs",
        "Also": "concomitants",
        "Died": "died",
        "Autopsy": "autopsy",
        "Steroid": "treatment",
    }
    read = flat(tmp_path, table, columns, separator="|")
    assert (faults(read), unread(read)) == ([], [])
    assert [term for term in read.tables["reactions"]["term"] if term != "blue rash"] == [
        "fever (38.5, 39)", "1,25-D low", "cough", "rash", "itch",
    ]  # fmt: skip
    assert set(read.tables["courses"]["drug"]) == {"examplumab"}
    notes = read.tables["provenance"]["note"].tolist()
    assert {"Also: None; Died: no†; Autopsy: NR*; Steroid: N", "Also: nil; Died: Yes*; Steroid: 0"} <= set(notes)
    assert "managements" not in read.tables
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
