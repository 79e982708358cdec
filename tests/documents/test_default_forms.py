"""Forms and listings of the default series: Pneumotox, CIOMS I and II, causality, narratives, tabulation."""

from dataclasses import replace

import openpyxl
import pytest

from scripts import documents
from scripts.commands.messages import UserError
from scripts.documents.important_events import ImportantEvents
from tests.documents import opened
from tests.documents.line import with_options


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
        "as reported: did not recur; strict: negative / positive / positive"
    )
    notes = [row[0] for row in opened.xlsx(folder / "cioms_ii_line_listing.xlsx")["How to read it"]]
    assert {row[4] for row in lines} == {f"[{number}]" for number in range(1, 6)}
    assert [note[:3] for note in notes[notes.index("References") + 1 :]] == ["1. ", "2. ", "3. ", "4. ", "5. "]
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
