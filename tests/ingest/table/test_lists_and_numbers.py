"""Cells of a flat table that list several things, or are numbers with their unit in the map."""

from tests.ingest.table.flat import faults, flat, rows, sound, unread


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


def test_what_two_columns_list_is_one_sign(tmp_path):
    table = "Pt|Signs at first|Signs later\n1|fever; cough|cough; wheeze\n2|fever|fever\n"
    read = flat(tmp_path, table, {"Pt": "case", "Signs at first": "signs", "Signs later": "signs"}, separator="|")
    assert faults(read) == sound(read) == []
    assert sorted(rows(read.tables["reactions"], "case_id", "reaction")) == [
        ("1", "cough"), ("1", "event"), ("1", "fever"), ("1", "wheeze"), ("2", "event"), ("2", "fever"),
    ]  # fmt: skip


def test_numbers_of_results_are_those_of_the_file(tmp_path):
    columns = {"Pt": "case", "TnI": {"target": "test", "unit": "ng/L"}}
    printed = ["1,234", "<0,5", "pos", "1.234"]
    table = "Pt|TnI\n" + "".join(f"{at}|{cell}\n" for at, cell in enumerate(printed))
    with_commas = flat(tmp_path, table, columns, separator="|", decimal="comma")
    assert with_commas.tables["tests"]["value"].tolist() == ["1.234", "<0.5", "pos", "no_information"]
    assert rows(with_commas.tables["provenance"], "key", "words") == [
        ("0;TnI", "1,234"),
        ("1;TnI", "<0,5"),
        ("3;TnI", "1.234"),
    ]
    assert unread(with_commas) == [
        "5 tests.value '1.234': in the column 'TnI': a point in a number of a file with decimal commas"
    ]
    assert flat(tmp_path, table, columns, separator="|").tables["tests"]["value"].tolist() == printed


def test_a_result_with_a_unit_of_its_own_keeps_it(tmp_path):
    columns = {"Pt": "case", "Hb": {"target": "test", "unit": "g/L", "reference": "120-160"}}
    printed = ["90*", "91 g/L", "9.2 g/dL", "93 H", "<94"]
    table = "Pt|Hb\n" + "".join(f"{at}|{cell}\n" for at, cell in enumerate(printed))
    read = flat(tmp_path, table, columns, separator="|")
    assert rows(read.tables["tests"], "value", "unit_as_printed", "reference_as_printed") == [
        ("90", "g/L", "120-160"), ("91", "g/L", "120-160"), ("9.2", "g/dL", "120-160 g/L"), ("93 H", "g/L", "120-160"),
        ("<94", "g/L", "120-160"),
    ]  # fmt: skip


def test_what_was_absent_is_no_entry_of_a_list(tmp_path):
    printed = ["fever, no cough", "fever (-); cough (+)", "1. fever 2. cough", "fever ± cough", "HIV+; no-reflow", "- fever; 2) cough", "asymptomatic"]  # fmt: skip
    table = "Pt|Signs\n" + "".join(f"{at}|{cell}\n" for at, cell in enumerate(printed))
    read = flat(tmp_path, table, {"Pt": "case", "Signs": "signs"}, separator="|")
    absent, numbered = (
        "an entry of a list that says what there was not, or may not have been",
        "numbered entries in one line",
    )
    assert [why.partition(": in the column 'Signs': ")[2] for why in unread(read)] == [absent, absent, numbered, absent]
    assert rows(read.tables["reactions"].query("role == 'symptom'"), "case_id", "term") == [
        ("4", "HIV+"), ("4", "no-reflow"), ("5", "fever"), ("5", "cough"),
    ]  # fmt: skip


def test_lines_of_a_cell_part_entries_or_are_asked_about(tmp_path):
    printed = [r"fever\ncough", r"steroids\n(1 mg/kg)", r"fever, chest\npain", r"fever,\ncough", r"- dry, hot skin\n- cough", r"chest\npain; cough"]  # fmt: skip
    table = "Pt|Signs|Drug|Age/sex\n"
    table += "".join(f'{at}|"{cell}"|"A{at}"|"4{at},\nM"\n' for at, cell in enumerate(printed)).replace(r"\n", "\n")
    columns = {"Pt": "case", "Signs": "signs", "Drug": "drug", "Age/sex": "age_sex"}
    read = flat(tmp_path, table.replace('"A5"', '"A; B"'), columns, separator="|", every={"event": "blue rash"})
    what = "line ends and commas in one list: which of them part its entries is not said"
    assert [why.rpartition(": ")[2] for why in unread(read) if "Signs" in why] == ["which of them part its entries is not said"]  # fmt: skip
    assert any(what in why for why in unread(read))
    assert [why.rpartition(": ")[2] for why in unread(read) if "Drug" in why] == ["several drugs in one cell"]
    assert rows(read.tables["reactions"].query("role == 'symptom'"), "case_id", "term") == [
        ("0", "fever"), ("0", "cough"), ("1", "steroids (1 mg/kg)"), ("3", "fever"), ("3", "cough"),
        ("4", "dry, hot skin"), ("4", "cough"), ("5", "chest pain"), ("5", "cough"),
    ]  # fmt: skip
    assert rows(read.tables["cases"], "sex", "age_lower") == [("M", f"4{at}") for at in range(6)]


def test_a_dose_has_the_unit_of_its_column(tmp_path):
    table = "Pt|Dose (mg)\n1|10\n2|20-30\n3|12 mg a day\n4|NR\n"
    read = flat(tmp_path, table, {"Pt": "case", "Dose (mg)": {"target": "dose", "unit": "mg"}}, separator="|")
    assert rows(read.tables["doses"], "amount", "unit", "dosage_text") == [
        ("10", "mg", "10"), ("", "", "20-30 mg"), ("", "", "12 mg a day"), ("", "", "not_stated"),
    ]  # fmt: skip
    assert read.tables["provenance"]["words"].tolist() == ["20-30", "NR"]


def test_each_method_and_assessor_has_a_judgement_of_its_own(tmp_path):
    columns = {"Pt": "case"} | {
        heading: {"target": "causality", "method": method, "assessor": assessor}
        for heading, method, assessor in [("N1", "Naranjo", "first"), ("N2", "Naranjo", "second"), ("W", "WHO-UMC", "")]
    }
    read = flat(tmp_path, "Pt|N1|N2|W\n1|7|5|probable\n2|possible||NR\n", columns, separator="|")
    assert faults(read) == sound(read) == unread(read) == []
    assert sorted(rows(read.tables["assessments"], "case_id", "method", "assessor", "result")) == [
        ("1", "Naranjo", "first", "7"),
        ("1", "Naranjo", "second", "5"),
        ("1", "WHO-UMC", "authors", "probable"),
        ("2", "Naranjo", "first", "possible"),
        ("2", "WHO-UMC", "authors", "not_stated"),
    ]


def test_whether_a_death_was_due_to_the_event_may_be_answered_by_yes_or_no(tmp_path):
    columns = {"Case": "case", "Died": "died", "Due": "death_relatedness"}
    told = flat(tmp_path, "Case | Died | Due\n1 | yes | Yes\n2 | yes | no\n3 | yes | unclear\n4 | yes | NR", columns)
    assert unread(told) == []
    assert rows(told.tables["deaths"], "case_id", "relatedness") == [
        ("1", "related"), ("2", "unrelated"), ("3", "unclear"), ("4", "not_stated"),
    ]  # fmt: skip
