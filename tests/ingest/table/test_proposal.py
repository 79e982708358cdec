"""A proposed map: what headings and cells say, nothing that only a person can know, and no use before it is confirmed."""

import re

import pytest
import yaml

from schemas.column_map import load
from schemas.map_column import TARGETS
from scripts.ingest.table.headings import parted, target_of
from tests.conftest import REPOSITORY
from tests.room import called

TABLE = """Patient ID;Gender;Age;Suspected drug;Onset latency (days after first dose);Date of diagnosis;Outcome;Cough;Lot
1;1;20,5;examplumab;5;2019-03-04;1;yes;A7
2;2;n/s;examplumab;NR;2019-03;recovered;no;–
"""


@pytest.mark.parametrize(
    ("heading", "target", "unit", "origin"),
    [
        ("Case", "case", "", ""),
        ("Pt.", "case", "", ""),
        ("record_id", "case", "", ""),
        ("Age (years)", "age", "a", ""),
        ("Time to symptom (days)", "onset", "d", ""),
        ("TTO, weeks", "onset", "wk", ""),
        ("Latency [h after first dose]", "onset", "h", "first_dose"),
        ("Time to recovery (days from onset)", "resolution", "d", "onset"),
        ("Death (days)", "death", "d", ""),
        ("Onset of something else", "", "", ""),
        ("Age (yrs), Sex", "age_sex", "", ""),
        ("Outcome†", "outcome", "", ""),
        ("Allergies", "history", "", ""),
        ("Rechallenge outcome", "recurred", "", ""),
        ("Onset after rechallenge (d)", "recurrence_onset", "d", ""),
        ("Symptoms (d)", "", "d", ""),
        ("Patient: Age (years)", "age", "a", ""),
        ("Latency from last infusion to onset (d)*", "", "d", "last_dose"),
        ("Author (year)", "source", "a", ""),
        ("WHO-UMC (centre)", "causality", "", ""),
    ],
)
def test_headings(heading, target, unit, origin):
    assert target_of(heading) == target
    assert parted(heading)[1:] == (unit, origin)


def proposed(folder, table, *more):
    file = folder / "cases.csv"
    file.write_text(table, encoding="utf-8")
    done = called("ingest", "map", file, *more)
    assert done.returncode == 0, done.stderr
    return file, folder / "cases.map.yaml", done.stdout + done.stderr


def test_a_proposal_says_what_it_saw_and_what_it_could_not_place(tmp_path):
    _, file, printed_text = proposed(tmp_path, TABLE)
    assert "7 of 9 columns placed" in printed_text
    assert "not placed, kept as notes unless you place them: Cough, Lot" in printed_text
    text = file.read_text(encoding="utf-8")
    assert yaml.safe_load(text) == {"confirmed": False}, "every proposal is a comment"
    content = yaml.safe_load(text.replace("#? ", ""))
    assert (content["confirmed"], content["decimal"]) == (False, "comma")
    assert content["missing"] == {"NR": "not_stated", "n/s": "not_stated", "–": "no_information"}
    columns = content["columns"]
    assert columns["Onset latency (days after first dose)"] == {"target": "onset", "unit": "d", "from": "first_dose"}
    assert columns["Date of diagnosis"] == {"target": "diagnosis", "unit": "date"}
    assert columns["Gender"] == {"target": "sex", "codes": {"1": "", "2": ""}}
    assert columns["Outcome"] == {"target": "outcome", "codes": {"1": ""}}
    assert '# "Cough": sign  # holds yes and no' in text


def test_a_proposal_is_used_only_when_confirmed_and_complete(tmp_path):
    table, file, _ = proposed(tmp_path, TABLE)
    text = file.read_text(encoding="utf-8")
    refused = called("validate", table)
    assert refused.returncode == 2
    assert "columns.Gender: codes: '1', '2' have no meaning yet. Say which each is: M, F." in refused.stderr
    text = text.replace('"1": ""\n#?       "2": ""', '"1": F\n#?       "2": M').replace('"1": ""', '"1": fatal')
    file.write_text(text, encoding="utf-8")
    assert "every: 'event' has no text yet. Say which it is, or delete the line." in called("validate", table).stderr
    text = text.replace('event: ""', "event: blue rash")
    file.write_text(text, encoding="utf-8")
    assert "the column map is a proposal. Read every line of it" in called("validate", table).stderr
    text = text.replace("confirmed: no", "confirmed: yes")
    file.write_text(text, encoding="utf-8")
    done = called("validate", table)
    assert (done.returncode, "a date in a column that counts time" in done.stderr) == (0, False), done.stderr
    assert "columns without a target are kept as notes of the case: Cough, Lot" in done.stderr
    file.write_text(re.sub("#\\?   .*Gender.*\n(#\\?     .*\n)+", "", text), encoding="utf-8")
    assert "kept as notes of the case: Gender, Cough, Lot" in called("validate", table).stderr


PRINTED = """Row,Onset after receipt (mins),Serum TnI (ng/ml),Death,Score
1,2,37,0,high
2,NR,<0.04,1,low
"""


def test_a_printed_table_is_placed_by_what_headings_and_cells_show(tmp_path):
    _, file, printed_text = proposed(tmp_path, PRINTED)
    assert "4 of 5 columns placed" in printed_text
    columns = yaml.safe_load(file.read_text(encoding="utf-8").replace("#? ", ""))["columns"]
    assert columns["Row"] == "case"
    assert columns["Onset after receipt (mins)"] == {"target": "onset", "unit": "min", "from": ""}
    assert columns["Serum TnI (ng/ml)"] == {"target": "test", "name": "Serum TnI", "unit": "ng/ml"}
    assert columns["Death"] == {"target": "died", "codes": {"0": "", "1": ""}}


