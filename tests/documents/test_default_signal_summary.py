"""The signal summary of the default series: lead, key table, evidence, citations, places for a person, figures."""

import re

import pytest

from scripts import documents
from tests.documents import opened
from tests.documents.line import with_options


def test_the_key_table_of_the_signal_summary(folder):
    key, *_, series, inside = opened.docx_tables(folder / "prac_signal_summary.docx")
    told = dict(key)
    for label, words in {
        "Patients": "15: 1 described individually, 14 known only as a group. Of 25 records that entered, not added again, as their patients",
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
        for brackets in re.findall(r"\[(\d[^\]]*)\]", body)
        for number in re.findall(r"(?:^|, )(\d+)(?=,|$)", brackets)
    }
    summaries = {int(number) for line in references.values() for number in re.findall(r"summary of \[(\d+)\]", line)}
    assert cited
    assert cited | summaries == set(references) == set(range(1, len(references) + 1))
    sources = default_dossier.bundle.series["sources"]["source_id"]
    assert [source for source in sources if re.search(rf"(?<![\w-]){source}(?![\w-])", body)] == []


def test_every_sentence_of_the_evidence_holds_a_number_or_a_source(default_dossier):
    from scripts.documents.words import evidence
    from scripts.documents.words.references import Citations

    citations = Citations(default_dossier)
    topics = [
        *evidence.awareness(default_dossier, citations)[1],
        *evidence.other_statements(default_dossier, citations),
    ]
    lines = [line for _, sentences in topics for line in sentences]
    for part in (evidence.strength, evidence.relevance, evidence.strengths, evidence.limits):
        lines += part(default_dossier)
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r"\d|series profile", line)] == []


def test_figures_of_a_folder_are_placed_with_their_captions(default_dossier, tmp_path):
    from PIL import Image

    figures = tmp_path / "figures"
    figures.mkdir()
    Image.new("RGB", (40, 20), "white").save(figures / "onset.png")
    (figures / "onset.caption.txt").write_text("Onset, N = 15.", encoding="utf-8")
    data = with_options(default_dossier, figures=str(figures))
    documents.write_all(data, tmp_path, ["prac_signal_summary"])
    assert "Onset, N = 15." in opened.docx_text(tmp_path / "prac_signal_summary.docx")
