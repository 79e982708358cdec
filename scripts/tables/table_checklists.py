"""On request: reporting checklists with the place in the products that answers each item."""

from pathlib import Path

import yaml

from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown

TITLE = "Reporting checklists"
COLUMNS = ["Checklist", "Item", "Asks for", "Answered in"]


def build(bundle: Bundle) -> Shown:
    """The items of every checklist on file; `author` where the author must write it. The same for every series."""
    lists = yaml.safe_load((Path(__file__).parent / "checklists.yaml").read_text(encoding="utf-8"))
    rows = [
        {"Checklist": entry["list"], "Item": number, "Asks for": asks, "Answered in": place}
        for entry in lists
        for number, asks, place in entry["items"]
    ]
    sources = tuple(f"{entry['list']}: {entry['source']}." for entry in lists)
    notes = (*sources, "Items are paraphrased; `author`: not answered by any product of Dahlia.")
    return shown(TITLE, rows, COLUMNS, footnotes=notes, block="Checklist")