OF_A_STUDY = """No;Drug dose (mg);Rechallenge;Outcome;Naranjo (author);Causality (WHO-UMC);Recovery (d from onset);Drug stopped;Fever
1;12;Yes†;Died*;6;Possible;5;Yes;Y
2;24;No;Home;NR;Certain;7;No;NR
3;24;NR;Home;4;Possible;NR;NR;n
"""


@pytest.mark.parametrize(
    ("above", "found", "said"),
    [
        ("Table 2. Patients,,,\n,,,\nNo,Age,Onset (d),Outcome\n", {"header_row": 3}, "headings found in row 3; "),
        (
            "\n\nTable 2. Patients\n\nNo,Age,Onset (d),Outcome\n0,1,2,3,4\n",
            {"header_row": 5},
            "headings found in row 5; ",
        ),
        (",Age,Onset (d),Outcome\n", {}, "to be mended first: column 1 has cells and no name"),
        ("Patient,,,Outcome\nNo,Age,Onset (d),\n", {"header_rows": 2}, "headings found in rows 1 and 2; "),
    ],
)
def test_a_proposal_finds_the_headings(tmp_path, above, found, said):
    _, file, told = proposed(tmp_path, f"{above}1,45,5,fatal\n")
    assert said in told
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert {key: content.get(key) for key in found} == found
    assert f"{4 if found else 3} of {4 if found else 3} columns placed" in told


TYPED = """No,Event,Dose date,TnI,Treatment,Fever,Outcome
1,Y,44300,"1,234",yes,+,Died
2,n,3/2021,">50,000",no,-,died
3,yes,NR,12,yes,+,R1
"""


def test_what_people_type_is_not_taken_for_what_it_is_not(tmp_path):
    """Ticks are no event and no list, 1,234 may be a thousand, and a code has one meaning however it is spelled."""
    _, file, told = proposed(tmp_path, TYPED + "".join(f"{at},Y,NR,1,no,+,R{at}\n" for at in range(4, 20)))
    assert "not placed, kept as notes unless you place them: Dose date, TnI, Treatment, Fever" in told
    text = file.read_text(encoding="utf-8")
    assert '# "Fever": sign  # holds yes and no; where - is no: {target: sign, codes: {"-": no}}' in text
    assert "#?       # and 6 more: R4, R5, R6, R7, R8, R9\n" in text
    content = yaml.safe_load(text.replace("#? ", ""))
    assert (content["decimal"], content["columns"]["Event"]) == ("", "occurred")
    assert list(content["columns"]["Outcome"]["codes"])[:2] == ["Died", "R1"]
    with pytest.raises(ValueError, match="decimal: "):
        load(file)


ASKED = """Case no.,Age/Sex,Start,Stop,Onset (d),Rash
1,67/F,03/04/2019,25/04/2019,5,present
2,45/M,N/A,12/05/2019,N/A,absent
* as reported,,,,,
"""


def test_what_a_person_has_to_say_is_asked_for(tmp_path):
    _, file, told = proposed(tmp_path, ASKED)
    assert "to be mended first: a footnote" in told
    text = file.read_text(encoding="utf-8")
    content = yaml.safe_load(text.replace("#? ", ""))
    assert (content["missing"], content["dates"]) == ({"N/A": ""}, "day_first")
    assert "2 cells: not available or not applicable? Say which" in text
    assert content["columns"]["Age/Sex"] == {"target": "age_sex", "unit": "a"}
    assert content["columns"]["Start"] == {"target": "start", "unit": "date"}
    assert '# "Rash": sign  # holds yes and no' in text
    with pytest.raises(ValueError, match="missing: 'N/A': say which reason: not_stated, not_seen"):
        load(file)


def test_in_the_folder_of_a_study_its_drug_and_event_are_proposed(tmp_path):
    (tmp_path / "profile.yaml").write_text("{drug: examplumab, event: blue rash}\n", encoding="utf-8")
    _, file, _ = proposed(tmp_path, OF_A_STUDY)
    text = file.read_text(encoding="utf-8")
    content = yaml.safe_load(text.replace("#? ", ""))
    assert content["every"] == {"drug": "examplumab", "event": "blue rash"}
    columns = content["columns"]
    assert columns["Drug dose (mg)"] == {"target": "dose", "unit": "mg"}
    assert columns["Rechallenge"] == "reexposed"
    assert columns["Recovery (d from onset)"] == {"target": "resolution", "unit": "d", "from": "onset"}
    assert columns["Drug stopped"] == {"target": "action_taken", "codes": {"Yes": "", "No": ""}}
    assert '# "Fever": sign  # holds yes and no' in text
    assert columns["Naranjo (author)"] == {"target": "causality", "method": "Naranjo", "assessor": "author"}
    assert columns["Causality (WHO-UMC)"] == {"target": "causality", "method": "WHO-UMC"}
    assert columns["Outcome"]["codes"] == {"Died": "", "Home": ""}
    assert "or several: {outcome: fatal, died: yes}" in text


def test_an_existing_map_stays(tmp_path):
    table, file, _ = proposed(tmp_path, "Case\n1\n")
    before = file.read_bytes()
    done = called("ingest", "map", table)
    assert (done.returncode, file.read_bytes()) == (2, before)
    assert "there is a map already" in done.stderr


def test_every_target_and_no_other_stands_in_the_manual():
    page = (REPOSITORY / "docs/formats.md").read_text(encoding="utf-8").split("\n## Targets\n")[1].partition("\n# ")[0]
    told = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert told == list(TARGETS)
