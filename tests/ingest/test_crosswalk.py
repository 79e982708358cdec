"""The mapping of re- and dechallenge across sources, row by row as a physician checks it; other codes."""

import pytest

from schemas.codes import FOLDER, back, codes, rows
from scripts.commands.reading import read
from scripts.e2b.translation import label_of, ours
from scripts.records.drugs import names
from scripts.words.dosing import amount
from tests.ingest import write_faers, write_r2
from tests.ingest.five_cases import CASES


@pytest.mark.parametrize(
    ("source", "positive", "negative", "done_unknown", "not_done", "unknown"),
    [
        ("e2b_r3", "1", "2", "3", "4", None),
        ("e2b_r2", "1", "2", None, None, "3"),
        ("faers", "Y", "N", None, "D", "U"),
    ],
)
def test_rechallenge(source, positive, negative, done_unknown, not_done, unknown):
    missing = {"e2b_r2": "e2b_r2_rechallenge", "faers": "faers_challenge"}.get(source, "e2b_r3")
    sent = {positive: "recurred", negative: "not_recurred", done_unknown: "outcome_unknown",
            not_done: "not_rechallenged", unknown: "unknown", "": ""}  # fmt: skip
    for code, meaning in sent.items():
        if code is not None:
            assert ours("rechallenge", source, code, missing) == meaning


@pytest.mark.parametrize(
    ("source", "missing", "letters"),
    [("faers", "faers_challenge", "YNDU"), ("openfda", "openfda_dechallenge", "1234")],
)
def test_dechallenge(source, missing, letters):
    meanings = ["positive", "negative", "not_applicable", "unknown"]
    assert [ours("dechallenge", source, letter, missing) for letter in letters] == meanings
    assert ours("dechallenge", source, "", missing) == ""


@pytest.mark.parametrize(
    ("name", "column", "foreign", "meant"),
    [
        (
            "outcome",
            "e2b_r3",
            "123450",
            "recovered recovering not_recovered recovered_with_sequelae fatal unknown",
        ),
        (
            "outcome",
            "e2b_r2",
            "123456",
            "recovered recovering not_recovered recovered_with_sequelae fatal unknown",
        ),
        (
            "action_taken",
            "e2b_r3",
            "123409",
            "withdrawn reduced increased not_changed unknown not_applicable",
        ),
        (
            "action_taken",
            "e2b_r2",
            "123456",
            "withdrawn reduced increased not_changed unknown not_applicable",
        ),
        ("drug_role", "e2b_r3", "1234", "suspect concomitant interacting not_administered"),
        ("drug_role", "e2b_r2", "123", "suspect concomitant interacting"),
        ("drug_role", "eudravigilance", "SCIN", "suspect concomitant interacting not_administered"),
        ("report_type", "e2b_r3", "1234", "spontaneous study other not_available"),
        ("test_result", "e2b_r3", "1234", "positive negative borderline inconclusive"),
        (
            "qualification",
            "e2b_r3",
            "12345",
            "physician pharmacist other_health_professional lawyer consumer",
        ),
        ("age_group", "e2b_r3", "0123456", "foetus neonate infant child adolescent adult elderly"),
        ("age_group", "faers", "NICTAE", "neonate infant child adolescent adult elderly"),
        ("sex", "e2b_r2", "12", "M F"),
    ],
)
def test_one_letter_codes(name, column, foreign, meant):
    assert [back(name, column)[letter] for letter in foreign] == meant.split()


@pytest.mark.parametrize(
    ("name", "column", "foreign", "meant"),
    [
        ("drug_role", "faers", "PS SS C I", "suspect suspect concomitant interacting"),
        ("qualification", "faers", "MD PH OT LW CN HP", "physician pharmacist "
         "other_health_professional lawyer consumer health_professional"),
        ("seriousness", "faers", "DE LT HO DS CA OT RI", "death life_threatening hospitalisation disability "
         "congenital_anomaly other_important other_important"),
        ("seriousness", "e2b_r3", "34 21 33 35 12 26", "death life_threatening hospitalisation disability "
         "congenital_anomaly other_important"),
        ("scale", "faers", "YR MON WK DAY HR MIN SEC", "a mo wk d h min s"),
        ("scale", "e2b_r2", "801 802 803 804 805 806 807", "a mo wk d h min s"),
        ("scale", "e2b_r3", "a mo wk d h min s", "a mo wk d h min s"),
        ("age_unit", "e2b_r2", "800 801 802 803 804 805", "decade a mo wk d h"),
        ("age_unit", "faers", "DEC YR MON WK DY HR", "decade a mo wk d h"),
        ("dose_unit", "e2b_r2", "001 002 003 004 013 025 032", "kg g mg ug uL [iU] {DF}"),
        ("missing", "e2b_r3", "NI MSK UNK NA ASKU NASK", "no_information masked unknown not_applicable "
         "asked_unknown not_asked"),
    ],
)  # fmt: skip
def test_longer_codes(name, column, foreign, meant):
    assert [back(name, column)[code] for code in foreign.split()] == meant.split()


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.csv")))
def test_codes_from_general_knowledge_are_marked_row_by_row(name):
    for row in rows(name):
        for column in row.get("general_knowledge", "").split():
            assert row[column], (row["code"], column)


def test_what_was_read_and_what_was_not():
    units = {row["code"]: row["general_knowledge"] for row in rows("dose_unit")}
    expected = {"mg": "", "{DF}": "", "kg": "faers", "mmol": "e2b_r2 faers"}
    assert {code: units[code] for code in expected} == expected
    listing = [row["general_knowledge"] for row in rows("outcome")]
    assert listing == ["eudravigilance"] * 6  # no publisher's listing was at hand


