"""VAERS: how many days to the onset and in hospital, from dates and from numbers of days."""

import csv

from scripts.commands.reading import read
from tests.ingest import write_vaers
from tests.ingest.five_cases import CASES

VAERS_DAYS = [  # VAX_DATE, ONSET_DATE, NUMDAYS, HOSPITAL, HOSPDAYS; the onset, the criterion, what is told
    ("07/04/2022", "07/06/2022", "2", "Y", "3", ["2022-07-06", "", "yes"], None),
    ("07/04/2022", "07/06/2022", "9", "", "", ["2022-07-06", "", ""], "NUMDAYS is not what the two dates say (2 d); it is not used"),
    ("07/04/2022", "", "3", "", "0", ["", "3", ""], None),
    ("02/30/2022", "07/06/2022", "0", "", "", ["", "0", ""], None),
    ("", "07/06/2022", "-4", "", "", ["2022-07-06", "", ""], "NUMDAYS is no number of days; it is not used"),
    ("", "", "", "", "5", ["", "", "yes"], "days in hospital beside a blank HOSPITAL: read as hospitalisation"),
]  # fmt: skip


def test_days_to_onset_and_in_hospital_are_read(tmp_path):
    """What the two dates do not tell NUMDAYS tells, days from the vaccination; where they disagree the dates count."""

    def change(texts):
        head, line, *_ = texts["2022VAERSDATA.csv"].splitlines()
        row = dict(zip(head.split(","), next(csv.reader([line])), strict=True)) | {"SYMPTOM_TEXT": "Words."}
        cells = [
            dict(zip(("VAX_DATE", "ONSET_DATE", "NUMDAYS", "HOSPITAL", "HOSPDAYS"), given, strict=False))
            for given in VAERS_DAYS
        ]
        lines = [",".join((row | {"VAERS_ID": f"{n}"} | told).values()) for n, told in enumerate(cells, start=1)]
        terms = ["VAERS_ID,SYMPTOM1", *(f"{n},Bleeding" for n in range(1, len(lines) + 1))]
        return {
            **texts,
            "2022VAERSDATA.csv": "\r\n".join([head, *lines]),
            "2022VAERSSYMPTOMS.csv": padded(terms, write_vaers.SYMPTOMS),
        }

    reading = read("vaers", write_vaers.folder(tmp_path, change(write_vaers.files(CASES))))
    told = reading.tables["reactions"].merge(reading.tables["reports"], on="case_id")
    assert told[["onset_date", "onset_lower", "serious_hospitalisation"]].values.tolist() == [
        row[5] for row in VAERS_DAYS
    ]
    assert told["narrative"].tolist()[0] == "Words.\n\nDays in hospital (HOSPDAYS): 3"
    assert reading.findings["what"].tolist() == [row[6] for row in VAERS_DAYS if row[6]]


def padded(lines, header):
    """Lines of a table with all its columns, of which they fill the first."""
    width = header.count(",")
    return "\r\n".join([header, *(line + "," * (width - line.count(",")) for line in lines[1:])])
