"""The order of the report: its sections, and which figures and tables stand in each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the page: the id that links lead to, its heading, the names of its figures and tables in order."""

    id: str
    heading: str
    figures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


SECTIONS = (
    Section("patients", "Patients", ("case_flow", "swimmer"), ("patients", "characteristics", "line_listing")),
    Section("onset", "Onset", ("onset", "latency", "weibull", "symptoms", "tests"), ("times",)),
    Section("resolution", "Resolution and deaths", ("resolution", "death")),
    Section("rechallenge", "Dechallenge and rechallenge", ("rechallenge_flow", "recurrence"), ("rechallenge",)),
    Section("causality", "Causality and other causes", (), ("quality_appraisal",)),
    Section("robustness", "Robustness", ("influence",), ("sensitivity",)),
    Section("quality", "Data quality", ("completeness", "knowledge"), ("case_flow", "data_quality")),
)
FURTHER = Section("further", "Further figures and tables")
"""What no section names, so that a new figure or table is on the page without a line here."""


def arranged(figures: set[str], tables: set[str]) -> list[Section]:
    """The sections that have something, with their figures and tables; `FURTHER` last, where something is left for it."""
    shown = [
        Section(
            each.id,
            each.heading,
            tuple(figure_name for figure_name in each.figures if figure_name in figures),
            tuple(table_name for table_name in each.tables if table_name in tables),
        )
        for each in SECTIONS
    ]
    rest_of_figures = figures - {figure_name for each in shown for figure_name in each.figures}
    rest_of_tables = tables - {table_name for each in shown for table_name in each.tables}
    further = Section(FURTHER.id, FURTHER.heading, tuple(sorted(rest_of_figures)), tuple(sorted(rest_of_tables)))
    shown = [each for each in shown if each.figures or each.tables]
    return [*shown, *([further] if rest_of_figures or rest_of_tables else [])]
