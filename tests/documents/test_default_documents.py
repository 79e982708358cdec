"""What the documents of the default series must show, each opened by its own library."""

import csv
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from scripts import documents
from scripts.commands.messages import UserError
from scripts.documents.important_events import ImportantEvents
from tests.documents import opened
from tests.documents.line import REPOSITORY, arguments, with_options
from tests.whole_line import room


def test_every_document_keeps_the_contract():
    assert documents.documents() == [
        "causality", "cioms_i", "cioms_ii_line_listing", "e2b_r3", "narratives", "pneumotox_summary",
        "prac_signal_summary", "summary_tabulation",
    ]  # fmt: skip
    for name in documents.documents():
        assert documents.title(name).endswith((")", "."))
        assert callable(documents.module(name).write)


def test_the_files_that_are_written(folder):
    cases = ["DROP-2021-INDEX", "MYRO-2018", "TAHIR-LEEDS", "ZHAO-2025"]
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == sorted(
        [
            "causality.xlsx",
            "cioms_ii_line_listing.xlsx",
            "narratives.docx",
            "pneumotox_summary.docx",
            "pneumotox_summary.pdf",
            "prac_signal_summary.docx",
            "summary_tabulation.xlsx",
            "e2b_r3/open_elements.csv",
            *(f"cioms_i/{case}.pdf" for case in cases),
            *(f"e2b_r3/{case}.xml" for case in cases),
        ]
    )


def test_the_key_table_of_the_signal_summary(folder):
    key, *_, series, inside = opened.docx_tables(folder / "prac_signal_summary.docx")
    told = dict(key)
    for label, words in {
        "Patients": "15: 1 described individually, 14 known only as a group. Of 25 records that entered, 3 are of patients already",
        "Deaths": "Known alive at last report 10 of 15, died 0, not known 5; TAHIR-LEEDS, counted inside a group and not added, died",
        "Onset": "first symptom: study day 1 to 4 (the median lies within study day 1 to 4), known in 12 of 15",
        "Recovery": "within 14 days: 9 to 15 of 15",
        "Given again": "the event recurred in 0, did not recur in 1, result not known in 0",
        "Recurrence reported elsewhere": '"Some literature suggests DAH can recur with rechallenge"; number of patients not given [',
        "After stopping the drug": "the event improved after stopping in 1 of 1 in whom this can be judged (2 of 5 planned doses withheld",
        "Causality as reported": "judged in 1 of 15; authors, method not stated: alemtuzumab-associated 1",
    }.items():
        assert words in told[label], label
    assert [row[0].split("\n")[0] for row in series[1:]] == [
        "14 patients known only as a group (DROP14)",
        "ZHAO-2025",
    ]
    assert [row[0].split("\n")[0] for row in inside[1:]] == ["DROP-2021-INDEX", "MYRO-2018", "TAHIR-LEEDS"]


def test_the_signal_summary_tells_whose_when_and_in_which_words(folder):
    """A count with its patients, a drug with its course, a verdict with the source's own words, a re-exposure with its proof."""
    text = opened.docx_text(folder / "prac_signal_summary.docx")
    for told in (
        "Fatal: other indications, 14 of 17, cases of the haemorrhage in VigiBase, in transplantation and haematological malignancy [1, para 3]. Recovered: multiple sclerosis, 5 of 5, ",
        "female; 29 years; United Kingdom (derived); reported by physician (derived)",
        "dalteparin (6 to 18 months after the first dose of alemtuzumab, assumed; prophylaxis from the start of course 2",
        'autoimmune cause (derived from "autoimmunity was unlikely"), infection ("precluded infection")',
        "Seriousness of the event: hospitalisation (derived) in 1; no criterion stated in 14 of 15.",
        'alemtuzumab, dose "low-dose treatment regimen"; the amount is not in the summary (11 of 14)',
        "in this course: symptoms: chest discomfort, chest pain, shortness of breath; abnormal tests: D-dimer 26,663 mg/L FEU (as printed: unit implausible)",
        "tests that did not show the event: CT pulmonary angiogram (no haemorrhage or other lung pathology), chest X-ray (serial chest X-rays normal, before dose 3)",
        "code for E2B (G.k.9.i.4): 2 = rechallenged, reaction did not recur",
        "diagnosis, taken from the first test that shows the event",
        "95% limits of the proportion",
        "Evidence level, of what was read: A = primary report, full text read;",
        "Findings of the checks of the data: 29, of which errors 2, warnings 17, for information 10.",
    ):
        assert told in text


