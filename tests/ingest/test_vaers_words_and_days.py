"""VAERS: how many days to the onset and in hospital, from dates and from numbers of days; free texts that name nothing."""

import csv
import io

from scripts.commands.reading import read
from tests.ingest import write_vaers

GIVEN = ("VAX_DATE", "ONSET_DATE", "NUMDAYS", "HOSPITAL", "HOSPDAYS")
DAYS = [  # the cells given; vaccination, onset, count to onset and criterion; what is told
    (("07/04/2022", "07/06/2022", "2", "Y", "3"), ["2022-07-04", "2022-07-06", "", "yes"], ""),
    (("07/04/2022", "07/06/2022", "9", "", ""), ["2022-07-04", "2022-07-06", "", ""],
     "NUMDAYS is not what the two dates say (2 d); it is not used"),
    (("07/04/2022", "", "3", "", "0"), ["2022-07-04", "", "3", ""], ""),
    (("02/30/2022", "07/06/2022", "0", "", ""), ["2022-02-30", "", "0", ""], ""),
    (("", "07/06/2022", "-4", "", ""), ["", "2022-07-06", "", ""], "NUMDAYS is no number of days; it is not used"),
    (("", "07/06/2022", "4", "", ""), ["2022-07-02", "2022-07-06", "", ""], ""),
    (("", "", "", "", "5"), ["", "", "", "yes"], "days in hospital beside a blank HOSPITAL: read as hospitalisation"),
]  # fmt: skip


def table(headings, rows):
    text = io.StringIO()
    lines = csv.DictWriter(text, headings.split(","), restval="")
    lines.writeheader()
    lines.writerows({"VAERS_ID": f"{number}"} | row for number, row in enumerate(rows, start=1))
    return text.getvalue()


def test_days_to_onset_and_in_hospital_are_read(tmp_path):
    """What the two dates do not tell NUMDAYS tells, days from the vaccination; where they disagree the dates count."""
    data = [dict(zip(GIVEN, given, strict=True)) | {"SYMPTOM_TEXT": "Words."} for given, _, _ in DAYS]
    texts = {
        "2022VAERSDATA.csv": table(write_vaers.DATA, data),
        "2022VAERSVAX.csv": table(write_vaers.VAX, [{"VAX_NAME": "DAHLIA"} for _ in DAYS]),
        "2022VAERSSYMPTOMS.csv": table(write_vaers.SYMPTOMS, [{"SYMPTOM1": "Bleeding"} for _ in DAYS]),
    }
    reading = read("vaers", write_vaers.folder(tmp_path, texts))
    tables = reading.tables
    told = tables["courses"].merge(tables["reactions"], on="case_id").merge(tables["reports"], on="case_id")
    columns = ["start_date", "onset_date", "onset_lower", "serious_hospitalisation"]
    assert told[columns].values.tolist() == [cells for _, cells, _ in DAYS]
    assert told["narrative"][0] == "Words.\n\nDays in hospital (HOSPDAYS): 3"
    assert reading.findings["what"].tolist() == [what for *_, what in DAYS if what]
    derived = tables["provenance"].query("status == 'derived' and column != 'role'")
    assert derived[["table", "key"]].values.tolist() == [["courses", "6;1"], ["doses", "6;1;1"]]


def test_a_text_that_names_nothing_is_no_drug_and_no_condition(tmp_path):
    """It stays among the words of the report; a text that names something is a row."""
    data = [
        {"OTHER_MEDS": "None.", "CUR_ILL": "N/A", "HISTORY": "none known", "ALLERGIES": "NKDA", "LAB_DATA": "unknown"},
        {"OTHER_MEDS": "None but aspirin", "CUR_ILL": "Cold", "SYMPTOM_TEXT": "Words."},
    ]
    texts = {
        "2022VAERSDATA.csv": table(write_vaers.DATA, data),
        "2022VAERSVAX.csv": table(write_vaers.VAX, [{"VAX_NAME": "DAHLIA"} for _ in data]),
        "2022VAERSSYMPTOMS.csv": table(write_vaers.SYMPTOMS, [{"SYMPTOM1": "Bleeding"} for _ in data]),
    }
    tables = read("vaers", write_vaers.folder(tmp_path, texts)).tables
    assert tables["courses"][["case_id", "drug"]].values.tolist() == [
        ["1", "DAHLIA"], ["2", "DAHLIA"], ["2", "None but aspirin"],
    ]  # fmt: skip
    assert tables["history"][["case_id", "term"]].values.tolist() == [["2", "Cold"]]
    assert "tests" not in tables
    said = "OTHER_MEDS: None.\n\nCUR_ILL: N/A\n\nHISTORY: none known\n\nALLERGIES: NKDA\n\nLAB_DATA: unknown"
    assert list(tables["reports"]["narrative"]) == [said, "Words."]
