"""One table with a row per patient, CSV or a sheet of a workbook, read with a column map: ordinary reported tables.

The map lies beside the table (`cases.map.yaml` beside `cases.csv`), is named by the option `map`, or stands in the
source's entry. `python -m scripts.ingest map FILE` proposes one. Faults of the map refuse the source, all at once;
a cell that does not parse is an error of this cell, which is without a value; the others stay.
"""

from pathlib import Path

from pydantic import Field, ValidationError

from schemas.column_map import ColumnMap, load
from schemas.faults import lines, no_such
from schemas.map_column import TARGETS
from scripts.commands.messages import UserError, shown
from scripts.commands.program import typed
from scripts.files.source_files import map_beside
from scripts.ingest import Reading
from scripts.ingest.flat_file import must_be_file, read_flat
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.grammar import DATE
from scripts.ingest.table.headings import Head
from scripts.ingest.table.reported import reported

FORMAT = "one table with a row per patient (CSV or .xlsx) and a column map"


class Options(ColumnMap):
    """A column map, or the file that holds it."""

    map: str = Field(
        default="", description="file of the column map; left out, the one beside the table, or the keys below"
    )


def read(path: Path, **options: object) -> Reading:
    """Read the table with its map. UserError where there is no map that can be used."""
    path = Path(path)
    wanted = column_map(path, options)
    head = Head(wanted.header_row, wanted.header_rows)
    dates = frozenset(heading for heading, column in wanted.columns.items() if column.unit == DATE)
    flat = read_flat(path, wanted.sheet, head, wanted.separator, tuple(wanted.columns), dates)
    if faults := map_faults(wanted, flat):
        raise UserError("\n".join(f"{flat.place}: {each}" for each in faults))
    return reported(path.stem, wanted, flat)


def column_map(path: Path, options: dict[str, object]) -> ColumnMap:
    """The map in the options, in the file they name, or in the one beside the table."""
    must_be_file(path)
    map_keys = {option: value for option, value in options.items() if option != "map"}
    file = Path(str(options.get("map") or map_beside(path)))
    if map_keys and (options.get("map") or not options.get("columns")):
        raise UserError(
            f"{shown(path)}: {', '.join(map_keys)}: a map stands in one place. Move these keys into {shown(file)}."
        )
    if not map_keys and not file.is_file():
        cure = f"Propose one with: {typed(f'make map FILE={shown(path)}')}"
        raise UserError(f"{shown(path)}: there is no column map {shown(file)}. {cure}")
    try:
        return ColumnMap.model_validate(map_keys) if map_keys else load(file)
    except ValidationError as fault:
        raise UserError("\n".join(f"{shown(path)}: {line}" for line in lines(ColumnMap, fault))) from None
    except ValueError as fault:
        raise UserError(str(fault)) from None


def map_faults(wanted: ColumnMap, flat: Flat) -> list[str]:
    """What is wrong with a map for this very table, one line each."""
    if not wanted.confirmed:
        cure = "Read every line of it, mend or delete what is wrong, then set `confirmed: yes` at its top."
        return [f"the column map is a proposal. {cure}"]
    headings = list(flat.cells.columns)
    faults = [
        f"columns: '{heading}': {no_such('column', heading, headings)}"
        for heading in wanted.columns
        if heading not in headings
    ]
    targets = [column.target for column in wanted.columns.values()]
    if "case" not in targets:
        faults.append("columns: no column has the target `case`. Say which one holds the number of the patient.")
    if "event" not in (*targets, *wanted.every):
        faults.append("every: the event is not named. Give it a column, or `every: {event: ...}`.")
    if "drug" not in (*targets, *wanted.every):
        faults.append("every: the drug is not named. Give it a column, or `every: {drug: ...}`.")
    if "instrument" in targets and "episode" not in targets:
        faults.append("columns: instrument: no column has the target `episode`. Say which one holds its instance.")
    again = [target for target in targets if TARGETS[target]["row"] in ("again", "recurrence")]
    if again and (by := next((each for each in ("episode", "visit") if each in targets), "")):
        cure = "Leave it out, or say `gap` for the time since the previous exposure, `occurred`, `onset` of the exposure of the row."
        faults.append(f"columns: {', '.join(again)}: with a column `{by}` a re-exposure is a row of its own. {cure}")
    return faults
