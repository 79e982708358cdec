"""Tables. Each `table_<name>.py` has `TITLE` and `build(bundle) -> Shown`. Tables never estimate or decide.

The folder is the list. In come results and derived tables; out come CSV, HTML, XLSX and DOCX (`formats`). The rule: a
cell is the rounding of a number that stands in the results, or words of a derived row, and every gap shows its reason.
"""

from pathlib import Path

ORDER = (
    "patients", "characteristics", "line_listing", "times", "rechallenge", "quality_appraisal", "sensitivity", "case_flow",
    "data_quality", "checklists", "crosswalk",
)  # fmt: skip
ON_REQUEST = ("checklists", "crosswalk")


def names() -> list[str]:
    """The tables of this folder in the order of print; those not named in ORDER come last, by name."""
    table_names = sorted(file.stem.removeprefix("table_") for file in Path(__file__).parent.glob("table_*.py"))
    return sorted(table_names, key=lambda table_name: ORDER.index(table_name) if table_name in ORDER else len(ORDER))


def default() -> list[str]:
    """The tables made without being asked for."""
    return [table_name for table_name in names() if table_name not in ON_REQUEST]
