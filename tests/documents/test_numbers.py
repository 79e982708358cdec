"""Every number in a document has an address: a cell of the patient it is told of, a result, or a fixed text.

What is told of a patient is looked for among that patient's own cells; what is told of the series among the results of
the analyses that the line names, and the counts of patients by a column of `patients`.
"""

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from schemas.codes import SERIOUSNESS
from schemas.derived_patients import WELL_DOCUMENTED
from scripts.documents.case_file import CaseFile
from scripts.documents.dossier import Dossier
from scripts.documents.shelf import OF_ONE_CASE
from scripts.documents.words import evidence, groups, key_table, pneumotox
from scripts.documents.words.references import Citations
from scripts.words.lead import NUMBERS
from scripts.words.references import reference
from scripts.words.wording import number
from tests.documents import opened
from tests.documents.line import REPOSITORY

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TEXTS = REPOSITORY / "scripts/documents/words/texts"
CITED = re.compile(r"\[[\d, ]+\]")
SHARE = re.compile(r"\((\d+) of (\d+)\)")
ONSET, CHARACTERISTICS, AGAIN = ("onset",), ("characteristics",), ("rechallenge",)
KEY_LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "patients": (("records", *CHARACTERISTICS), ()),
    "deaths": (("death", *CHARACTERISTICS), ()),
    "outcome": (CHARACTERISTICS, ("outcome",)),
    "onset": (ONSET, ()),
    "resolution": (("resolution",), ()),
    "again": (AGAIN, ()),
    "stopped": (AGAIN, ("dechallenge_note",)),
    "causes": (CHARACTERISTICS, ("other_cause", "alternatives_excluded")),
    "certainty": (CHARACTERISTICS, ()),
    "causality": (CHARACTERISTICS, ("causality",)),
    "quality": (CHARACTERISTICS, ("completeness",)),
}
"""Line of the key table -> the analyses whose results it prints, and the columns whose patients it counts."""
LEAD = (CHARACTERISTICS, (*ONSET, *CHARACTERISTICS), (*CHARACTERISTICS, "records"), ("resolution",), AGAIN, ())


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def fixed(*names: str) -> set[str]:
    """Numbers of the wording itself: boxes of forms, thresholds in definitions, paragraphs of guidelines."""
    return set().union(*(numbers((TEXTS / f"{text}.yaml").read_text(encoding="utf-8")) for text in (*names, "shared")))


def values(cells: list[object]) -> set[str]:
    """Numbers of cells as they are, and of times as study days and to two places."""
    cell_numbers = numbers(" ".join(map(str, cells)))
    for cell in cells:
        if isinstance(cell, float) and cell == cell and abs(cell) != float("inf"):
            cell_numbers |= {number(cell, 2), number(cell, 3), number(cell + 1, 2)}
    return cell_numbers


def own_numbers(case: CaseFile, data: Dossier) -> set[str]:
    """Numbers of one patient: reported cells, what was derived from them, the references, and the profile's own words."""
    rows = [case.derived, *case.times.values(), *case.rechallenges, *case.tests.values(), *case.exposures]
    rows += [*case.episodes, *case.signs.values(), *case.judgements, *case.sources]
    rows += [row for table in OF_ONE_CASE for row in case.rows(table)]
    case_numbers = values([cell for row in rows for cell in row.values()])
    case_numbers |= {number(float(case.derived["completeness"]), 2)}
    profile = data.bundle.profile.model_dump_json() + data.bundle.data_lock + case.case_id + case.aggregate
    return case_numbers | numbers(profile) | {str(len(case.rows("doses")))}


def untraced(text: str, cases: list[CaseFile], data: Dossier, known: set[str]) -> set[str]:
    """Numbers of a text that no cell of these patients holds; `(3 of 14)` counts those who share the line."""
    for count, total in SHARE.findall(text):
        assert 0 < int(count) < int(total) == len(cases)
    traced = set().union(*(own_numbers(case, data) for case in cases))
    return numbers(SHARE.sub("", text)) - traced - known - {str(len(cases))}