def test_routes():
    assert len(codes("route")) == 67
    sent = ["041", "042", "048", "065", "030", "", "099"]
    assert [label_of("route", "e2b_r2", code) for code in sent] == [
        "intravenous drip", "intravenous (not otherwise specified)", "oral", "unknown",
        "intramuscular", "", "099",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("LEMDAHLIA 12MG", "Lemdahlia", True), ("lemdahlia/other", "LEMDAHLIA", True),
        ("PRELEMDAHLIA", "lemdahlia", False), ("dahliumab", "dahlium", False), ("anything", "", False), ("", "-", False),
        ("ALPHA\\DAHLIUMAB", "dahliumab", True), ("two words here", "Two  words", True),
    ],
)  # fmt: skip
def test_drugs_are_found_as_whole_words(text, name, found):
    assert names(text, name) is found


@pytest.mark.parametrize("form", ["faers_ascii", "e2b_r2", "openfda"])
def test_fdas_words_for_no_country_are_none(form, tmp_path):
    """They stood in tables and counts as if they were a country."""
    case = CASES[0] | {"country": "COUNTRY NOT SPECIFIED", "where": "COUNTRY NOT SPECIFIED"}
    trees = write_r2.trees([case])
    texts = {"e2b_r2": ("a.xml", write_r2.xml), "openfda": ("a.json", lambda reports: write_r2.page(reports).encode())}
    if form in texts:
        path = tmp_path / texts[form][0]
        path.write_bytes(texts[form][1](trees))
    else:
        path = write_faers.folder(tmp_path, write_faers.files([case]))
    tables = read(form, path).tables
    assert [*tables["reports"]["country"], *tables["cases"]["country"]] == ["not_stated", "not_stated"]


def test_the_reporters_country_that_is_not_specified_does_not_hide_that_of_the_report(tmp_path):
    (tree,) = write_r2.trees(CASES[:1])
    tree |= {"primarysourcecountry": "US", "primarysource": {"reportercountry": "COUNTRY NOT SPECIFIED"}}
    (tmp_path / "a.xml").write_bytes(write_r2.xml([tree]))
    assert read("e2b_r2", tmp_path / "a.xml").tables["reports"]["country"].tolist() == ["US"]


FREQUENCIES = {"QD": "12 mg every day", "BID": "12 mg x 2 per day", "tiw": "12 mg x 3 per week", "Q12H": "12 mg every 12 hours",
               "QOW": "12 mg every 2 weeks", "PRN": "12 mg, as necessary", "UNK": "12 mg", "HS": "12 mg, HS"}  # fmt: skip
INTERVALS = {"QD": ("", "1", "d"), "BID": ("2", "1", "d"), "tiw": ("3", "1", "wk"), "Q12H": ("", "12", "h"),
             "QOW": ("", "2", "wk"), "PRN": ("", "", "{asnecessary}"), "UNK": ("", "", "unknown"), "HS": ("", "", "HS")}  # fmt: skip


def test_how_often_faers_says_a_dose_was_given(tmp_path):
    cases = [CASES[0] | {"id": f"GB-{frequency}", "caseid": 100 + at} for at, frequency in enumerate(INTERVALS)]
    texts = write_faers.files(cases)
    header, *lines = texts["DRUG22Q3.txt"].splitlines()
    given = dict(zip([line for line in lines if line.endswith("$QD")], INTERVALS, strict=True))
    lines = [line.removesuffix("QD") + given[line] if line in given else line for line in lines]
    texts["DRUG22Q3.txt"] = "\n".join([header, *lines, ""])
    doses = read("faers_ascii", write_faers.folder(tmp_path, texts)).tables["doses"]
    told = doses[doses["amount"] == "12"]
    columns = ["per_interval", "interval", "interval_unit"]
    assert dict(zip(INTERVALS, map(tuple, told[columns].to_numpy()), strict=True)) == INTERVALS
    words = dict(zip(INTERVALS, map(amount, told.to_dict("records")), strict=True))
    assert words == FREQUENCIES


BLANK = {
    "patientdeath": {"patientdeathdate": "", "patientautopsyyesno": ""},
    "medicalhistoryepisode": {"patientepisodename": ""},
    "test": {"testname": ""},
}


@pytest.mark.parametrize("form", ["e2b_r2", "openfda"])
def test_groups_in_which_nothing_stands_say_nothing(form, tmp_path):
    """Some senders print them all: no death, no drug without a role, for which the record would be set aside."""
    file = tmp_path / ("a.xml" if form == "e2b_r2" else "a.json")
    told = []
    for blank in ({}, BLANK):
        (tree,) = write_r2.trees(CASES[:1])
        patient = tree["patient"] | blank
        if blank:
            patient["drug"] = [
                *patient["drug"],
                {"medicinalproduct": "", "activesubstance": {"activesubstancename": ""}},
            ]
            patient["reaction"] = [{"reactionmeddrapt": ""}, *patient["reaction"]]
        trees = [tree | {"patient": patient}]
        file.write_bytes(write_r2.xml(trees) if form == "e2b_r2" else write_r2.page(trees).encode())
        tables = read(form, file).tables
        told.append({table: rows.to_csv() for table, rows in tables.items() if table not in ("history", "tests")})
    assert told[0] == told[1]
    assert {"history", "tests", "deaths"}.isdisjoint(tables)
