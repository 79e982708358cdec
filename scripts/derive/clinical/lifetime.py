"""Whether the patient is alive, and what may still be evidence (definitions: whether-alive).

What begins surely after the death is shown in the listing and is evidence of nothing: no exposure, no episode, no test
that looked for the event, no sign of life.
"""

from collections.abc import Callable

import pandas as pd

from schemas.codes import DEAD
from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Row
from scripts.derive.rows_of_cases import cell, joined
from scripts.records.after_death import after_death
from scripts.records.events import ENDED, GOING_ON, is_fatal, telling_of_death

SEEN_ALIVE = (*ENDED, *GOING_ON)


def before_death(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables without rows that begin surely after the patient's death, and without those of a course that does."""
    if not len(tables["deaths"]):
        return tables
    kept = {table_name: tables[table_name][~late] for table_name, late in after_death(tables).items()}
    lost = pd.MultiIndex.from_frame(tables["courses"].drop(kept["courses"].index)[["case_id", "course"]])
    for table_name in ("doses", "reactions", "tests"):
        rows = kept[table_name]
        kept[table_name] = rows[~pd.MultiIndex.from_frame(rows[["case_id", "course"]]).isin(lost)]
    return {**tables, **kept}


def deaths_told(tables: dict[str, pd.DataFrame]) -> dict[str, list[str]]:
    """case -> the cells that tell of a death, of whatever cause; cases that are not among them are not told to have died."""
    cells_by_case: dict[str, list[str]] = {}
    for table, part in telling_of_death(tables).items():
        for row in plain_rows(part):
            cells_by_case.setdefault(row["case_id"], []).append(TELLS[table](row))
    return cells_by_case


TELLS: dict[str, Callable[[Row], str]] = {
    "deaths": lambda row: cell("deaths", row, "case_id"),
    "reports": lambda row: cell("reports", row, "serious_death"),
    "reactions": lambda row: cell("reactions", row, "outcome" if row["outcome"] == "fatal" else "death", "reaction"),
}
"""The cell of a row that tells of a death."""


def vital(
    told: list[str], deaths: list[Row], reactions: list[Row], episodes: list[Row], patient: Row, later: list[str]
) -> tuple[str, str]:
    """`vital` and its basis for one case; the first that applies.

    told: the cells that tell of a death. reactions: those that occurred. later: cells that show the patient in a later exposure, typed or dated, or seen later.

        any death, fatal outcome or criterion of death    died ...
        ... of the event: related, or the event fatal     died_of_event
        ... of another cause: unrelated, or another       died_other
            reaction fatal while every episode has a stated non-fatal outcome
        ... nobody says                                   died_relation_not_stated
        an outcome that a living patient has, discharged, a later course or finding    alive
        nothing                                           unknown
    """
    if told:
        return _kind_of_death(deaths, episodes, [row for row in reactions if is_fatal(row)]), joined(told)
    alive = _signs_of_life(reactions, patient) + later
    return ("alive", joined(alive)) if alive else ("unknown", "")


def is_told(reaction: Row) -> bool:
    """Whether it occurred; a death is told of also where nobody says whether the reaction did."""
    return reaction["occurred"] == "yes" or (reaction["occurred"] != "no" and is_fatal(reaction))


def _kind_of_death(deaths: list[Row], episodes: list[Row], fatal: list[Row]) -> str:
    related = {row["relatedness"] for row in deaths}
    if "related" in related or any(row["role"] == "event" for row in fatal):
        return "died_of_event"
    stated = bool(episodes) and all(episode["outcome"] in SEEN_ALIVE for episode in episodes)
    if "unrelated" in related or (fatal and stated):
        return "died_other"
    return "died_relation_not_stated"


def _signs_of_life(reactions: list[Row], patient: Row) -> list[str]:
    events = [row for row in reactions if row["role"] == "event" and row["outcome"] in SEEN_ALIVE]
    cells = [cell("reactions", row, "outcome", "reaction") for row in events]
    if patient.get("discharged_alive") == "yes":
        cells.append("cases.discharged_alive")
    return cells


def survived(state: str, episode: Row | None, patient: Row, later: list[str], *, elsewhere: bool) -> tuple[str, str]:
    """Whether the patient survived the index episode, and the cells that say so.

    yes      the episode ended, the patient was discharged alive, or was exposed again after it
    no       it was fatal, or the patient died with it unresolved, or of the event whatever else is told
    unknown  otherwise; neither a code nor `not recovered` proves survival

    elsewhere: a patient who died of the event may have died of another episode than this one.
    """
    outcome_cells = [f"reactions[{key}].outcome" for key in episode["reactions"].split("; ")] if episode else []
    if episode is not None and episode["fatal"] == "yes":
        return "no", joined(outcome_cells)
    good = outcome_cells if episode is not None and episode["ended"] == "yes" else []
    good = good + (["cases.discharged_alive"] if patient.get("discharged_alive") == "yes" else []) + later
    if state == "died_of_event" and not (good and elsewhere):
        return "no", "deaths.relatedness"
    if good:
        return "yes", joined(good)
    if state in DEAD and episode is not None and episode["outcome"] in GOING_ON:
        return "no", joined(outcome_cells)
    return "unknown", ""
