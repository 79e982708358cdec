"""What a sender may write and hardly anybody does: blank groups, codes of other lists, a thing told twice, versions of one moment."""

import re

import pytest

from scripts.commands.reading import read
from tests.ingest import write_r2, write_r3
from tests.ingest.e2b.test_messages_read import DRUGS, r3, sent, tables
from tests.ingest.five_cases import CASES

ALIVE = CASES[0]
NOTHING = {"patientdeathdateformat": "", "patientdeathdate": " ", "patientdeathcause": {"patientdeathreport": ""}}
AUTOPSY = (
    '<subjectOf2 typeCode="SBJ"><observation classCode="OBS" moodCode="EVN">'
    '<code code="5" codeSystem="2.16.840.1.113883.3.989.2.1.1.19"/><value xsi:type="BL" {}/></observation></subjectOf2>'
)


@pytest.mark.parametrize(
    ("group", "died"),
    [(NOTHING, 0), (NOTHING | {"patientdeathdate": "2022"}, 1), (NOTHING | {"patientautopsyyesno": "3"}, 1)],
)
def test_a_blank_group_on_death_is_no_death_in_r2_and_openfda(tmp_path, group, died):
    report = sent({"reactionmeddrapt": "Blue rash"})
    report["patient"] |= {"patientdeath": group}
    assert len(tables(tmp_path, report).get("deaths", ())) == died


@pytest.mark.parametrize(
    ("told", "autopsy"),
    [
        ("<deceasedTime/>", 'nullFlavor="NI"'),
        ('<deceasedTime nullFlavor="NA"/>', ""),
        ('<deceasedTime nullFlavor="MSK"/>', ""),
        ("", 'nullFlavor="UNK"'),
        ("", 'value="false"'),
    ],
)
def test_no_information_on_death_is_no_death_in_r3(tmp_path, told, autopsy):
    def change(text):
        text = text.replace("</player1>", f"{told}</player1>")
        return text.replace("</primaryRole>", f"{AUTOPSY.format(autopsy)}</primaryRole>") if autopsy else text

    deaths = r3(tmp_path, change).tables.get("deaths", ())
    assert len(deaths) == (0 if "NI" in autopsy or "NA" in told else 1)


def test_a_code_of_another_list_is_no_code_of_meddra_and_no_code_of_e2b(tmp_path):
    def change(text):
        reaction = text.index('codeSystem="2.16.840.1.113883.6.163"', text.index('code="29"'))
        icd = text[reaction:].replace('"2.16.840.1.113883.6.163"', '"2.16.840.1.113883.6.90" code="10047700"', 1)
        outcomes = 'codeSystem="2.16.840.1.113883.3.989.2.1.1.11"'
        return (text[:reaction] + icd).replace(outcomes, 'codeSystem="2.16.840.1.113883.6.96"')

    before, reading = r3(tmp_path, str), r3(tmp_path, change)
    (was,), (row,) = (each.tables["reactions"].to_dict("records") for each in (before, reading))
    assert (was["outcome"], was["term"]) == ("recovered", row["term"])
    assert (row["term_code"], row["term_version"], row["outcome"]) == ("", "", "")
    told = reading.findings.query("rule == 'not_read'").set_index("column")["cure"]
    for element in ("observation 29/value, code of 2.16.840.1.113883.6.90",
                    "observation 29/observation 27/value, code of 2.16.840.1.113883.6.96"):  # fmt: skip
        assert told[element] == "The code is of a list that E2B does not use here; words beside it are read."


@pytest.mark.parametrize(("yes", "no"), [(" true ", "false "), ("TRUE", "False"), ("1", "0")])
def test_blanks_around_codes_and_other_spellings_of_true_lose_nothing(tmp_path, yes, no):
    """Blanks had the reactions, drugs and tests of a case gone; a criterion spelt `TRUE` set the case aside."""

    def change(text):
        text = text.replace('value="true"', f'value="{yes}"').replace('value="false"', f'value="{no}"')
        return re.sub(r' (code|codeSystem)="([\w.]+)"', r' \1=" \2 "', text)

    before, reading = r3(tmp_path, str), r3(tmp_path, change)
    assert all(table.equals(reading.tables[name]) for name, table in before.tables.items())
    assert reading.findings.equals(before.findings)


