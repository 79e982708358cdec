"""All times of a series in one table, for the main set, for the sets in which members replace anonymous rows, and the own
times of the members.

The index episode has every endpoint; a further episode has its onsets and resolutions, marked as not of the index.
"""

import numpy as np
import pandas as pd

from schemas.config import Analysis
from schemas.derived_course import TIMES
from schemas.endpoints import UNSTATED
from scripts.clock.intervals import calendar
from scripts.derive.endpoints.both_readings import both_readings
from scripts.derive.endpoints.deaths import deaths
from scripts.derive.endpoints.onset import onsets
from scripts.derive.endpoints.resolution import complements, resolutions
from scripts.derive.endpoints.shown_units import shown_in
from scripts.derive.use import Use
from scripts.records.events import is_event, is_fatal
from scripts.records.uses import through_mother

LATER = ("set", "shown_in", "as_reported", "unusable_because")
"""Columns that are known once the times are."""
PLACE = ["case_id", "endpoint", "clock", "of_index", "episode", "state"]
"""Columns that decide which rows a set has."""


def every_time(
    tables: dict[str, pd.DataFrame],
    index: Use,
    others: list[Use],
    dead: set[str],
    use_assumed: bool,
    held: set[tuple[str, str]],
) -> pd.DataFrame:
    """The times of every case on its own, members counted inside an aggregate too: the columns of `times` but `LATER`.

    index: of every case. others: of further episodes, `frame` with `episode`. dead: cases that died, of whatever cause.
    use_assumed: as of `onsets`. held: case and endpoint of times that a finding withholds: reported, not usable, where
    nothing else is known.
    """
    marks, assessments = tables["provenance"], tables["assessments"]
    reported, children = _last_known(tables["reports"], tables["deaths"]), _exposed_through_mother(tables["doses"])
    died = deaths(index, tables["deaths"], dead)
    seen_by = _deaths_of_the_event(died, tables, index)
    related = set(tables["deaths"].loc[tables["deaths"]["relatedness"] == "related", "case_id"])
    parts = []
    for drug_use in (index, *others):
        known = [
            onsets(
                drug_use, assessments, marks, use_assumed, children, seen_by if drug_use is index else seen_by.iloc[:0]
            ),
            resolutions(drug_use, died if drug_use is index else died.iloc[:0], related, marks, reported),
        ]
        named = drug_use.frame.set_index("case_id")["episode"]
        both = pd.concat(known, ignore_index=True)
        parts.append(both.assign(of_index="yes" if drug_use is index else "no", episode=both["case_id"].map(named)))
    rows = pd.concat([*parts, died], ignore_index=True)
    rows = both_readings(_filled(rows, tables, index.frame), [drug_use.frame for drug_use in (index, *others)])
    keys = pd.MultiIndex.from_frame(rows[["case_id", "endpoint"]])
    silent = keys.isin(held) & (rows["state"] == "unknown")
    rows["state"] = rows["state"].mask(silent, "not_usable")
    rows = rows[~(silent & (rows["clock"] == UNSTATED))].reset_index(
        drop=True
    )  # such a time is told on the other clocks
    rows["complement_lower"] = _complement(rows, tables, index.frame)
    return rows[[column for column in TIMES.columns if column not in LATER]]


def _last_known(reports: pd.DataFrame, deaths: pd.DataFrame) -> pd.Series:
    """By case: the last day on which its latest information, else its report, may have come in; of who died before that
    the last day on which they may have died."""
    days = calendar(reports["latest_information"])["last"].fillna(calendar(reports["received"])["last"])
    last = days.groupby(reports["case_id"]).max().dropna()
    died = calendar(deaths["time_date"])["last"].groupby(deaths["case_id"]).max().dropna()
    return pd.concat([last, died[np.isfinite(died)]]).groupby(level=0).min()


def _deaths_of_the_event(died: pd.DataFrame, tables: dict[str, pd.DataFrame], index: Use) -> pd.DataFrame:
    """Deaths at a known time from the first dose, by case, of patients whose event was fatal or looked for at autopsy."""
    event, rows = index.reactions[is_event(index.reactions)], tables["deaths"]
    fatal = event.loc[is_fatal(event), "case_id"]
    told = rows.loc[(rows["autopsy"] == "yes") | (rows["relatedness"] == "related"), "case_id"]
    timed_deaths = died[(died["clock"] == "first_dose") & (died["state"] == "died")]
    timed_deaths = timed_deaths[
        timed_deaths["case_id"].isin(fatal)
        | (timed_deaths["case_id"].isin(told) & timed_deaths["case_id"].isin(event["case_id"]))
    ]
    return timed_deaths.set_index("case_id").assign(approximate="")


