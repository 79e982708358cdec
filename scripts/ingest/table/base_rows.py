"""Tables in which one row tells of the patient and further rows of each exposure or visit, as study databases export them.

Where the export names a visit in place of a number (REDCap: `redcap_event_name`), the map says of each whether it tells of
the patient or of which exposure; a number that the row itself has counts before it.

A row without the number of an exposure, beside rows with one, belongs to the first of these, and so does every further row
of a visit to its exposure: its cells fill what is blank there. A result, a list or a note that differs stands beside, as a
row of its own. Any other cell that both have and that differs is a fault, for nobody can say which of the two is meant.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schemas.column_map import ColumnMap
from schemas.map_column import OF_PATIENT
from scripts.ingest.native_cells import fault
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.parts import Texts, texts
from scripts.ingest.table.slots import Row

CURE = "Correct one of the two rows, or say in the map that they tell of different exposures."
BESIDE = ("test", "list", "note")
"""Kinds of column of which two rows of one exposure may say different things."""


@dataclass
class Joined:
    """The table with its rows joined.

    episode  number of the exposure of every row; blank where none is said
    beside   what tells a further row of an exposure from the first, a part of its keys; blank in the first
    """

    flat: Flat
    episode: Texts
    beside: Texts


def joined(flat: Flat, wanted: ColumnMap, by_target: dict[str, str]) -> Joined:
    """The table with one row for each exposure of a patient, and beside it what further rows alone say."""
    if "case" not in by_target or not {"episode", "visit"} & by_target.keys():
        return Joined(flat, texts(len(flat.cells)), texts(len(flat.cells)))
    episode, faults = _numbered(flat, wanted, by_target)
    into, turn = _belongs_to(flat, episode, by_target)
    if not turn.any():
        return Joined(Flat(flat.place, flat.cells, flat.at_row, flat.faults + faults), episode, texts(len(episode)))
    cells, keys = flat.cells.copy(), {by_target[each] for each in ("case", "episode", "visit") if each in by_target}
    apart = {heading for heading in cells if heading not in wanted.columns or wanted.columns[heading].kind in BESIDE}
    left = [heading for heading in cells if heading not in keys]
    further = [np.flatnonzero(turn == now) for now in range(1, turn.max() + 1)]
    for heading in left:
        pairs = [(base, into[base]) for base in further]
        faults += _filled(cells, flat, heading, pairs, heading in apart, by_target["case"])
    kept = (turn == 0) | (cells[left] != "").any(axis=1).to_numpy()
    episode = np.where(turn > 0, episode[into], episode).astype(object)
    named = cells[by_target["visit"]].to_numpy(object) if "visit" in by_target else texts(len(cells), "patient")
    beside = np.where(turn > 0, _told_apart(flat.cells[by_target["case"]], episode, named), "").astype(object)
    whole = Flat(flat.place, cells[kept].reset_index(drop=True), flat.at_row[kept], flat.faults + faults)
    return Joined(whole, episode[kept], beside[kept])


def _numbered(flat: Flat, wanted: ColumnMap, by_target: dict[str, str]) -> tuple[Texts, list[dict]]:
    """The number of the exposure of every row, blank where it tells of the patient; a visit of which the map says nothing is a fault."""
    episode_cells = (
        flat.cells[by_target["episode"]].to_numpy(object) if "episode" in by_target else texts(len(flat.cells))
    )
    if "visit" not in by_target:
        return episode_cells, []
    heading = by_target["visit"]
    meanings = {word.casefold(): meaning for word, meaning in wanted.columns[heading].codes.items()}
    named = flat.cells[heading].to_numpy(object)
    meant = np.array([meanings.get(text.casefold(), "") for text in named], dtype=object)
    open_ = np.flatnonzero((meant == "") & (named != "") & (episode_cells == ""))
    cure = f"Say under `codes` in the map what it tells of: {OF_PATIENT}, or the number of the exposure, 1, 2, ..."
    cases = flat.cells[by_target["case"]].to_numpy(object)
    faults = [
        fault("", flat.place, "a visit without a meaning", cure, value=named[at][:60], case_id=cases[at])
        | {"row": int(flat.at_row[at]), "column": heading}
        for at in open_.tolist()
    ]
    return np.where(episode_cells != "", episode_cells, np.where(meant == OF_PATIENT, "", meant)).astype(object), faults


def _belongs_to(flat: Flat, episode: Texts, by_target: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """For every row the first row of its exposure, and its turn behind it; 0 for that row itself, and for rows that stay alone."""
    named = flat.cells[by_target["case"]]
    visit = flat.cells[by_target["visit"]] != "" if "visit" in by_target else pd.Series(False, index=named.index)
    rows = pd.DataFrame({"case": named, "number": pd.to_numeric(pd.Series(episode), errors="coerce"), "visit": visit})
    rows["bare"] = (episode == "") & (named != "")
    lowest = rows.groupby("case")["number"].transform("min")
    joins = visit | (rows["bare"] & lowest.notna() & ~named.where(rows["bare"]).duplicated())
    rows["number"] = rows["number"].mask(rows["bare"] & joins, lowest.fillna(1))
    ordered = rows[(named != "") & rows["number"].notna()].sort_values("bare", kind="stable")
    grouped = ordered.groupby(["case", "number"], sort=False)
    first = grouped["bare"].transform(lambda group: group.index[0]).astype(int)
    turn = grouped.cumcount().where(joins[ordered.index], 0)
    into, turns = np.arange(len(rows)), np.zeros(len(rows), int)
    into[ordered.index], turns[ordered.index] = first, turn
    return into, turns


def _filled(
    cells: pd.DataFrame, flat: Flat, heading: str, pairs: list[tuple[np.ndarray, np.ndarray]], apart: bool, case: str
) -> list[dict]:
    """Move the cells of further rows into the first where that has none; the faults of those that differ.

    pairs: the places of further rows, and of the first of each; apart: what differs stays where it is.
    """
    column, said_in, faults = cells[heading].to_numpy(object).copy(), flat.at_row.copy(), []
    for base, into in pairs:
        first_cells, told = column[into], column[base]
        said_in[into] = np.where((first_cells == "") & (told != ""), flat.at_row[base], said_in[into])
        differing = (first_cells != "") & (told != "") & (first_cells != told)
        column[into], column[base] = (
            np.where(first_cells == "", told, first_cells),
            np.where(differing & apart, told, ""),
        )
        faults += [
            fault("", flat.place, f"says otherwise than row {said_in[into[each]]} of this patient", CURE)
            | {"row": int(flat.at_row[base[each]]), "case_id": flat.cells[case].iloc[base[each]]}
            | {"column": heading, "value": told[each][:60]}
            for each in np.flatnonzero(differing & (not apart))
        ]
    cells[heading] = column
    return faults


def _told_apart(case: pd.Series, episode: Texts, named: Texts) -> Texts:
    """The names of the visits, numbered where a patient has one several times for an exposure."""
    names = pd.Series(np.where(named == "", "patient", named), dtype=object)
    again = names.groupby([case.to_numpy(object), episode, names]).cumcount()
    return np.where(again == 0, names, names + "_" + (again + 1).astype(str)).astype(object)


def faults_of_keys(row: Row, by_target: dict[str, str]) -> list[dict]:
    """What is wrong with the numbers of patients and exposures; by_target: headings."""
    again = np.zeros(len(row), bool)
    if row.several:
        again = pd.DataFrame({"case": row.case, "episode": row.episode, "beside": row.beside}).duplicated().to_numpy()
        again = again & (row.case != "")
    numbered = next((target for target in ("episode", "visit") if target in by_target), "")
    cure = (
        f"Say which exposure each row of a patient tells of, in the column of the target `{numbered}`."
        if numbered
        else "Give the column that numbers them the target `episode`, or each patient a number of its own; "
        "another drug of the patient belongs in a column `concomitants`."
    )
    what = "the patient has this episode already" if numbered else "the patient has a row already"
    faults = [row.fault(at, by_target["case"], row.case[at], what, cure) for at in np.flatnonzero(again).tolist()]
    if not numbered:
        return faults
    numbers = [text for text in pd.unique(row.episode) if text.isascii() and text.isdigit() and text.strip("0")]
    strange = np.flatnonzero(~pd.Series(row.episode).isin(numbers)).tolist()
    what, cure = "not the number of an episode", "Number them 1, 2, ... in order of time."
    return faults + [row.fault(at, by_target.get("episode", ""), row.episode[at], what, cure) for at in strange]


def without_source(row: Row, heading: str, blank: np.ndarray) -> list[dict]:
    """Rows without a source among rows with one: in print it often stands in the first of several rows only."""
    if not heading or blank.all():
        return []
    what, cure = "a row without its source, among rows with one", "Fill it in; in print it may stand in the row above."
    return [row.fault(at, heading, "", what, cure) for at in np.flatnonzero(blank).tolist()]
