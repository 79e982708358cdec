"""Times that a finding has taken out of use: reported, not usable, which is not the same as unknown (definitions:
facts-of-one-patient-against-each-other)."""

import pandas as pd

from schemas.fields import timed
from scripts.records.events import is_event, is_sign, shows_event
from scripts.records.places import meant_by

Tables = dict[str, pd.DataFrame]


def withheld(findings: pd.DataFrame, tables: Tables, told: Tables) -> set[tuple[str, str]]:
    """(case, endpoint) of every time that the findings withhold, or that begins after the patient's death.

    tables: the series without what begins after a death, whose rows keep their places. told: with it.
    """
    held = findings[findings["action"] == "withhold_value"]
    late, tests = (told[table_name].drop(tables[table_name].index) for table_name in ("reactions", "tests"))
    by_finding = _endpoints(
        _of(held, "reactions", "onset_", tables["reactions"]),
        _of(held, "reactions", "(end_|duration$)", tables["reactions"]),
        _of(held, "tests", "time_", tables["tests"]),
    )
    died = {(case, "death") for case in _of(held, "deaths", "time_", tables["deaths"])["case_id"]}
    return (
        by_finding
        | died
        | _endpoints(late[timed(late, "onset")], late[timed(late, "end")], tests[timed(tests, "time")])
    )


def _endpoints(onset: pd.DataFrame, ended: pd.DataFrame, tests: pd.DataFrame) -> set[tuple[str, str]]:
    """The endpoints that rest on the onset of these reactions, on the end of those, and on these tests."""
    seen = onset[is_sign(onset)]
    over = ended[is_event(ended)]
    radiological = over["end_basis"] == "radiological"
    parts = {
        "first_symptom": seen,
        "sentinel_sign": seen[seen["role"] == "sentinel_sign"],
        "diagnosis": tests[shows_event(tests)],
        "clinical_resolution": over[~radiological],
        "radiological_resolution": over[radiological],
    }
    return {(case, endpoint) for endpoint, rows in parts.items() for case in rows["case_id"]}


def _of(held: pd.DataFrame, table: str, columns: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of which a cell is withheld, of the columns whose names match."""
    cells = held[(held["table"] == table) & held["column"].str.match(columns)]
    return rows[rows.index.isin(meant_by(cells, table, rows)["at"])]
