"""Every document of every mutated case is produced, well-formed and truthful."""

from pathlib import Path

import pytest
from lxml import etree

from scripts import documents
from scripts.documents.e2b.nodes import HL7
from scripts.files.file_names import file_names
from tests.documents import mutants, opened, schema_set
from tests.documents.line import dossier_of

NAMES = {"h": HL7}
ODD = next(name for name in mutants.MUTATIONS if "ODD" in name)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return dossier_of(mutants.tables(), tmp_path_factory.mktemp("mutants"))


@pytest.fixture(scope="module")
def folder(data, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("documents")
    documents.write_all(data, out, documents.documents())
    return out


def message(folder: Path, case: str) -> etree._Element:
    return etree.parse(folder / "e2b_r3" / f"{file_names(list(mutants.MUTATIONS))[case]}.xml").getroot()


def find(root, path):
    return root.xpath(path, namespaces=NAMES)


def form(folder: Path, case: str) -> tuple[str, int]:
    return opened.pdf_text(folder / "cioms_i" / f"{file_names(list(mutants.MUTATIONS))[case]}.pdf")


def ticked(data, case: str) -> dict[str, set[str]]:
    from scripts.documents.cioms.boxes import ticks

    return ticks(data.cases[case])


def narrative(folder: Path, case: str) -> str:
    """What stands under the case, down to the next one."""
    lines = opened.docx_text(folder / "narratives.docx").split("\n")
    case_lines = lines[lines.index(case) + 1 :]
    ends = [place for place, line in enumerate(case_lines) if line in mutants.MUTATIONS]
    return "\n".join(case_lines[: min(ends, default=len(case_lines))])


def test_all_cases_are_in_all_documents(data, folder):
    assert len(data.counted) == len(mutants.MUTATIONS) == 13
    assert len(list((folder / "e2b_r3").glob("*.xml"))) == len(list((folder / "cioms_i").glob("*.pdf"))) == 13
    for path in folder.rglob("*"):
        assert path.is_dir() or path.stat().st_size > 0
    assert all(folder in path.resolve().parents for path in folder.rglob("*"))
    listing = opened.xlsx(folder / "cioms_ii_line_listing.xlsx")["Line listing"]
    assert set(mutants.MUTATIONS) <= {row[0] for row in listing}
    assert len(opened.xlsx(folder / "causality.xlsx")) == 14
    for document in ("prac_signal_summary", "pneumotox_summary"):
        assert opened.docx_text(folder / f"{document}.docx")


@schema_set.needed
@pytest.mark.parametrize("case", mutants.MUTATIONS)
def test_messages_are_valid(folder, case):
    assert schema_set.invalid(etree.tostring(message(folder, case))) == ""


def test_a_death(data, folder):
    root = message(folder, "FATAL")
    event = find(root, "//h:subjectOf2/h:observation[h:id]")[0]
    assert find(event, "h:outboundRelationship2/h:observation[h:code/@code='27']/h:value/@code") == ["5"]
    assert find(event, "h:outboundRelationship2/h:observation[h:code/@code='34']/h:value/@value") == ["true"]
    assert find(root, "//h:deceasedTime/@value") == ["20220720"]
    assert find(root, "//h:observation[h:code/@code='32']/h:value/h:originalText/text()") == ["respiratory failure"]
    assert ticked(data, "FATAL")["20"] == {"n.a."}
    assert "patient died" in ticked(data, "FATAL")["8-12"]
    assert "Death: 2022-07-20, cause respiratory failure, autopsy yes, related to the event." in narrative(
        folder, "FATAL"
    )
    text = opened.docx_text(folder / "prac_signal_summary.docx")
    assert "died 2 (of the event 1, of another cause 1, relation not stated 0)" in text


def test_the_event_again_in_a_later_course(data, folder):
    """Ticked as recurred, a line of its own in the series table, its course and mark named, treatments in order of time."""
    text = narrative(folder, "RECURRED")
    assert ticked(data, "RECURRED")["21"] == {"yes"}
    assert "diffuse alveolar haemorrhage (course 2, study day 2, assumed)" in text
    assert text.index("early measure (study day 2)") < text.index("late measure (study day 9)")
    rows = [row[0] for table in opened.docx_tables(folder / "prac_signal_summary.docx") for row in table]
    assert any(case.startswith("RECURRED, episode 2 of 2") for case in rows)
    told = dict(row for row in opened.docx_tables(folder / "prac_signal_summary.docx")[0])
    assert "the event recurred in 1, did not recur in" in told["Given again"]


def test_a_death_of_another_cause_is_told_and_no_death_of_the_event(data, folder):
    text = narrative(folder, "DIED-OTHER")
    assert (
        "Outcome of the event: recovered or resolved. Alive or dead: died of another cause; survived the event: yes."
        in text
    )
    assert "Death: 2024-01-05, cause road accident, autopsy no, unrelated to the event." in text
    assert "patient died" not in ticked(data, "DIED-OTHER")["8-12"]


def test_no_dose(folder):
    assert not find(message(folder, "NO-DOSE"), "//h:doseQuantity")
    assert "doses given not stated" in narrative(folder, "NO-DOSE")


def test_no_age(folder):
    assert not find(message(folder, "NO-AGE"), "//h:observation[h:code/@code='3']")
    assert "age not stated" in narrative(folder, "NO-AGE")
    assert "2a age (years) not stated" in form(folder, "NO-AGE")[0].replace("2a  ", "2a ")


def test_rechallenge_unknown_is_blank_everywhere(data, folder):
    assert not find(message(folder, "RECHALLENGE-UNKNOWN"), "//h:observation[h:code/@code='31']")
    assert ticked(data, "RECHALLENGE-UNKNOWN")["21"] == set()
    assert ticked(data, "NO-AGE")["21"] == {"no"}
    assert "event as reported: not stated" in narrative(folder, "RECHALLENGE-UNKNOWN")


def test_two_suspect_drugs(folder):
    root = message(folder, "TWO-SUSPECTS")
    assert find(root, "//h:organizer[h:code/@code='4']/h:component/h:substanceAdministration//h:kindOfProduct/h:name/text()") == [
        "alemtuzumab", "methylprednisolone", "corticosteroid", "salbutamol", "dalteparin", "Secondab",
    ]  # fmt: skip
    roles = find(root, "//h:causalityAssessment[h:code/@code='20']/h:value/@code")
    assert roles == ["1", "2", "2", "2", "2", "1"]
    assert "Secondab (secondumab)" in form(folder, "TWO-SUSPECTS")[0]
    criteria = opened.docx_tables(folder / "pneumotox_summary.docx")[0]
    assert criteria[2][1] == "11 of 13"
    assert not {"TWO-SUSPECTS", "BARE"} & set(criteria[2][2].split(", "))


def test_text_in_other_letters(folder):
    root = message(folder, "FOREIGN")
    assert find(root, "//h:investigationEvent/h:text/text()") == [
        f"{mutants.GREEK}. {mutants.CHINESE}. {mutants.HEBREW}. Конец."
    ]
    text, _ = form(folder, "FOREIGN")
    assert mutants.GREEK in text
    assert "Конец" in text
    assert "".join(f"[U+{ord(letter):04X}]" for letter in mutants.CHINESE) in text.replace(" ", "")
    assert mutants.CHINESE in opened.docx_text(folder / "narratives.docx")
    assert mutants.GREEK in opened.xlsx_text(folder / "cioms_ii_line_listing.xlsx")
    assert {mutants.GREEK} == set(find(root, "//h:subjectOf2/h:observation[h:id]/h:value/h:originalText/text()"))


def test_ten_thousand_characters(folder):
    assert len(mutants.LONG) == 9998
    assert find(message(folder, "LONG"), "//h:investigationEvent/h:text/text()") == [mutants.LONG]
    text, pages = form(folder, "LONG")
    assert pages >= 2
    assert [word for word in mutants.LONG.split() if word not in text] == []
    assert mutants.LONG in opened.docx_text(folder / "narratives.docx")


def test_markup_and_formula_characters_stay_text(folder):
    root = message(folder, "HOSTILE")
    told = find(root, "//h:investigationEvent/h:text/text()")[0]
    listing = opened.xlsx_text(folder / "cioms_ii_line_listing.xlsx")  # asserts that no cell is a formula or a link
    worksheet = opened.xlsx_text(folder / "causality.xlsx")
    words = opened.docx_text(folder / "narratives.docx")
    printed = form(folder, "HOSTILE")[0]
    for piece in mutants.VISIBLE:
        assert piece in told
        assert piece in words
        assert piece.replace(" ", "") in printed.replace(" ", "")
    assert "=cmd|' /C calc'!A0" in listing
    assert "=1+1" in worksheet
    assert "\x01" not in told


def test_a_bare_case_says_what_is_missing(data, folder):
    text = narrative(folder, "BARE")
    assert "Nothing recorded on: weight and height, seriousness, report, history, dose," in text
    assert ticked(data, "BARE") == {"8-12": set(), "20": set(), "21": set(), "24d": {"literature"}, "25b": set()}
    assert find(message(folder, "BARE"), "//h:observation[h:code/@code='27']/h:value/@code") == ["0"]


def test_dates_give_the_intervals_of_day_1(folder):
    """First dose 2022-07-04, last dose at or before onset 2022-07-06, haemoptysis 2022-07-07: 4 d and 2 d (definitions: days-and-intervals)."""
    pauses = find(message(folder, "DATED"), "//h:pauseQuantity")
    assert [(node.getparent().get("typeCode"), node.get("value")) for node in pauses] == [("SAS", "4"), ("SAE", "2")]


def test_an_odd_identifier_stays_inside_the_folder(folder):
    file_name = file_names(list(mutants.MUTATIONS))[ODD]
    assert file_name.startswith("ODD_name_with_signs_1")
    assert find(message(folder, ODD), "//h:investigationEvent/h:id/@extension")[0].endswith(ODD)


def test_the_same_case_gives_the_same_bytes_whatever_stands_beside_it(data, folder):
    """A message depends on its own case only."""
    from scripts.documents.document_e2b_r3 import build

    again, _ = build(data.cases["DATED"], data)
    assert again == (folder / "e2b_r3/DATED.xml").read_bytes()