def test_the_signal_summary_begins_with_the_lead(default_dossier, folder):
    title, lead, *_ = opened.docx_text(folder / "prac_signal_summary.docx").split("\n")
    assert title == "Signal summary: diffuse alveolar haemorrhage and alemtuzumab"
    assert lead == " ".join(default_dossier.bundle.lead)


def test_the_signal_summary_marks_what_a_person_must_write(folder):
    text = opened.docx_text(folder / "prac_signal_summary.docx")
    assert text.count("[To be completed by a qualified person:") == 9
    for part in ("1. Background and initial evidence", "2. Additional evidence", "3. Adopted PRAC recommendation(s)"):
        assert part in text


@pytest.mark.parametrize("name", ["prac_signal_summary", "pneumotox_summary"])
def test_every_citation_resolves_and_every_reference_is_cited(default_dossier, folder, name):
    """A number in brackets is the number of a reference; sources are told by number and not by their short names."""
    paragraphs = opened.docx_text(folder / f"{name}.docx").split("\n")
    listed = [line for line in paragraphs if re.match(r"\d+\. \S.*(\d{4}|\.)", line) and line[0] in "123456789"]
    references = {int(line.split(".")[0]): line for line in listed if not line.endswith(("evidence", "(s)"))}
    body = "\n".join(line for line in paragraphs if line not in references.values())
    cited = {
        int(number)
        for found in re.findall(r"\[(\d[^\]]*)\]", body)
        for number in re.findall(r"(?:^|, )(\d+)(?=,|$)", found)
    }
    summaries = {int(number) for line in references.values() for number in re.findall(r"summary of \[(\d+)\]", line)}
    assert cited
    assert cited | summaries == set(references) == set(range(1, len(references) + 1))
    sources = default_dossier.bundle.series["sources"]["source_id"]
    assert [one for one in sources if re.search(rf"(?<![\w-]){one}(?![\w-])", body)] == []


def test_every_sentence_of_the_evidence_holds_a_number_or_a_source(default_dossier):
    from scripts.documents.words import evidence
    from scripts.documents.words.references import Citations

    citations = Citations(default_dossier)
    topics = [
        *evidence.awareness(default_dossier, citations)[1],
        *evidence.other_statements(default_dossier, citations),
    ]
    lines = [line for _, said in topics for line in said]
    for part in (evidence.strength, evidence.relevance, evidence.strengths, evidence.limits):
        lines += part(default_dossier)
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r"\d|series profile", line)] == []


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_pneumotox_sheet(folder, suffix):
    path = folder / f"pneumotox_summary.{suffix}"
    text = opened.docx_text(path) if suffix == "docx" else opened.pdf_text(path)[0]
    for told in (
        "III.a", "study day 1 to 4", "as reported 0 of 1 (0 to 0.975)", "known alive at last report 10 of 15", "doi:10.1177/13524585251365791", "PMID 33249378",
        "0 to 16 days", "the event improved after stopping in 1 of 1 in whom this can be judged", "bronchoalveolar lavage (persistently bloody return; no evidence of infection)",
        "died of the event, 31 days after transplantation", "14 known only as a group; 3 of these 14 are also described individually and counted once",
    ):  # fmt: skip
        assert told in text
    if suffix == "pdf":
        assert opened.pdf_text(path)[1] == 1


def test_forms_have_one_page_and_continuation(folder):
    pages = {path.stem: opened.pdf_text(path)[1] for path in (folder / "cioms_i").iterdir()}
    assert pages == {"DROP-2021-INDEX": 1, "MYRO-2018": 1, "TAHIR-LEEDS": 1, "ZHAO-2025": 2}
    text, _ = opened.pdf_text(folder / "cioms_i/ZHAO-2025.pdf")
    assert "authors on diffuse alveolar haemorrhage" in text
    assert "rechallenged, reaction did not recur" in text
    assert "authors on chest tightness" in text


def test_the_line_listing_has_a_line_per_case(folder):
    rows = opened.xlsx(folder / "cioms_ii_line_listing.xlsx")["Line listing"]
    header, *lines = [row for row in rows[1:] if row[0]]
    assert [row[0] for row in lines[:2]] == ["14 patients known only as a group (DROP14)", "ZHAO-2025"]
    assert [row[1] for row in lines] == ["in the series"] * 2 + ["counted inside the group DROP14"] * 3
    seed = dict(zip(header, lines[1], strict=True))
    assert set(seed["Rechallenge as coded"].split("; ")) == {"diffuse alveolar haemorrhage: 2", "chest tightness: 1"}
    assert seed["Re-exposure: event as reported; strict: event / symptoms / tests"] == (
        "as reported: reported not to have recurred; strict: negative / positive / positive"
    )
    assert seed["Reaction"] == "diffuse alveolar haemorrhage"
    assert seed["Signs and symptoms of the event"].startswith("haemoptysis (study day 3 to 4, derived); ")
    assert (seed["Serious: event"], seed["Serious: report as a whole"]) == ("hospitalisation (derived)", "not stated")


