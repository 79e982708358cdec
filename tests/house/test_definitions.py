"""Code cites the definitions of this repository, by anchors that exist, and nothing that its reader cannot open."""

import re
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = ("config", "data", "docs", "schemas", "scripts", "tests", "workflow")
SUFFIXES = (".csv", ".j2", ".md", ".py", ".smk", ".txt", ".yaml")
CITED = re.compile(r"\b[Dd]efinitions:\s+([a-z][a-z0-9-]*(?:,\s+[a-z][a-z0-9-]*)*)")
ELSEWHERE = re.compile(
    r"statistics (?:[A-E]\d|reference)|regulatory (?:reference|\d\.\d)|DESIGN\b|promise \d|known_answers|decisions\.md|reference notes"
    r'|# P\d\d\b|"""P\d\d\b|\(P\d\d[;,)]| \([AB]\d(?:, [AB]\d)*\)[."]|statistics rule'
)
"""Marks of papers that are not in the repository: sections, numbered answers, names of files."""


def slug(heading: str) -> str:
    """`Right truncation` -> `right-truncation`, the anchor that a page of Markdown gives the heading."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


@cache
def anchors() -> list[str]:
    text = (REPOSITORY / "docs/definitions.md").read_text(encoding="utf-8")
    return [slug(line[4:]) for line in text.splitlines() if line.startswith("### ")]


@cache
def texts() -> dict[str, str]:
    """Every text of the repository by its path, but for what runs make and this file, which names what it looks for."""
    files = [file for folder in FOLDERS for file in sorted((REPOSITORY / folder).rglob("*")) if file.suffix in SUFFIXES]
    files += [*sorted(REPOSITORY.glob("*.md")), REPOSITORY / "Makefile", REPOSITORY / "Snakefile"]
    here = {file.relative_to(REPOSITORY).as_posix(): file for file in files if file != Path(__file__)}
    return {
        path: file.read_text(encoding="utf-8", errors="replace")
        for path, file in here.items()
        if not path.startswith(("data/processed/", "results/"))
    }


def cited() -> set[str]:
    """The anchors that code and tests name. Pages do not count, nor YAML, where `definitions:` is a key."""
    code = [text for path, text in texts().items() if not path.endswith((".md", ".yaml"))]
    return {anchor for text in code for citation in CITED.findall(text) for anchor in re.split(r",\s+", citation)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(definitions: npmle)", ["npmle"]),
        ("definitions: npmle, median-bounds; more", ["npmle, median-bounds"]),
        ("(definitions:\nscale,\nproportions)", ["scale,\nproportions"]),
        ("Definitions: onset.", ["onset"]),
        ("the definitions stand there", []),
    ],
)
def test_a_citation_is_recognised(text, expected):
    assert CITED.findall(text) == expected


def test_anchors_are_unique():
    assert len(anchors()) == len(set(anchors()))


def test_every_cited_anchor_exists():
    assert sorted(cited() - set(anchors())) == []


def test_the_definition_of_every_calculation_is_cited():
    computed = {"npmle", "median-bounds", "known-and-possible", "weibull", "competing-death", "right-truncation"}
    computed |= {"proportions", "updating", "onset", "resolution", "dechallenge", "rechallenge", "naranjo"}
    assert sorted(computed - cited()) == []


@pytest.mark.parametrize("mark", ["statistics A5", "regulatory 4.8", "(P22)", '"""P06: x', "DESIGN 6", "promise 6"])
def test_a_citation_of_something_else_is_recognised(mark):
    assert ELSEWHERE.search(mark)


def test_nothing_outside_the_repository_is_cited():
    citations = [f"{path}: {match[0]}" for path, text in texts().items() for match in ELSEWHERE.finditer(text)]
    assert citations == []
