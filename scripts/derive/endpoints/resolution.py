"""Resolution of the event, clinical and radiological, each from the origin its source names (definitions:
resolution)."""

import numpy as np
import pandas as pd

from schemas.endpoints import OVER_STATES, RESOLUTIONS
from schemas.fields import stated
from scripts.clock.intervals import DAY, DOSES, between_events, calendar, counts_of_days, elapsed, numbers
from scripts.derive.endpoints.deaths import ONSET
from scripts.derive.provenance import approximate, statuses
from scripts.derive.signs import on_first_dose
from scripts.derive.use import Use
from scripts.records.events import END_NOT_KNOWN, ENDED, GOING_ON, is_event, is_fatal, is_open

GRAVEST = ("not_resolved", "not_usable", "unknown", "sequelae", "observed")
"""Of several terms of one event the first of these states that one has is the event's."""
NO_END = pd.DataFrame(
    columns=["lower", "upper", "origin", "grain", "unit", "clock", "status", "approximate", "source_id", "state"],
    dtype=object,
).astype({"lower": float, "upper": float})
"""Ends of no case: most series know one of the two kinds only."""


def resolutions(
    use: Use, deaths: pd.DataFrame, related: set[str], marks: pd.DataFrame, last_report: pd.Series
) -> pd.DataFrame:
    """One row per case and kind of resolution: lower, upper, state, clock, origin, status.

    deaths: rows of those who died, of whatever cause (scripts.derive.endpoints.deaths). related: cases whose death is said to be
    related to the drug. last_report: by case, the day of the last
    report, by which an event that had ended without a time had ended. An end without a basis counts as clinical. An end
    with sequelae is a state of its own at its time; an end beside `recovering` or `not_recovered` is the last look, one
    beside `unknown` cannot be used. A death before resolution is a state of its own at its own time, from the origin that
    its source names or from the onset; (0, inf] where that is not known. Only who died of the event, or is said not to have
    recovered, is known to have died before it: of any other death it is not known.
    """
    reactions = use.reactions
    event = reactions[is_event(reactions)]
    perhaps = reactions[(reactions["role"] == "event") & is_open(reactions)]
    parts = [
        _open_by(_of_basis(event, use, basis, marks, last_report), _of_basis(perhaps, use, basis, marks, last_report))
        for basis in ("radiological", "clinical")
    ]
    rows = pd.concat(parts, ignore_index=True)
    known = rows["lower"].notna() & ((rows["lower"] > 0) | np.isfinite(rows["upper"]))
    fatal = event.loc[is_fatal(event), "case_id"]
    of_event = rows["case_id"].isin({*related, *fatal})
    unresolved = rows["state"].eq("not_resolved") | (of_event & ~rows["state"].isin(OVER_STATES))
    died = rows["case_id"].isin(deaths["case_id"]) & unresolved
    rows.loc[died, ["lower", "upper"]] = np.nan
    rows.loc[died, "approximate"] = ""
    rows = _dying(rows, died, deaths)
    silent = ~known & ~died & ~rows["state"].isin(["not_resolved", "sequelae", "not_usable"])
    state = rows["state"].mask(died, "died").mask(silent, "unknown")
    return rows.assign(state=state, lower=rows["lower"].fillna(0.0), upper=rows["upper"].fillna(np.inf))


def _open_by(ended: pd.DataFrame, perhaps: pd.DataFrame) -> pd.DataFrame:
    """The ends, one row per case; of terms of which nobody says whether they occurred one without an end leaves that of the
    event open, and a later end is its latest. perhaps: ends of these terms, in the same order."""
    over = ended["state"].isin(OVER_STATES) & perhaps["state"].notna()
    later = over & perhaps["state"].isin(OVER_STATES) & (perhaps["clock"] == ended["clock"]) & perhaps["upper"].notna()
    silent = over & ~later
    upper = ended["upper"].mask(later, np.fmax(ended["upper"], perhaps["upper"]))
    state = ended["state"].mask(silent, "unknown")
    return ended.assign(lower=ended["lower"].mask(silent), upper=upper.mask(silent), state=state)