@pytest.fixture(scope="module")
def told(folder: Path, default_dossier) -> dict[str, list[tuple[list[CaseFile], str]]]:
    """Document -> what it says of each patient or group."""
    cases = list(default_dossier.cases.values())
    lines = {groups.group_name(group): group for group in [*groups.lines(cases)]}
    book = opened.xlsx(folder / "cioms_ii_line_listing.xlsx")["Line listing"]
    tables = opened.docx_tables(folder / "prac_signal_summary.docx")[2:]
    return {
        "narratives": list(_under(opened.docx_text(folder / "narratives.docx").split("\n"), lines)),
        "cioms_ii_line_listing": [(lines[row[0]], CITED.sub("", "\n".join(map(str, row)))) for row in book if row[0] in lines],
        "prac_signal_summary": [
            (lines[row[0].split("\n")[0]], CITED.sub("", "\n".join(row))) for table in tables for row in table[1:]
        ],
        "cioms_i": [
            ([default_dossier.cases[path.stem]], re.sub(r"page \d", "", opened.pdf_text(path)[0]))
            for path in sorted((folder / "cioms_i").iterdir())
        ],
    }  # fmt: skip


def _under(lines: list[str], names: dict[str, list[CaseFile]]):
    """What stands under the heading of each patient or group."""
    starts = [place for place, line in enumerate(lines) if line in names]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield names[lines[start]], "\n".join(lines[start:end])


@pytest.mark.parametrize("name", ["narratives", "cioms_ii_line_listing", "prac_signal_summary", "cioms_i"])
def test_every_number_of_a_patient_is_a_cell_of_that_patient(told, default_dossier, name):
    lines = told[name]
    assert len(lines) == (4 if name == "cioms_i" else 5)
    known = fixed(name, "narrative")
    assert [
        (groups.group_name(group), stray)
        for group, text in lines
        if (stray := untraced(text, group, default_dossier, known))
    ] == []


def test_a_number_of_another_patient_is_found(told, default_dossier):
    """The test above would see the D-dimer of one patient in the narrative of another."""
    text = next(text for group, text in told["narratives"] if group[0].case_id == "ZHAO-2025")
    assert "18,752" in untraced(text, [default_dossier.cases["MYRO-2018"]], default_dossier, fixed("narrative"))


def results_of(data: Dossier, analyses: tuple[str, ...]) -> set[str]:
    """What the rows of these analyses print: values, ends, counts, thresholds; days as study days too."""
    rows = data.bundle.results[data.bundle.results["analysis"].isin(analyses)]
    cells = rows[["value", "lower", "upper", "n", "n_total", "at"]].to_numpy().ravel()
    told = values([float(cell) for cell in pd.to_numeric(pd.Series(cells), errors="coerce")])
    return told | numbers(" ".join(rows["level"].astype(str)))


def counted_by(data: Dossier, columns: tuple[str, ...]) -> set[str]:
    """How many patients have each value of these columns, and have any; numbers of their words."""
    patients, counts = pd.DataFrame([case.derived for case in data.counted]), set()
    for column in columns:
        counts |= set(map(str, patients[column].value_counts())) | {str((patients[column] != "").sum())}
        counts |= values(patients[column].tolist())
    return counts


def test_every_line_of_the_key_table_prints_results(default_dossier):
    labels = yaml.safe_load((TEXTS / "prac_signal_summary.yaml").read_text(encoding="utf-8"))["key"]["rows"]
    names, citations = {label: row_name for row_name, label in labels.items()}, Citations(default_dossier)
    statements = of_statements(default_dossier)
    allowed, missing = {str(len(default_dossier.counted)), "0", "1.4", str(WELL_DOCUMENTED)}, {}
    for label, text in key_table.rows(default_dossier, citations):
        if names[label] in ("claims", "ended"):
            assert numbers(text) <= statements, label
            continue
        analyses, columns = KEY_LINES[names[label]]
        known = allowed | results_of(default_dossier, analyses) | counted_by(default_dossier, columns)
        missing[label] = numbers(re.sub(r"[A-Z]+-\d+\S*", "", text)) - known
    assert {label: stray for label, stray in missing.items() if stray} == {}
    assert len(missing) == len(KEY_LINES)


def test_every_number_of_the_lead_is_a_result(default_dossier):
    for sentence, analyses in zip(default_dossier.bundle.lead, LEAD, strict=True):
        words = {str(NUMBERS.index(word)) for word in re.findall(r"[a-z]+", sentence.casefold()) if word in NUMBERS}
        assert words | numbers(sentence) <= results_of(default_dossier, analyses) | {"0", "1"}, sentence


def of_statements(data: Dossier) -> set[str]:
    """Numbers of the rows of `statements`, and those by which sources are cited."""
    return values(data.bundle.series["statements"].to_numpy().ravel().tolist()) | {str(place) for place in range(1, 27)}


