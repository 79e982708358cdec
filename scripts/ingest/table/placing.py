"""Columns of a flat table to rows of the reported tables: which slot a target goes into, and what each slot adds.

| slot                                        | is there where                                                  |
|---------------------------------------------|-----------------------------------------------------------------|
| `cases`, `courses`, `event`                 | always; the event where a column `occurred` says yes or no, and |
|                                             | without one in the first exposure, later where anything is told |
| `imaging`: the event again, with its own end | a radiological end beside a clinical one                        |
| a sign, a test, a list's entry              | its cell holds a value; a stated absence is a row too           |
| `death`                                     | a column says yes, or tells a time or a cause; no is the        |
|                                             | criterion death of the event: no                                |
| any of these but tests and lists            | the row is the first of its exposure (`Row.first`)              |
| `again`: course 2; `recurrence` in it       | a column says re-exposed, a gap, or what happened then          |
"""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE
from schemas.map_column import TARGETS
from scripts.ingest.table.columns_read import ColumnRead
from scripts.ingest.table.parts import where
from scripts.ingest.table.slots import FIRST, OF_THE_ROW, Row, Slot

AGAIN = "2"
SIGN_ROLES = {"sign": "symptom", "first_symptom": "symptom", "sentinel_sign": "sentinel_sign"}
UNNAMED = "first symptom, not named"
AUTHORS = "authors"
EVERY_ROW = "every row"
"""The heading of what the map says of all rows."""
UNSTATED = "not_stated"


def slots(row: Row, reads: list[ColumnRead]) -> dict[str, Slot]:
    """All slots of a table by name; columns of lists and notes are no slots."""
    named_slots = {
        "cases": Slot("cases", {}, np.ones(len(row), bool)),
        "courses": Slot("courses", {}, np.ones(len(row), bool)),
        "event": Slot("reactions", {}, np.ones(len(row), bool)),
    }
    for read in reads:
        target = TARGETS[read.column.target]
        if target["kind"] in ("list", "note"):
            continue
        slot_key = slot_name(read)
        heading = "" if slot_key in OF_THE_ROW else read.heading
        named_slots.setdefault(slot_key, Slot(target["table"], {}, np.zeros(len(row), bool), heading=heading)).take(
            read
        )
    _cases(named_slots["cases"])
    _courses(named_slots, row)
    _event(named_slots, row)
    _signs(named_slots, row, reads)
    _rest(named_slots, row, reads)
    _origins(named_slots)
    for slot_key, slot in named_slots.items():
        slot.there = slot.there if row.alone or slot_key.startswith("test: ") else slot.there & row.first
    return named_slots


def slot_name(read: ColumnRead) -> str:
    """The slot that a column goes into."""
    target = TARGETS[read.column.target]
    if read.column.kind in ("sign", "test"):
        return f"{target['row']}: {_name_of(read)}"
    if read.column.target == "causality":
        return f"causality: {read.column.method or read.heading}; {read.column.assessor or AUTHORS}"
    return target["row"] or target["table"]


def _name_of(read: ColumnRead) -> str:
    return read.column.name or read.heading


def value(slot: Slot, column: str) -> np.ndarray:
    """Where a cell of the slot holds a value."""
    cells = slot.cells.get(column, "")
    if isinstance(cells, str):
        return np.full(len(slot.there), cells not in NO_VALUE)
    return ~pd.Series(cells).isin(NO_VALUE).to_numpy()


def timed(slot: Slot, prefix: str) -> np.ndarray:
    """Where a time of the slot is given: a date, or a bound."""
    told = [read.value for column, read in slot.printed if column == prefix]
    return np.logical_or.reduce(told) if told else np.zeros(len(slot.there), bool)


def _numbered(base_name: str, row: Row) -> str | np.ndarray:
    """A name that is one of its own in every episode of a case, and in every further row of it."""
    if row.alone:
        return base_name
    episode_name = np.where(row.episode == FIRST, base_name, base_name + "_" + row.episode).astype(object)
    return np.where(row.first, episode_name, episode_name + "_" + row.beside).astype(object)


def _cases(cases: Slot) -> None:
    cases.default(identity="identified")


def _courses(slots: dict[str, Slot], row: Row) -> None:
    courses = slots["courses"]
    courses.cells["course"] = row.episode
    courses.default(role="suspect", substance=courses.cell("drug"))
    if dose := slots.get("dose"):
        dose.there = np.logical_or.reduce([dose.there, *(dose.cell(column) != "" for column in dose.cells)])
        dose.default(course=row.episode, dose=FIRST)
    if again := slots.get("again"):
        recurrence = slots.get("recurrence")
        told = np.isin(recurrence.cell("occurred"), ["yes", "no"]) if recurrence else np.zeros(len(row), bool)
        onset = timed(recurrence, "onset") if recurrence else told
        reexposed = again.cell("reexposed")
        again.cells.pop("reexposed", None)
        again.there = (reexposed == "yes") | value(again, "gap_lower") | value(again, "gap_upper") | told | onset
        again.printed = [each for each in again.printed if each[0] != "reexposed"]
        again.default(
            course=AGAIN,
            role="suspect",
            drug=courses.cells.get("drug", ""),
            substance=courses.cells.get("substance", ""),
        )
        _not_again(slots, row, reexposed)


def _not_again(slots: dict[str, Slot], row: Row, answered: np.ndarray) -> None:
    """Said not to have been given again: the code for it, where no column of codes says more."""
    if (answered == "no").any():
        judged = slots.setdefault("challenge", Slot("assessments", {}, np.zeros(len(row), bool)))
        judged.default(rechallenge=where(answered == "no", "not_rechallenged"))