RECURRED = (
    '<outboundRelationship2 typeCode="PERT"><observation classCode="OBS" moodCode="EVN">'
    '<code code="31" codeSystem="2.16.840.1.113883.3.989.2.1.1.19"/>'
    '<value xsi:type="CE" code="{}" codeSystem="2.16.840.1.113883.3.989.2.1.1.16"/><outboundRelationship1 typeCode="REFR">'
    f'<actReference classCode="ACT" moodCode="EVN"><id root="{write_r3.uuid(1, 1)}"/></actReference>'
    "</outboundRelationship1></observation></outboundRelationship2>"
)


def test_two_answers_on_one_drug_and_reaction_are_both_kept(tmp_path):
    drug = f'<id root="{DRUGS[1]}"></id>'
    twice = RECURRED.format("1") + RECURRED.format("2") + RECURRED.format("1")
    judged = r3(tmp_path, lambda text: text.replace(drug, drug + twice, 1)).tables["assessments"]
    told = judged[(judged["course"] == "2") & judged["assessor"].str.startswith("report")]
    assert told[["assessor", "rechallenge"]].values.tolist() == [
        ["report", "recurred"], ["report #2", "not_recurred"],
    ]  # fmt: skip


def test_a_second_rhythm_and_a_second_range_are_told(tmp_path):
    again = {"tests": [ALIVE["tests"][0] | {"reference": ("4", "10")}], "drugs": [dict(ALIVE["drugs"][0])]}
    message = write_r3.batch(write_r3.message(ALIVE | again)).decode()
    begin = message.index("<referenceRange")
    low = message[begin : message.index("</referenceRange>", begin) + len("</referenceRange>")]
    daily, monthly = ('<period value="1" unit="d"/>', '<period value="4" unit="wk"/>')
    both = f'<comp xsi:type="PIVL_TS">{daily}</comp><comp xsi:type="PIVL_TS" operator="A">{monthly}</comp>'
    dosing = f'<effectiveTime xsi:type="SXPR_TS">{both}</effectiveTime>'
    dose = message.index("<substanceAdministration", message.index("<substanceAdministration", message.index(DRUGS[0])))
    time = message.index("<effectiveTime", dose)
    end = message.index("</effectiveTime>", time) + len("</effectiveTime>")
    message = message[:time] + dosing + message[end:]
    (tmp_path / "m.xml").write_text(message.replace(low, low + low.replace('"4"', '"3"')), encoding="utf-8")
    reading = read("e2b_r3", tmp_path / "m.xml")
    assert reading.tables["tests"]["reference_as_printed"].tolist() == ["4-10; >=3"]
    assert "organizer 4/effectiveTime/period, again" in set(reading.findings["column"])


@pytest.mark.parametrize("form", ["e2b_r2", "e2b_r3"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_versions_of_one_moment_the_nullification_counts(tmp_path, form, order):
    if form == "e2b_r3":
        texts = [write_r3.batch(write_r3.message(ALIVE, nullification=kind)).decode() for kind in ("", "1")]
    else:
        (tree,) = write_r2.trees([ALIVE])
        texts = [write_r2.xml([tree | {"casenullification": code}]).decode() for code in ("2", "1")]
    for name, number in zip("ab", order, strict=True):
        (tmp_path / f"{name}.xml").write_text(texts[number], encoding="utf-8")
    reading = read(form, tmp_path)
    assert "cases" not in reading.tables
    assert "nullified by its sender" in set(reading.ledger["reason"])


def test_what_is_told_by_its_code_alone_is_called_by_its_code(tmp_path):
    def change(text):
        meddra = 'codeSystem="2.16.840.1.113883.6.163"'
        begin, end = (text.index(tag, text.index('code="29"')) for tag in ("<originalText", "</originalText>"))
        text = text[:begin] + text[end + len("</originalText>") :]
        at = text.rindex(meddra, 0, begin)
        return text[:at] + 'code="00000007" ' + text[at:]

    (row,) = r3(tmp_path, change).tables["reactions"].to_dict("records")
    assert (row["term"], row["term_translated"], row["term_code"]) == ("00000007", "", "00000007")


def test_a_semicolon_within_an_indication_or_a_cause_of_death_makes_no_second_one(tmp_path):
    report = sent({"reactionmeddrapt": "Blue rash"}, drugindication="Pain; of the back")
    causes = [{"patientdeathreport": words} for words in ("Fall; at home", "Bleeding")]
    report["patient"] |= {"patientdeath": {"patientdeathcause": causes}}
    told = tables(tmp_path, report)
    assert told["courses"]["indication"].tolist() == ["Pain;of the back"]
    assert told["deaths"]["cause"].tolist() == ["Fall;at home; Bleeding"]
