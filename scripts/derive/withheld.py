"""Times that a finding has taken out of use: reported, not usable, which is not the same as unknown (definitions:
facts-of-one-patient-against-each-other)."""

import pandas as pd

from scripts.records.events import is_event

SIGNS = ("event", "sentinel_sign", "symptom")


def withheld(found: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> set[tuple[str, str]]:
    """(case, endpoint) of every time that the findings withhold. tables: the series, whose rows keep their places."""
    held = found[found["action"] == "withhold_value"]
    reactions, tests = tables["reactions"], tables["tests"]
    seen = reactions[(reactions["occurred"] == "yes") & reactions["role"].isin(SIGNS)]
    onset = _of(held, "reactions", "onset", seen)
    ended = _of(held, "reactions", "end", reactions[is_event(reactions)])
    radiological = ended["end_basis"] == "radiological"
    parts = {
        "first_symptom": onset,
        "sentinel_sign": onset[onset["role"] == "sentinel_sign"],
        "diagnosis": _of(held, "tests", "time", tests[tests["reading"] == "shows_event"]),
        "clinical_resolution": ended[~radiological],
        "radiological_resolution": ended[radiological],
        "death": _of(held, "deaths", "time", tables["deaths"]),
    }
    return {(case, endpoint) for endpoint, rows in parts.items() for case in rows["case_id"]}


def _of(held: pd.DataFrame, table: str, prefix: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of which a cell of this time is withheld."""
    cells = held[(held["table"] == table) & held["column"].str.startswith(f"{prefix}_")]
    places = pd.MultiIndex.from_frame(cells[["file", "row"]])
    return rows[pd.MultiIndex.from_frame(rows[["at_file", "at_row"]]).isin(places)]
