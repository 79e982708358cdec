"""Checks of reported tables. Rules flag; they never repair.

In come reported tables and the series profile; out come findings (row, rule, severity, why, cure) and the candidate
pairs. `contracts` hold for every series, `rules` are clinical, `pairs` looks for records that may be one patient.
What a rule is called, how grave it is and what cures it stands in the code list `rules`. The rule: rules meet complete
tables, in which every table and column is there, blank where nothing was given.
"""

import importlib
from collections.abc import Set
from pathlib import Path

import numpy as np
import pandas as pd

from schemas.findings import COLUMNS, withholdable
from schemas.profile import Drug, Event, Profile
from schemas.reported import TABLES
from scripts.clock.day_zero import with_scales_of_day_zero
from scripts.commands.progress import counted, stages
from scripts.records import corrections
from scripts.validate import after_death, clock, impossible_dates, usable_elsewhere
from scripts.validate.contracts import keys, table_contracts
from scripts.validate.flags import flag, together
from scripts.validate.pairs import alike, duplicates

UNKNOWN = Profile(title="", drug=Drug(name="", substances=[]), event=Event(name="", terms=[]), groups={})
"""Of a series whose profile is not given."""
SEVERITIES = ("contract", "error", "warning", "information")


def check(
    tables: dict[str, pd.DataFrame], profile: Profile | None, unread: Set[str] = frozenset(), data_lock: str = ""
) -> pd.DataFrame:
    """All findings of a series at once; see `examine`. Columns are judged too."""
    return together([table_contracts.columns(tables), examine(tables, profile, unread, data_lock)[0]])


def examine(
    tables: dict[str, pd.DataFrame],
    profile: Profile | None,
    unread: Set[str] = frozenset(),
    data_lock: str = "",
    clock_asked: str = "first_dose",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings, and the candidate pairs of records that may be one patient (scripts.validate.pairs.duplicates).

    A fault does not hide others: a cell that breaks its contract is left out of the later rules, and so is a table that
    lacks a column which must be filled in. Nothing is said of references into such a table, nor into one of which a
    reader could not read every row (`unread`). Corrections are applied first: a corrected cell is judged by its new
    value. Without a profile the rules know no drug, event, analyte or schedule, and find what can be found without.
    data_lock: the last day of the series; a date that cannot be is left out of the later rules like a broken cell.
    clock_asked: the clock that the series is counted on; what it can use is told for the other clocks, and warns of nothing.
    """
    profile, done = profile or UNKNOWN, stages("validate")
    unsound = {table_name for table_name, table in tables.items() if not table_contracts.has_keys(table, table_name)}
    corrected, _, refused = corrections.apply(table_contracts.complete(tables))
    broken = table_contracts.find(corrected, tables, unread)
    sound = without(corrected, broken) | {table_name: corrected[table_name].iloc[:0] for table_name in unsound}
    done("contracts")
    pairs = duplicates.candidates(sound, profile)
    done("records that may be one patient")
    parts = [broken, _refused(refused), keys.find(sound, unsound | unread), alike.find(sound, pairs)]
    done("keys")
    sound = with_scales_of_day_zero(sound)
    impossible = impossible_dates.find(sound, data_lock)
    sound = without(sound, impossible_dates.errors(impossible))
    done("dates")
    late = after_death.late_rows(sound)
    parts += [impossible, after_death.find(sound, late)]
    sound = after_death.without_times(sound, late)
    sound = clock.with_courses(sound, profile.drug.substances)
    parts += [rule.find(sound, profile) for rule in counted(every_rule(), "validate: rules")]
    return usable_elsewhere.of_clock(together(parts), clock_asked), pairs


def _refused(refused: pd.DataFrame) -> pd.DataFrame:
    """Corrections that cannot be applied; of those that stand twice the keys of the table speak."""
    refused = refused[refused["what"] != corrections.TWICE]
    what = refused["what"] + ": " + corrections.place(refused)
    return flag("corrections", refused, "correction", "from", what, value=corrections.short(refused["from"]))


def without(tables: dict[str, pd.DataFrame], broken: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables with broken cells blank, and without rows whose key is broken."""
    kept = dict(tables)
    for table_name, faults in broken[broken["row"] > 0].groupby("table", sort=False):
        table, key = tables[table_name], TABLES[table_name].metadata["key"]
        places = pd.MultiIndex.from_frame(table[["at_file", "at_row"]])
        changed = {}
        lost = pd.Series(False, index=table.index)
        for column, cells in faults.groupby("column", sort=False):
            hit = places.isin(pd.MultiIndex.from_frame(cells[["file", "row"]]))
            if column in key:
                lost |= hit
            else:
                changed[column] = table[column].mask(hit, "")
        kept[table_name] = table.assign(**changed)[~lost].reset_index(drop=True)
    return kept


def _of_contract(broken: pd.DataFrame, asked: str | None, received: Set[str]) -> pd.Series:
    """What each broken contract does: as asked, or else by where its case comes from.

    Of a received record a date that is none is withheld, as one that cannot be (Q38): the rest of the record stands.
    """
    asked_all = pd.Series(asked == "exclude_record", index=broken.index) & (broken["case_id"] != "")
    apart = asked_all if asked else broken["case_id"].isin(received)
    action = apart.map({True: "exclude_record", False: "stop"}).astype(object)
    dates = apart & (broken["rule"] == "date") & withholdable(broken)
    return action if asked else action.mask(dates, "withhold_value")


def every_rule() -> list:
    """The rule modules of the folders of `rules`, in the order of their names."""
    files = sorted((Path(__file__).parent / "rules").glob("*/rule_*.py"), key=lambda file: file.stem)
    return [importlib.import_module(f"scripts.validate.rules.{file.parent.name}.{file.stem}") for file in files]


def decide(findings: pd.DataFrame, policy: dict[str, str], received: Set[str] = frozenset()) -> pd.DataFrame:
    """Order the findings, number them F1, F2, ... and give each the action of its severity.

    received: cases of messages and extracts, whose record is set aside where it breaks its contract, but for a date, which
    is withheld; without a rule for `contract` in the policy all others stop the run. What breaks the contract and names no case stops it in any case.

    The numbers do not depend on where rows stand: place counts last. Where there is no cell to withhold, or no case to exclude, the finding marks: `warn`.
    """
    rank = {severity: position for position, severity in enumerate(SEVERITIES)}
    names = ("table", "case_id", "column", "rule", "what", "value", "file", "key")
    keys = [pd.factorize(findings[column], sort=True)[0] for column in names]
    order = np.lexsort((findings["row"], *reversed(keys), findings["severity"].map(rank)))
    ordered = findings.iloc[order]
    action = ordered["severity"].map(policy)
    broken = ordered["severity"] == "contract"
    action = action.mask(broken, _of_contract(ordered[broken], policy.get("contract"), received))
    vain = (action == "withhold_value") & ~withholdable(ordered) | (action == "exclude_case") & (
        ordered["case_id"] == ""
    )
    numbered = ordered.assign(
        finding=[f"F{number}" for number in range(1, len(ordered) + 1)], action=action.mask(vain, "warn")
    )
    return numbered[list(COLUMNS)].reset_index(drop=True)