def test_every_statement_is_quoted_with_the_numbers_of_its_row(default_dossier):
    """Of labels, regulators and other sources: numbers in the words, bounds and place of rows of `statements`."""
    data, citations = default_dossier, Citations(default_dossier)
    known = of_statements(data)
    topics = [*evidence.awareness(data, citations)[1], *evidence.other_statements(data, citations)]
    assert [line for _, sentences in topics for line in sentences if numbers(line) - known] == []


def test_every_reference_is_that_of_its_source(default_dossier, folder):
    """What stands behind the number of a reference is the citation of one source, and nothing else."""
    known = {reference(row) for row in default_dossier.bundle.series["sources"].to_dict("records")}
    for document in ("prac_signal_summary", "pneumotox_summary"):
        lines = opened.docx_text(folder / f"{document}.docx").split("\n")
        listed = [
            match[1] for line in lines if (match := re.match(r"\d+\. (\S.*?)(?: \(summary of \[\d+\]\))?$", line))
        ]
        assert len([line for line in listed if line in known]) >= 5
        assert [line for line in listed if line not in known and "doi:" in line] == []


PROSE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "entry": (("records", *CHARACTERISTICS), ()),
    "onset": (ONSET, ()),
    "course": (("resolution", "death", *CHARACTERISTICS), ("outcome",)),
    "again": (AGAIN, ("dechallenge_note",)),
}
"""Paragraph of the Pneumotox summary -> the analyses whose results it prints, and the columns whose patients it counts."""


def test_every_number_of_the_pneumotox_prose_is_a_result_or_a_cell(default_dossier):
    data, citations = default_dossier, Citations(default_dossier)
    prose = pneumotox.prose(data, citations)
    allowed = numbers(data.bundle.profile.model_dump_json()) | {"0", str(len(data.counted)), str(len(data.cases))}
    allowed |= {str(len(data.cases) - len(data.counted))} | fixed("pneumotox_summary")
    claims = numbers(key_table.line("claims", data, citations))
    missing = {
        part: numbers(re.sub(r"[A-Z]+-\d+\S*", "", prose[part]))
        - results_of(data, analyses) - counted_by(data, columns) - allowed - (claims if part == "again" else set())
        for part, (analyses, columns) in PROSE.items()
    }  # fmt: skip
    assert {part: stray for part, stray in missing.items() if stray} == {}
    assert set(prose) - {"patients"} == set(PROSE)


def test_every_number_of_a_patient_in_the_pneumotox_prose_is_a_cell_of_that_patient(default_dossier):
    cases = list(default_dossier.cases.values())
    lines = {groups.group_name(group): group for group in groups.lines(cases)}
    text = pneumotox.prose(default_dossier, Citations(default_dossier))["patients"]
    starts = sorted((text.index(label), label) for label in lines)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    told = {label: CITED.sub("", text[start:end]) for (start, label), end in zip(starts, ends, strict=True)}
    assert len(told) == 5
    assert {
        label: stray for label, part in told.items() if (stray := untraced(part, lines[label], default_dossier, set()))
    } == {}


def test_every_count_of_the_tabulation_is_one_of_rows_of_reactions(default_dossier, folder):
    """Counted again from the tables: what occurred in a counted case, signs of the event apart, by what is stated of it."""
    rows = default_dossier.bundle.series["reactions"]
    counted = {case.case_id: case for case in default_dossier.counted}
    mine = rows[
        rows["case_id"].isin(counted) & (rows["occurred"] == "yes") & ~rows["role"].isin(["sentinel_sign", "symptom"])
    ]
    serious = (mine[list(SERIOUSNESS)] == "yes").any(axis=1)
    denied = (mine[list(SERIOUSNESS)] == "no").all(axis=1)
    whole = mine["case_id"].map(
        lambda case: bool(counted[case].derived["serious"] or counted[case].derived["serious_report"])
    )
    cells = pd.DataFrame(
        {"serious": serious, "not": denied, "unknown": ~serious & ~denied, "all": True, "whole": whole}
    )
    known = {term: group.sum().astype(int).tolist() for term, group in cells.groupby(mine["term"])} | {
        "All reactions": cells.sum().astype(int).tolist()
    }
    book = opened.xlsx(folder / "summary_tabulation.xlsx")["Summary tabulation"]
    start = next(at for at, row in enumerate(book) if row[0] == "Reaction as reported")
    told = {row[0]: row for row in book[start + 1 : start + 1 + len(known)]}
    assert {term: [row[at] for at in (3, 5, 7, 8, 12)] for term, row in told.items()} == known
    assert {row[at] for row in told.values() for at in (9, 10, 11)} <= {0, None, ""}, "no report is of a study"
