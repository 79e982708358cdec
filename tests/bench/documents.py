"""The documents against their floors: importing the libraries, plain PDF pages, plain XML trees; and linear in cases."""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
from lxml import etree
from reportlab.pdfgen.canvas import Canvas

from scripts import documents
from scripts.documents import document_cioms_i, document_e2b_r3
from scripts.documents.dossier import case_files
from scripts.office.pdf_font import SANS, registered
from tests.bench.goals import goal
from tests.documents.line import REPOSITORY, arguments, default_tables, dossier_of, with_options, written

LIBRARIES = "pandas, pandera.pandas, pydantic, yaml, docx, xlsxwriter, reportlab.platypus, reportlab.pdfbase.ttfonts, lxml.etree, matplotlib"
CASE = "ZHAO-2025"
MANY = 1000
FEW = 250
TIMES = 2


def run() -> None:
    """Print every ratio with its goal; the least of two, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths = written(default_tables(), home / "line")
        pairs = [(_import(), _all(paths, home / f"out{k}")) for k in range(TIMES)]
        _say("all documents, importing the libraries", pairs, 4)
        data = dossier_of(default_tables(), home / "material")
        _forms(data)
        _messages(data)
        _linear(data, home)


def _say(label: str, pairs: list[tuple[float, float]], most: float) -> None:
    floor, ours = (min(column) for column in zip(*pairs, strict=True))
    print(f"{label}: floor {floor:.2f} s, ours {ours:.2f} s, ratio {ours / floor:.2f}", flush=True)
    goal(f"{label} over the floor", ours / floor, most)


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of processor time, which a busy machine does not stretch; of other processes, seconds by the wall."""
    start = clock()
    work()
    return clock() - start


def _import() -> float:
    command = [sys.executable, "-c", f"import {LIBRARIES}"]
    return _timed(lambda: subprocess.run(command, check=True), time.perf_counter)


def _all(paths: dict[str, Path], out: Path) -> float:
    command = [sys.executable, "-m", "scripts.documents", *arguments(paths, out)]
    return _timed(lambda: subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True), time.perf_counter)


def _forms(data) -> None:
    """1,000 forms, a file each, against 1,000 pages of the same words in one file, in the same typeface."""
    from scripts.documents.cioms.boxes import boxes

    registered()
    text = boxes(data.cases[CASE], None, CASE, data.bundle.data_lock).text
    words = " ".join(text.values()).split()
    lines = [" ".join(words[at : at + 14]) for at in range(0, len(words), 14)]
    pairs = [
        (
            _timed(lambda: _pages(lines)),
            _timed(lambda: [document_cioms_i.build(data.cases[CASE], data) for _ in range(MANY)]),
        )
        for _ in range(TIMES)
    ]
    _say(f"{MANY} CIOMS I forms ({len(words)} words each), plain pages of the same words", pairs, 3)


def _pages(lines: list[str]) -> None:
    canvas = Canvas(io.BytesIO(), invariant=1)
    for _ in range(MANY):
        canvas.setFont(SANS, 6.8)
        for number, line in enumerate(lines):
            canvas.drawString(36, 800 - 8 * number, line)
        canvas.showPage()
    canvas.save()


def _messages(data) -> None:
    """1,000 messages against building and writing trees with the same nodes, attributes and texts."""
    content, _ = document_e2b_r3.build(data.cases[CASE], data)
    model = etree.fromstring(content)
    pairs = [
        (
            _timed(lambda: [_copied(model) for _ in range(MANY)]),
            _timed(lambda: [document_e2b_r3.build(data.cases[CASE], data) for _ in range(MANY)]),
        )
        for _ in range(TIMES)
    ]
    _say(f"{MANY} E2B(R3) messages ({sum(1 for _ in model.iter())} nodes each), plain trees of the same size", pairs, 3)


def _copied(model) -> bytes:
    root = etree.Element(model.tag, dict(model.attrib), nsmap=model.nsmap)
    _children(root, model)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _children(parent, model) -> None:
    for child in model:
        node = etree.SubElement(parent, child.tag, dict(child.attrib))
        node.text = child.text
        _children(node, child)


def _linear(data, home: Path) -> None:
    """Documents of 250 and of 500 copies of one case: twice the cases, twice the time."""
    names = [kind for kind in documents.documents() if kind not in ("prac_signal_summary", "pneumotox_summary")]
    times = {}
    for number in (FEW, 2 * FEW):
        copied_tables = (
            {table_name: _copies(tables[table_name], number) for table_name in tables}
            for tables in (data.bundle.series, data.bundle.derived)
        )
        many = replace(with_options(data), cases=case_files(*copied_tables))
        for kind in names:
            out = home / f"many{number}"
            times[kind, number] = _timed(lambda many=many, out=out, kind=kind: documents.write_all(many, out, [kind]))
    for kind in names:
        half, whole = times[kind, FEW], times[kind, 2 * FEW]
        print(f"{kind}: {FEW} cases {half:.2f} s, {2 * FEW} cases {whole:.2f} s, ratio {whole / half:.2f}")
        goal(f"{kind}, twice the cases", whole / half, 2)


def _copies(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """The rows of one case so often, each time under another name; a table of no case as it is."""
    if "case_id" not in table:
        return table
    mine = table[table["case_id"] == CASE]
    return pd.concat([mine.assign(case_id=f"CASE-{n:04}") for n in range(number)], ignore_index=True)
