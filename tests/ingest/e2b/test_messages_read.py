"""What real messages of other producers hold, and what it becomes: dates of FDA's exports, dosages, roles that do not fit."""

import json
import zipfile

import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.ingest.e2b import from_e2b_r2, r2_event_date
from scripts.ingest.reports import Report
from scripts.words import dosing
from tests.ingest import write_r2, write_r3
from tests.ingest.five_cases import CASES


@pytest.mark.parametrize(
    ("narrative", "date"),
    [
        ("CASE EVENT DATE: 20220104", "2022-01-04"),
        ("CASE EVENT DATE: 202201", "2022-01"),
        ("CASE EVENT DATE: 2022", "2022"),
        ("Some words.\nCASE EVENT DATE: 20220104\nMore.", "2022-01-04"),
        ("CASE EVENT DATE: 20220104\nCASE EVENT DATE: 20220104", "2022-01-04"),
        ("CASE EVENT DATE: 20220104\nCASE EVENT DATE: 20220105", ""),  # two that differ: none
        ("CASE EVENT DATE: 2201043", ""),
        ("The case event date: 20220104 was told by phone", ""),
        ("Some words. CASE EVENT DATE: 20220104; more.", "2022-01-04"),
        ("case event date:2022-01-04.", "2022-01-04"),
        ("CASE EVENT DATE: 04-JAN-2022", ""),
        ("CASE EVENT DATE: ", ""),
        ("", ""),
    ],
)
def test_event_date_of_the_narrative(narrative, date):
    """What stands behind FDA's words and is no date, or several, is told."""
    report = Report("1", "f", 1)
    assert r2_event_date.event_date_in(report, narrative) == date
    unread = not date and any(sign.isdigit() for sign in narrative.partition("CASE EVENT DATE: ")[2])
    assert [finding["column"] for finding in report.findings] == ["event_date"] * unread


def sent(*reactions, narrative="CASE EVENT DATE: 20220104", **drug):
    drug = {"medicinalproduct": "X", "drugcharacterization": "1"} | drug
    patient = {"reaction": list(reactions), "drug": [drug], "summary": {"narrativeincludeclinical": narrative}}
    return {"safetyreportid": "1", "patient": patient}


def tables(tmp_path, report):
    (tmp_path / "p.json").write_text(json.dumps({"results": [report]}), encoding="utf-8")
    return read("openfda", tmp_path / "p.json").tables


def test_the_event_date_is_the_onset_and_an_assumption_where_several_reactions_share_it(tmp_path):
    single = tables(tmp_path, sent({"reactionmeddrapt": "Blue rash"}))
    assert list(single["reports"]["event_date"]) == list(single["reactions"]["onset_date"]) == ["2022-01-04"]
    assert "provenance" not in single
    two = tables(tmp_path, sent({"reactionmeddrapt": "Blue rash"}, {"reactionmeddrapt": "Itching"}))
    assert list(two["reactions"]["onset_date"]) == ["2022-01-04"] * 2
    assert two["provenance"][["key", "column", "status"]].values.tolist() == [
        ["1;1", "onset", "assumed"], ["1;2", "onset", "assumed"],
    ]  # fmt: skip


def test_a_start_of_its_own_is_not_overwritten_nor_lent_to_the_others(tmp_path):
    dated_reaction = {"reactionmeddrapt": "Blue rash", "reactionstartdate": "20220102"}
    read_tables = tables(tmp_path, sent(dated_reaction, {"reactionmeddrapt": "Itching"}))
    assert list(read_tables["reactions"]["onset_date"]) == ["2022-01-02", ""]
    assert list(read_tables["reports"]["event_date"]) == ["2022-01-04"]


RECURRED = {"drugrecurreadministration": "1", "drugstartperiod": "3", "drugstartperiodunit": "804"}