def _exposed_through_mother(doses: pd.DataFrame) -> set[str]:
    """Cases with a dose of the drug that reached them through the placenta, the amnion or the milk."""
    return set(doses.loc[(doses["exposure"] != "") & through_mother(doses), "case_id"])


def of_sets(rows: pd.DataFrame, membership: pd.DataFrame, declared: Analysis) -> pd.DataFrame:
    """The table `times` (schemas.derived_course): the times of the cases of each set, the main one first; last those that the
    cases counted inside a group have themselves. So every case has its own times once, and what stands in another set is
    asked of sets alone.

    declared: the units that the config chooses, and the clock of its onsets.
    """
    rows = rows.assign(shown_in=shown_in(rows, dict(declared.units.items()), declared.clock), set="")
    places = rows[PLACE].assign(at=range(len(rows)))
    placed = pd.concat([_in_set(places, part) for _, part in membership.groupby("set", sort=False)], ignore_index=True)
    rows = rows[list(TIMES.columns)]
    rows = rows.take(placed["at"]).reset_index(drop=True)
    return TIMES.validate(rows.assign(set=placed["set"], case_id=placed["case_id"]), inplace=True)


def _filled(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], index: pd.DataFrame) -> pd.DataFrame:
    # neither after nor before any day: nothing is known of such a time
    known = rows["lower"].notna() & ((rows["lower"] > 0) | np.isfinite(rows["upper"])) & ~np.isneginf(rows["lower"])
    rows[["lower", "upper"]] = rows[["lower", "upper"]].where(known)
    rows["state"] = rows["state"].fillna(pd.Series(np.where(known, "observed", "unknown"), index=rows.index))
    rows[["lower", "upper"]] = rows[["lower", "upper"]].fillna({"lower": 0.0, "upper": np.inf})
    rows["source_id"] = rows["source_id"].fillna(rows["case_id"].map(tables["cases"].set_index("case_id")["source_id"]))
    rows["group"] = rows["case_id"].map(index.set_index("case_id")["group"])
    told = rows["grain"].notna() & np.isfinite(rows["upper"].where(rows["lower"] == 0, 0.0))
    rows[["grain", "unit"]] = rows[["grain", "unit"]].where(told)
    texts = ("origin", "clock", "status", "approximate", "source_id", "episode", "grain", "unit")
    return rows.fillna(dict.fromkeys(texts, "") | {"of_index": "yes"})


def _complement(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], index: pd.DataFrame) -> pd.Series:
    aggregates = tables["cases"].set_index("case_id")["aggregate_id"]
    time_limits = complements(tables["statements"], index.assign(aggregate_id=index["case_id"].map(aggregates)))
    pairs = zip(rows["case_id"], rows["endpoint"], rows["state"], strict=True)
    limits = [time_limits.get((case, end), np.nan) if state == "unknown" else np.nan for case, end, state in pairs]
    return pd.Series(limits, index=rows.index, dtype=float)


def _in_set(rows: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """`PLACE`, `at` and `set` of the rows of one set; a time the member does not know is the replaced row's."""
    set_name = part["set"].iloc[0]
    set_rows = rows[rows["case_id"].isin(part["case_id"])]
    swaps = part.loc[part["replaces"] != "", ["case_id", "replaces"]]
    if not len(swaps):
        return set_rows.assign(set=set_name)
    replaced = rows.merge(swaps.rename(columns={"case_id": "member", "replaces": "case_id"}), on="case_id")
    replaced = replaced[replaced["endpoint"] != "death"].assign(case_id=replaced["member"]).drop(columns="member")
    set_rows = set_rows[~(set_rows["case_id"].isin(swaps["case_id"]) & set_rows["state"].eq("unknown"))]
    filled = pd.concat([set_rows, replaced], ignore_index=True)
    # A resolution has one row whatever its origin; an onset has one per clock.
    slot = filled["clock"].mask(filled["endpoint"].str.endswith("resolution"), "")
    first = ~pd.concat([filled[["case_id", "endpoint", "of_index", "episode"]], slot], axis=1).duplicated()
    return filled[first].assign(set=set_name)