def test_the_line_listing_can_be_filtered_and_prints_on_a4(folder):
    sheet = openpyxl.load_workbook(folder / "cioms_ii_line_listing.xlsx")["Line listing"]
    assert sheet.auto_filter.ref == "A2:R7"
    assert (sheet.freeze_panes, sheet.page_setup.paperSize) == ("B3", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_group_has_one_sheet_of_causality_and_nothing_is_scored_for_silence(folder):
    book = opened.xlsx(folder / "causality.xlsx")
    assert list(book) == ["Overview", "DROP-2021-INDEX", "Group DROP14", "MYRO-2018", "TAHIR-LEEDS", "ZHAO-2025"]
    header, *members = [row for row in book["Group DROP14"][1:] if row[0]]
    naranjo = {row[0]: dict(zip(header, row, strict=True)) for row in members}["DROP-LUNGTX-01"]
    assert naranjo["Naranjo: answered of 10"] == 0
    assert not naranjo["Naranjo: sum with open questions as 0"]
    assert naranjo["Naranjo: possible categories"] == "not assessed"
    tally = [row[:3] for row in book["Overview"] if row[1] == "alemtuzumab-associated"]
    assert tally == [["authors, method not stated", "alemtuzumab-associated", 1]]
    assert "Bégaud (French method)" in [row[0] for row in book["ZHAO-2025"]]


def test_narratives_name_what_is_missing(folder):
    text = opened.docx_text(folder / "narratives.docx")
    assert '"acute severe respiratory distress" (Discussion, para 1): the case itself describes cough' in text
    assert "Contradictions" not in text.partition("Nothing recorded on:")[2].partition(".")[0]
    assert text.count("Known only as a group (DROP14)") == 1
    assert (
        "sex not seen, age 25 to 36 years, country not seen, given alemtuzumab for relapsing-remitting multiple sclerosis; the event: diffuse alveolar haemorrhage (11 of 14)"
        in text
    )
    assert text.count("is not an additional case of the series") == 3
    assert "Nothing recorded on: weight and height, death." in text
    assert "smoking: not stated" in text


def test_every_document_says_what_it_is_and_its_data_lock(folder):
    for path in folder.rglob("*.docx"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.docx_text(path), path.name
    for path in folder.rglob("*.xlsx"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.xlsx_text(path), path.name
    for path in folder.rglob("*.pdf"):
        assert "Draft for qualified review; data lock 2025-12-31" in opened.pdf_text(path)[0], path.name


WORDS = [
    line
    for line in (Path(__file__).parent / "not_for_readers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CODE = re.compile(r"\b[a-z]+_[a-z_]*[a-z]\b")


def test_no_reader_meets_our_words(folder):
    """Nor a code with an underscore, unless it is quoted as something to type."""
    found = []
    for path in sorted(folder.rglob("*.*")):
        text = READ[path.suffix](path) if path.suffix in READ else ""
        text = re.sub("`[^`]*`", "", text)
        found += [(path.name, word) for word in WORDS if word.casefold() in text.casefold()]
        found += [(path.name, code) for code in CODE.findall(text)]
    assert found == []


READ = {".docx": opened.docx_text, ".xlsx": opened.xlsx_text, ".pdf": lambda path: opened.pdf_text(path)[0]}


def test_the_ledger_says_that_anonymous_rows_are_not_exportable(default_dossier, folder):
    book = default_dossier.books.table()
    messages = book[book["source"] == "e2b_r3"]
    assert messages["decision"].value_counts().to_dict() == {"out": 14, "counted_inside": 3, "in": 1}
    assert set(messages.loc[messages["decision"] == "out", "reason"]) == {
        "an anonymous member of a group is no identifiable patient: not exportable as an ICSR"
    }
    with (folder / "e2b_r3/open_elements.csv").open(encoding="utf-8") as handle:
        assert {row["case_id"] for row in csv.DictReader(handle)} == set(
            messages.loc[messages["decision"] != "out", "record"]
        )


def test_same_input_same_bytes_by_the_command_line(default_dossier, default_paths, folder, tmp_path):
    """A second run, in another process and folder."""
    command = [sys.executable, "-m", "scripts.documents", *arguments(default_paths, tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "documents: 8 kinds, 16 files")
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes(), path.name


def test_one_document_alone_and_one_that_does_not_exist(default_paths, tmp_path, capsys):
    command = ["documents", *arguments(default_paths, tmp_path, {"write": ["cioms_1"]})]
    assert room(*command) == 2
    told = capsys.readouterr().err
    assert told.startswith("documents: there is no document cioms_1. There are: causality, cioms_i,")
    assert room(*command, "--only", "narratives") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents_ledger.csv", "narratives.docx"]


def test_a_large_series_does_without_a_part_per_case(default_dossier, tmp_path, monkeypatch):
    """Nothing gives way here; with room for one line the documents of single cases do, and tables and prose count."""
    assert documents.given_way(with_options(default_dossier), documents.documents()) == []
    monkeypatch.setattr("scripts.documents.words.groups.MOST", 1)
    monkeypatch.setattr("scripts.documents.words.groups.MOST_TOLD", 1)
    monkeypatch.setattr("scripts.documents.document_prac_signal_summary.MOST_ROWS", 1)
    data = with_options(default_dossier)
    assert documents.given_way(data, documents.documents()) == ["causality", "cioms_i", "e2b_r3", "narratives"]
    assert {line["decision"] for line in data.books.lines} == {"out"}
    assert len(data.books.lines) == 4 * len(data.cases)
    documents.write_all(data, tmp_path, ["prac_signal_summary", "pneumotox_summary"])
    told = opened.docx_text(tmp_path / "prac_signal_summary.docx")
    assert "2 lines, more than the 1 that fit a table in Word" in told
    assert "5 patients or groups, more than the 1 described individually here" in opened.docx_text(
        tmp_path / "pneumotox_summary.docx"
    )


def test_important_events_of_the_user_suggest_and_never_fill(default_dossier, tmp_path):
    """The list stands beside what is not stated: nothing moves to serious, and what is stated stays as it is."""
    listed = ImportantEvents(frozenset({"diffuse alveolar haemorrhage"}))
    data = replace(with_options(default_dossier), important=listed)
    documents.write_all(data, tmp_path, ["cioms_ii_line_listing", "summary_tabulation"])
    rows = opened.xlsx(tmp_path / "cioms_ii_line_listing.xlsx")["Line listing"]
    column = rows[1].index("Serious: event")
    told = {row[0]: row[column] for row in rows[2:] if row[0]}
    assert told["14 patients known only as a group (DROP14)"] == (
        "not stated; on your list of important medical events, which suggests that it is serious"
    )
    assert told["ZHAO-2025"] == "hospitalisation (derived)"
    cells = opened.xlsx(tmp_path / "summary_tabulation.xlsx")["Summary tabulation"]
    assert next(row for row in cells if row[0] == "All reactions")[3:8:2] == [1, 0, 14]
    assert "are 14 of the reactions whose seriousness is not stated: diffuse alveolar haemorrhage" in str(cells)


@pytest.mark.parametrize(
    ("content", "told"),
    [("event\nrash\n", "no column term"), ("term\n\n", "no term in the column term"), (None, "no such file")],
)
def test_a_list_of_important_events_that_cannot_be_read(tmp_path, content, told):
    path = tmp_path / "important.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=told):
        ImportantEvents.read(str(path))


def test_counts_are_reactions_and_part_dates_give_bounds(default_dossier, tmp_path):
    period = {"start": "2025-01-01", "end": "2025-06-30"}
    data = with_options(default_dossier, period=period)
    documents.write_all(data, tmp_path, ["summary_tabulation"])
    rows = opened.xlsx(tmp_path / "summary_tabulation.xlsx")["Summary tabulation"]
    event = next(row for row in rows if row[0] == "diffuse alveolar haemorrhage")
    # the one serious case is known by the year 2025 only; the 14 of the overview of 2020-11-16 lie outside the half-year
    assert event[2:] == ["0 to 1", 1, 0, 0, 0, 14, 15, 0, 0, 0, 1]
    assert "haemoptysis" not in [row[0] for row in rows]
    assert "All reactions" in [row[0] for row in rows]
    text = opened.xlsx_text(tmp_path / "summary_tabulation.xlsx")
    assert "Counts are reactions, not cases" in text


def test_figures_of_a_folder_are_placed_with_their_captions(default_dossier, tmp_path):
    from PIL import Image

    figures = tmp_path / "figures"
    figures.mkdir()
    Image.new("RGB", (40, 20), "white").save(figures / "onset.png")
    (figures / "onset.caption.txt").write_text("Onset, N = 15.", encoding="utf-8")
    data = with_options(default_dossier, figures=str(figures))
    documents.write_all(data, tmp_path, ["prac_signal_summary"])
    assert "Onset, N = 15." in opened.docx_text(tmp_path / "prac_signal_summary.docx")