@pytest.mark.parametrize(
    ("reactions", "named", "judged", "told"),
    [
        (["Rash"], "", [("1", "recurred", "3")], []),
        (["Rash"], "RASH", [("1", "recurred", "3")], []),
        (["Rash"], "Cough", [("", "recurred", ""), ("1", "", "3")], ["Cough"]),  # not the one that is reported
        (["Rash", "Itch"], "Itch", [("2", "recurred", ""), ("", "", "3")], []),
        (["Rash", "Itch"], "Cough", [("", "recurred", "3")], ["Cough"]),
    ],
)
def test_a_recurrence_is_of_the_reaction_that_it_names(tmp_path, reactions, named, judged, told):
    drug = RECURRED | ({"drugrecurrence": {"drugrecuraction": named}} if named else {})
    (tmp_path / "p.json").write_text(
        json.dumps(sent(*({"reactionmeddrapt": each} for each in reactions), **drug)), encoding="utf-8"
    )
    reading = read("openfda", tmp_path / "p.json")
    rows = reading.tables["assessments"][["reaction", "rechallenge", "start_to_onset"]]
    assert list(rows.itertuples(index=False, name=None)) == judged
    assert reading.findings.query("column == 'reaction'")["value"].tolist() == told


@pytest.mark.parametrize(
    ("amount", "count", "interval", "words"),
    [
        ("5", "2", ("1", "d"), "5 mg x 2 per day"),
        ("5", "3", ("2", "wk"), "5 mg x 3 per 2 weeks"),
        ("5", "1", ("1", "d"), "5 mg every day"),
        ("5", "", ("12", "h"), "5 mg every 12 hours"),
        ("5", "", ("", "d"), "5 mg"),
        ("5", "", ("", ""), "5 mg"),
        ("5", "", ("", "unknown"), "5 mg"),
        ("5", "", ("", "HS"), "5 mg, HS"),
        ("5", "2", ("", ""), "5 mg x 2"),
        ("5", "2", ("1", "{asnecessary}"), "5 mg x 2, as necessary"),
        ("5", "", ("", "{asnecessary}"), "5 mg, as necessary"),
        ("not_stated", "2", ("1", "d"), ""),
    ],
)
def test_a_dosage_in_words(amount, count, interval, words):
    row = {"amount": amount, "unit": "mg", "per_interval": count, "interval": interval[0], "interval_unit": interval[1]}
    assert dosing.amount(row) == words


def test_doses_in_an_interval_are_counted(tmp_path):
    dosage = {
        "drugstructuredosagenumb": "5",
        "drugstructuredosageunit": "003",
        "drugseparatedosagenumb": "2",
        "drugintervaldosageunitnumb": "1",
        "drugintervaldosagedefinition": "804",
    }
    (row,) = tables(tmp_path, sent(**dosage))["doses"].to_dict("records")
    assert dosing.amount(row) == "5 mg x 2 per day"


DRUGS = (str(write_r3.uuid(2, 1)), str(write_r3.uuid(2, 2)))
"""The identifiers of the suspect and of the other drug of the first invented case."""


def r3(tmp_path, change):
    """The first invented case as a message, changed as text."""
    message = write_r3.batch(write_r3.message(CASES[0]))
    text = message.decode() if isinstance(message, bytes) else message
    (tmp_path / "m.xml").write_text(change(text), encoding="utf-8")
    return read("e2b_r3", tmp_path / "m.xml")


def test_two_drugs_with_one_identifier_are_two_drugs_whose_judgements_name_neither(tmp_path):
    reading = r3(tmp_path, lambda text: text.replace(DRUGS[1], DRUGS[0]))
    courses, judged = reading.tables["courses"], reading.tables["assessments"]
    assert courses[["course", "drug", "role"]].values.tolist() == [
        ["1", "LEMDAHLIA", "suspect"], ["2", "Aciclomida", "suspect"],
    ]  # fmt: skip
    of_others = judged[judged["assessor"] != "report"]
    assert set(of_others["course"]) == {""}
    assert list(judged[judged["assessor"] == "report"]["course"]) == ["1"]  # told inside the drug itself
    assert list(reading.findings["what"]) == [
        "one drug has 2 roles; read as suspect",
        "2 drugs share one identifier; each is read as a drug of its own",
    ]


def test_a_role_that_points_at_no_drug_is_a_finding(tmp_path):
    reference = f'<productUseReference classCode="SBADM" moodCode="EVN"><id root="{DRUGS[1]}"'
    elsewhere = reference.replace(DRUGS[1], str(write_r3.uuid(9, 9)))
    reading = r3(tmp_path, lambda text: text.replace(reference, elsewhere))
    assert list(reading.findings["what"]) == ["a drug role points at no drug of this report"]
    assert list(reading.tables["courses"]["role"]) == ["suspect", ""]