def _dying(rows: pd.DataFrame, died: pd.Series, deaths: pd.DataFrame) -> pd.DataFrame:
    """The time of death in the rows of those who died unresolved, counted as the end of the event would be (`_ends`)."""
    known = deaths[(deaths["state"] == "died") & (deaths["told"] | (deaths["clock"] == ONSET))]
    rank = np.select([known["told"] & ~known["clock"].isin(DOSES), known["clock"] == ONSET], [0, 1], 2)
    known = known.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates("case_id").set_index("case_id")
    death_times = (
        known[["lower", "upper", "clock", "origin", "grain", "unit"]].reindex(rows["case_id"]).set_axis(rows.index)
    )
    timed = died & death_times["lower"].notna()
    return rows.assign(**{column: death_times[column].where(timed, rows[column]) for column in death_times})


def _of_basis(event: pd.DataFrame, use: Use, basis: str, marks: pd.DataFrame, last_report: pd.Series) -> pd.DataFrame:
    endpoint = f"{basis}_resolution"
    seen_by = event["end_basis"].where(event["end_basis"].isin(["clinical", "radiological"]), "clinical")
    basis_events = event[(seen_by == basis) & ~event["outcome"].isin(["fatal"])]
    cases = pd.Index(use.frame["case_id"], name="case_id")
    if not len(basis_events):
        return NO_END.reindex(cases).assign(endpoint=endpoint).reset_index()
    onset = on_first_dose(basis_events, "onset", use)
    begun = _days(basis_events, "onset", onset, use.start)
    times = _by_report(_ends(basis_events, use, onset, begun), basis_events, begun["first"], last_report)
    times = times.assign(
        case_id=basis_events["case_id"],
        status=statuses(basis_events, "reactions", "end", marks).mask(times["derived"], "derived"),
        approximate=approximate(basis_events, "reactions", "end", marks),
        source_id=basis_events["source_id"],
        state=_states(
            basis_events["outcome"], times["lower"].notna(), stated(basis_events["end_date"]) & begun["first"].isna()
        ),
    )
    ended = _of_all_terms(times)
    return ended.reindex(cases).assign(endpoint=endpoint).reset_index()


def _states(outcome: pd.Series, timed: pd.Series, dated: pd.Series) -> pd.Series:
    """What each event term says of its end; timed: whether it has a time. dated: whether a date, and the day of the onset
    is not known."""
    conditions = [
        outcome.isin(GOING_ON),
        outcome.isin(END_NOT_KNOWN) & timed,
        outcome.eq("recovered_with_sequelae"),
        dated & ~timed,
        outcome.eq("recovered") | timed,
    ]
    states = ["not_resolved", "not_usable", "sequelae", "not_usable", "observed"]
    return pd.Series(np.select(conditions, states, "unknown"), outcome.index)


def _of_all_terms(times: pd.DataFrame) -> pd.DataFrame:
    """One row per case: the event has ended when all its terms have, with sequelae where one has; none where one is not
    known to have ended; the last look where one had not."""
    graver = times["state"].map({state: rank for rank, state in enumerate(GRAVEST)})
    order = times.assign(graver=graver).sort_values(["graver", "upper"], ascending=[True, False], kind="stable")
    first = order.drop_duplicates("case_id").set_index("case_id")
    same = times["clock"] == times["case_id"].map(first["clock"])
    last = times[same].groupby("case_id")[["lower", "upper"]].max().reindex(first.index)
    silent = first["state"].isin(["not_usable", "unknown"])
    upper = last["upper"].mask(first["state"].eq("not_resolved"), np.inf).mask(silent)
    return first.assign(lower=last["lower"].mask(silent), upper=upper)


def _by_report(times: pd.DataFrame, events: pd.DataFrame, begun: pd.Series, last_report: pd.Series) -> pd.DataFrame:
    """Ends without a time of an event that had ended by the last report: after its onset and not after that."""
    apart = events["case_id"].map(last_report) - begun
    told = times["lower"].isna() & events["outcome"].isin(ENDED) & (apart > 0) & np.isfinite(apart)
    return _from_onset(times, told, 0.0, apart).assign(derived=told)


