"""The publishers' own files; every count checked by a few lines that share nothing with the readers."""

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.openfda import from_openfda

SAMPLES = Path(os.environ.get("DAHLIA_SAMPLES", Path(__file__).parents[2] / "../shared/samples"))
HL7 = {"h": "urn:hl7-org:v3"}


def sample(file_name):
    file = SAMPLES / file_name
    if not file.exists():
        pytest.skip(f"no publishers' samples at {SAMPLES} (DAHLIA_SAMPLES)")
    return file


def sizes(reading):
    return {key: len(table) for key, table in reading.tables.items() if key not in ("sources", "provenance")}


@pytest.mark.parametrize("name", ["FAERS2022Scenario1", "VAERS_EXAMPLE"])
def test_e2b_r3(name):
    file = sample(f"e2b_r3/{name}.xml")
    reading = from_e2b_r3.read(file)
    tree = etree.parse(file)

    def count(path):
        return int(tree.xpath(f"count({path})", namespaces=HL7))

    counts = sizes(reading)
    assert counts["reports"] == counts["cases"] == count("//h:PORR_IN049016UV") == 1
    assert counts["reactions"] == count("//h:primaryRole/h:subjectOf2/h:observation[h:id][h:code/@code='29']")
    drugs = "//h:organizer[h:code/@code='4']/h:component/h:substanceAdministration"
    assert counts["courses"] == count(drugs)
    assert counts["doses"] == count(f"{drugs}/h:outboundRelationship2/h:substanceAdministration")
    assert counts.get("assessments", 0) == count("//h:causalityAssessment[h:code/@code='39']")
    roles = [
        code.get("code")
        for code in tree.iterfind(".//h:causalityAssessment/h:value", HL7)
        if code.get("codeSystem", "").endswith(".13")
    ]
    assert [{"1": "suspect", "2": "concomitant"}[role] for role in roles] == list(reading.tables["courses"]["role"])
    onsets = tree.xpath("//h:primaryRole/h:subjectOf2/h:observation[h:id]/h:effectiveTime/h:low/@value", namespaces=HL7)
    assert [day.replace("-", "") for day in reading.tables["reactions"]["onset_date"]] == onsets
    assert set(reading.findings["rule"]) == {"not_read"}
    assert not reading.findings["cure"].str.startswith("No reader").any()


def test_e2b_r2():
    file = sample("e2b_r2/ADR12Q4.xml")
    text = file.read_text(encoding="utf-8")
    reading = from_e2b_r2.read(file)
    counts = sizes(reading)
    elements = {"reports": "safetyreport", "cases": "patient", "reactions": "reaction", "courses": "drug"}
    for table, element in elements.items():
        assert counts[table] == len(re.findall(f"<{element}>", text)), table
    for column, element in {"outcome": "reactionoutcome", "term": "reactionmeddrapt"}.items():
        cells = reading.tables["reactions"][column]
        assert (cells != "").sum() == len(re.findall(f"<{element}>", text))
    assert (reading.tables["courses"]["action_taken"] != "").sum() == len(re.findall("<actiondrug>", text))
    assert (reading.tables["doses"]["end_date"] != "").sum() == len(re.findall("<drugenddate>", text))
    assert list(reading.tables["assessments"]["rechallenge"]) == ["unknown"]
    assert "2011-12" in set(reading.tables["doses"]["time_date"])  # format 610, a month
    assert list(reading.findings.query("rule == 'readable'")["value"]) == ["72"]  # an age without a unit
    assert set(reading.findings["column"]) == {"age_lower", "duplicate", "fulfillexpeditecriteria"}


def test_faers_ascii():
    file = sample("faers_ascii/faers_ascii_2017q2.zip")
    with zipfile.ZipFile(file) as archive:
        lines = {
            member[6:10]: [line.split("$") for line in io.TextIOWrapper(archive.open(member)).read().splitlines()]
            for member in archive.namelist()
            if member.endswith(".txt")
        }
    reading = from_faers_ascii.read(file)
    counts = sizes(reading)
    for table, faers in {"reports": "DEMO", "cases": "DEMO", "courses": "DRUG", "reactions": "REAC"}.items():
        assert counts[table] == len(lines[faers]) - 1, table
    assert list(reading.ledger.query("decision != 'not_read'")["records"]) == [100]
    drugs = lines["DRUG"][1:]
    dechal, rechal = (lines["DRUG"][0].index(column) for column in ("dechal", "rechal"))
    assert counts["assessments"] == sum(bool(row[dechal] or row[rechal]) for row in drugs)
    for letter, meaning in {"Y": "positive", "N": "negative", "D": "not_applicable", "U": "unknown"}.items():
        matches = reading.tables["assessments"]["dechallenge"] == meaning
        assert matches.sum() == sum(row[dechal] == letter for row in drugs)
    doses = reading.tables["doses"]
    assert (doses["locator"] == "THER").sum() == len(lines["THER"]) - 1
    starts = sorted(row[3] for row in lines["THER"][1:] if row[3])
    assert sorted(day.replace("-", "") for day in doses["time_date"] if day) == starts
    first = reading.tables["courses"].iloc[0]
    assert lines["DRUG"][first["at_row"] - 1][4] == first["drug"]
    last = reading.tables["reactions"].iloc[-1]
    assert lines["REAC"][last["at_row"] - 1][2] == last["term"]


def test_openfda():
    file = sample("openfda/event.preannotation.json")
    sent = json.loads(file.read_text(encoding="utf-8"))
    reading = from_openfda.read(file)
    counts = sizes(reading)
    assert counts["reactions"] == len(sent["patient"]["reaction"])
    assert counts["courses"] == len(sent["patient"]["drug"])
    assert list(reading.tables["cases"]["case_id"]) == [sent["safetyreportid"]]
    assert set(reading.tables["reactions"]["onset_date"]) == {""}