def _event(slots: dict[str, Slot], row: Row) -> None:
    event = slots["event"]
    event.cells["reaction"] = _numbered("event", row)
    says_occurred = any(column == "occurred" for column, _ in event.printed)
    event.default(course=row.episode, role="event", **({} if says_occurred else {"occurred": _seen(event, row)}))
    event.there = np.isin(event.cell("occurred"), ["yes", "no"]) & row.first
    if any(column.startswith("end_") for column in event.cells):
        ended = timed(event, "end")
        event.default(end_basis=where(ended, "clinical"))
    if imaging := slots.pop("imaging", None):
        _imaging(slots, event, imaging, row)
    if recurrence := slots.get("recurrence"):
        onset = timed(recurrence, "onset")
        recurrence.default(occurred=where(onset, "yes"))
        recurrence.there = np.isin(recurrence.cell("occurred"), ["yes", "no"])
        recurrence.default(reaction=f"event_{AGAIN}", course=AGAIN, role="event", term=event.cell("term"))


def _seen(event: Slot, row: Row) -> str | np.ndarray:
    """That the event occurred, where no column says so: in the first exposure, and later where the row tells anything of it."""
    if row.alone:
        return "yes"
    values_told = [read.value for _, read in event.printed if read.heading != EVERY_ROW]
    return where(np.logical_or.reduce([row.episode == FIRST, *values_told]), "yes")


def _imaging(slots: dict[str, Slot], event: Slot, imaging: Slot, row: Row) -> None:
    """The radiological end: on the event's own row, or where that has a clinical end on a second one."""
    ended = timed(imaging, "end")
    imaging.default(end_basis=where(ended, "radiological"))
    if not any(column.startswith("end_") for column in event.cells):
        event.cells |= imaging.cells
        event.printed += imaging.printed
        return
    imaging.cells = {
        column: cells for column, cells in event.cells.items() if not column.startswith("end_")
    } | imaging.cells
    imaging.cells["reaction"] = _numbered("event_imaging", row)
    imaging.there = ended & event.there
    slots["imaging"] = imaging


def _signs(slots: dict[str, Slot], row: Row, reads: list[ColumnRead]) -> None:
    for read in reads:
        if read.column.target not in SIGN_ROLES:
            continue
        slot = slots[slot_name(read)]
        first = read.column.target == "first_symptom"
        sign_name = UNNAMED if first else _name_of(read)
        slot.cells.pop("reason", None)
        if first:
            slot.default(occurred=where(read.value, "yes"), onset_order="first")
        slot.there = np.isin(slot.cell("occurred"), ["yes", "no"])
        slot.cells["reaction"] = _numbered("first_symptom" if first else sign_name, row)
        slot.default(
            course=row.episode, term=sign_name, role=SIGN_ROLES[read.column.target], onset_order=read.column.order
        )


def _rest(slots: dict[str, Slot], row: Row, reads: list[ColumnRead]) -> None:
    event = where(slots["event"].there, slots["event"].cells["reaction"])
    substance = slots["courses"].cell("substance")
    for read in reads:
        slot = slots.get(slot_name(read))
        if slot is None:
            continue
        if read.column.kind == "test":
            slot.there = read["value"] != ""
            slot.default(result=_numbered(_name_of(read), row), test=_name_of(read), course=row.episode)
            slot.default(reference_as_printed=_reference(read))
            slot.default(unit_as_printed=where(read.value, read.column.unit))
        elif read.column.target == "diagnosis":
            slot.there = read.value
            slot.default(
                result=_numbered("diagnosis", row), test="diagnosis", course=row.episode, reading="shows_event"
            )
        elif read.column.target == "smoking":
            slot.there = slot.cell("term") != ""
            slot.default(item="smoking", kind="smoking")
        elif read.column.target == "causality":
            slot.there = slot.cell("result") != ""
            slot.default(method=read.column.method or read.heading, assessor=read.column.assessor or AUTHORS)
            slot.default(reaction=event, drug=substance, course=row.episode)
    if judged := slots.get("challenge"):
        judged.there = (judged.cell("dechallenge") != "") | (judged.cell("rechallenge") != "")
        judged.default(method="not_stated", assessor=AUTHORS, reaction=event, drug=substance)
    if death := slots.get("death"):
        died = death.cell("died")
        death.cells.pop("died", None)
        death.printed = [each for each in death.printed if each[0] != "died"]
        told = timed(death, "time") | (value(death, "cause") & (died != "no"))
        death.there = (died == "yes") | told
        slots["event"].default(death=where((died == "no") & ~told, "no"))


def _reference(read: ColumnRead) -> np.ndarray:
    """The reference range of every result; with the unit of its column where the result has a unit of its own."""
    column = read.column
    whole = column.reference if any(map(str.isalpha, column.reference)) else f"{column.reference} {column.unit}".strip()
    other = where(read["unit_as_printed"] != "", whole if column.reference else "")
    return np.where(other != "", other, where(read.value, column.reference)).astype(object)


def _origins(slots: dict[str, Slot]) -> None:
    """`onset` as an origin is the onset of the event of the same row; where the row tells of no event, it is not stated."""
    event = slots["event"].cells["reaction"]
    named = np.where(slots["event"].there, "onset:" + event, UNSTATED).astype(object)
    for slot in slots.values():
        if not any(read.column.counted_from == "onset" for _, read in slot.printed):
            continue
        for column in [column for column in slot.cells if column.endswith("_origin")]:
            if (at := np.equal(slot.cell(column), "onset").astype(bool)).any():
                slot.cells[column] = np.where(at, named, slot.cells[column])