def _ends(events: pd.DataFrame, use: Use, onset: pd.DataFrame, begun: pd.DataFrame) -> pd.DataFrame:
    """End times with the kind of their origin: a role of the reaction they are counted from, or a named origin.

    onset: on the clock of the first dose; begun: its first and last possible calendar day.

    A date, or a time counted from a dose, says on which day or how long after the first dose the event ended: where that
    is known of the onset too, the time between the two counts. Between two events k days are the point k, so that the
    same ten days give one answer however they were typed.
    """
    times = elapsed(events, "end")
    roles = use.reactions.set_index(["case_id", "reaction"])["role"].to_dict()
    kinds = [
        _kind(origin, roles.get((case, origin.removeprefix("onset:")), ""))
        for case, origin in zip(events["case_id"], times["origin"], strict=True)
    ]
    times["clock"] = pd.Series(kinds, index=events.index, dtype=object)
    end = on_first_dose(events, "end", use)
    dosed = times["origin"].isin(DOSES) & end["lower"].notna()
    by_day = times["lower"].isna() | (dosed & (end["grain"] == DAY))
    by_date = between_events(begun, _days(events, "end", end, use.start))
    apart = _narrower(by_date, between_events(counts_of_days(onset, True), counts_of_days(end, True)))
    counted = by_day & apart["lower"].notna()
    times_by_day = _from_onset(times, counted, apart["lower"], apart["upper"])
    exact = dosed & ~by_day & np.isfinite(onset["upper"]) & (end["upper"] >= onset["lower"])
    lower, upper = (end["lower"] - onset["upper"]).clip(lower=0), end["upper"] - onset["lower"]
    since = _from_onset(times, exact, lower, upper).assign(grain=times["grain"], unit=times["unit"])
    return times_by_day.where(~exact, since, axis=0)


def _narrower(first: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Of two readings of the same days the one that says more: study days where the dates are known to the month only."""
    less = (other["upper"] - other["lower"]) < (first["upper"] - first["lower"])
    return first.where(first["lower"].notna() & ~less, other)


def _from_onset(times: pd.DataFrame, counted: pd.Series, lower: pd.Series | float, upper: pd.Series) -> pd.DataFrame:
    """The times; those of `counted` as so many days from the onset of the event."""
    told = {"lower": lower, "upper": upper, "origin": "onset", "clock": "event", "grain": DAY, "unit": "d"}
    return times.assign(**{column: times[column].mask(counted, value) for column, value in told.items()})


def _days(events: pd.DataFrame, prefix: str, counted: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """First and last possible calendar day of a time: its date, or its days counted from a first dose whose date is known."""
    dates = calendar(events[f"{prefix}_date"])
    began = start.reindex(events["case_id"]).set_axis(events.index)
    return dates.where(dates["first"].notna(), counts_of_days(counted, True) + began)


def _kind(origin: str, role: str) -> str:
    return role if origin.startswith("onset:") else origin


def complements(statements: pd.DataFrame, cases: pd.DataFrame) -> dict[tuple[str, str], float]:
    """(case, endpoint) -> t for members of an aggregate of which `n of N within t` is said with n < N.

    For a member whose own time is unknown the statement may mean `not by t` or `not known` (definitions:
    aggregate-statements).
    """
    time_limits = {}
    partial_statements = statements[
        statements["variable"].isin(RESOLUTIONS) & (numbers(statements["n"]) < numbers(statements["of"]))
    ]
    if not len(partial_statements):
        return {}
    limits = elapsed(
        partial_statements.assign(
            x_lower=partial_statements["lower"],
            x_upper=partial_statements["upper"],
            x_scale=partial_statements["scale"],
            x_origin="",
        ),
        "x",
    )
    for at, row in partial_statements.iterrows():
        part = cases[(cases["aggregate_id"] == row["aggregate_id"]) & (cases["indication"] == row["group"])]
        for case in part["case_id"]:
            time_limits[case, row["variable"]] = float(limits.loc[at, "upper"])
    return time_limits