REACTION = f'<id root="{write_r3.uuid(1, 1)}"></id>'


def shared(text):
    """The reaction twice, under one identifier."""
    begin = text.rindex("<subjectOf2", 0, text.index(REACTION))
    entry = text[begin : text.index("</subjectOf2>", begin) + len("</subjectOf2>")]
    return text.replace(entry, entry + entry.replace("Invented lung bleeding", "Invented itch"))


@pytest.mark.parametrize(
    ("change", "terms", "said"),
    [
        (shared, ["Invented lung bleeding", "Invented itch"],
         {"several reactions share one identifier; what is judged of it names none of them"}),
        (lambda text: text.replace(REACTION, "", 1), ["Invented lung bleeding"],
         {"a drug-reaction judgement points at no reaction of this report"}),
    ],
)  # fmt: skip
def test_a_reaction_that_no_link_can_point_at_is_a_reaction_and_its_judgements_name_none(tmp_path, change, terms, said):
    reading = r3(tmp_path, change)
    assert list(reading.tables["reactions"]["term"]) == terms
    assert set(reading.tables["assessments"]["reaction"]) == {""}
    assert set(reading.findings.query("rule == 'readable'")["what"]) == said


def test_an_age_in_a_unit_that_nobody_knows_is_told(tmp_path):
    reading = r3(tmp_path, lambda text: text.replace('unit="a"', 'unit="y"'))
    assert reading.findings.query("column == 'age_lower'")["value"].tolist() == ["34 y"]


def test_strength_stands_beside_its_substances(tmp_path):
    substance_tag = "<ingredientSubstance"
    amount = '<quantity><numerator value="12" unit="mg"/><denominator value="{}" unit="{}"/></quantity>'
    plain = r3(tmp_path, lambda text: text.replace(substance_tag, amount.format("1", "1") + substance_tag))
    mixed = r3(tmp_path, lambda text: text.replace(substance_tag, amount.format("1.2", "mL") + substance_tag))
    assert list(plain.tables["courses"]["strength"]) == ["12 mg", "12 mg"]
    assert list(mixed.tables["courses"]["strength"]) == ["12 mg/1.2 mL"] * 2


def test_messages_at_any_depth_of_folders_and_archives(tmp_path):
    trees = write_r2.trees(CASES)
    with zipfile.ZipFile(tmp_path / "quarter.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xml/1_ADR24Q1.xml", write_r2.xml(trees[:2]))
        archive.writestr("xml/more/2_ADR24Q1.xml", write_r2.xml(trees[2:4]))
        archive.writestr("readme.pdf", b"%PDF")
        archive.writestr("xml/._1_ADR24Q1.xml", b"what macOS puts beside a file")
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/last.xml").write_bytes(write_r2.xml(trees[4:]))
    reading = from_e2b_r2.read(tmp_path)
    assert sorted(reading.tables["cases"]["case_id"]) == sorted(case["id"] for case in CASES)
    places = {at_file.rpartition("(")[2] for at_file in reading.tables["cases"]["at_file"]}
    assert {"xml/1_ADR24Q1.xml)", "xml/more/2_ADR24Q1.xml)"} < places
    with zipfile.ZipFile(tmp_path / "quarter.zip", "a") as archive:
        archive.writestr("deleted/ADR24Q1DeletedCases.txt", "7\r\n8\r\n")
    trees[4]["safetyreportid"] = "7"
    (tmp_path / "a/b/last.xml").write_bytes(write_r2.xml(trees[4:]))
    withdrawn = from_e2b_r2.read(tmp_path, deleted=["DE-INVENTED-3"])
    assert len(withdrawn.tables["cases"]) == 3
    lines = withdrawn.ledger.query("reason == 'deleted by the publisher'")
    assert sorted(zip(lines["record"], lines["records"], strict=True)) == [("7", 1), ("8", 0), ("DE-INVENTED-3", 1)]
    with zipfile.ZipFile(tmp_path / "broken.zip", "w") as archive:
        archive.writestr("x.xml", b"<ichicsr><safetyreport>")
    with pytest.raises(UserError, match=r"broken\.zip \(x\.xml\)"):
        from_e2b_r2.read(tmp_path / "broken.zip")
