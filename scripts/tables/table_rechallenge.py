"""Dechallenge, the rechallenge ladder, and recurrence of event, symptoms and tests with exact limits."""

import pandas as pd

from scripts.files.bundle import Bundle
from scripts.tables.re_exposures import paired_onsets, re_exposures
from scripts.tables.rechallenge_parts import METHODS, parts
from scripts.tables.shown import Shown, shown
from scripts.words.results import lines_of, result_row, result_rows
from scripts.words.wording import NONE, NOTES, coded, count, limits, name, number, percent

TITLE = "Dechallenge and rechallenge"
LADDER = {
    "cases": "cases", "survived": "survived the index event", "survived: no": "did not survive it",
    "survived: unknown": "not known whether survived", "stopped": "stopped", "stopped: no": "not stopped",
    "stopped: unknown": "not known whether stopped", "re_exposed": "re-exposed",
    "re_exposed: continued": "given again before the event had ended, counted apart", "re_exposed: not_assessable": "re-exposure not assessable",
    "re_exposed: no": "stated not to have been re-exposed",
    "re_exposed: unknown": "not stated, which is not the same as not rechallenged",
    "informative": "informative", "recurred": "event recurred",
}  # fmt: skip
REPORTED = {"recurred": "recurred", "not_recurred": "reported not to have recurred", "unknown": "outcome not known"}
STRICT = {"strictly_negative": "strictly negative", "negative_window_not_stated": "of these, observed for a time not stated",
          "negative_in_some": "of these, in some of the re-exposures only"}  # fmt: skip
SILENT = {"exposure_continued": "doses continued in the same course",
          "within_course": "doses resumed within the course after the event"}  # fmt: skip


def build(bundle: Bundle) -> Shown:
    """Blocks: dechallenge, ladder, outcome per endpoint and part, what is not counted, each re-exposure."""
    results, level = bundle.results_of("rechallenge"), percent(bundle.conventions.level)
    rows = _dechallenge(results) + _ladder(results) + _readings(results, level) + _recurrence(results, level)
    rows += (
        parts(bundle.results_of("recurrence"), level)
        + _silence(results)
        + _codes(results)
        + paired_onsets(bundle)
        + re_exposures(bundle)
    )
    columns = ["Block", "Item", "Patients", *(f"{method} {level}" for method in METHODS), "Remarks"]
    claims = [f"Elsewhere: {claim}" for claim in bundle.claims]
    notes = (NOTES["patient"], NOTES["strict"], NOTES["parts"], NOTES["inside"], *claims)
    return shown(TITLE, rows, columns, footnotes=notes, block="Block", wide=True)


def _dechallenge(results: pd.DataFrame) -> list[dict]:
    rows = [
        {
            "Block": "Dechallenge",
            "Item": coded("dechallenge_class", row["level"]),
            "Patients": f"{count(row['value'])} of {count(row['n_total'])}",
            "value: x": row["value"],
            "value: n": row["n_total"],
            "source: Patients": lines_of(row),
            "Remarks": row["note"],
        }
        for _, row in result_rows(results, statistic="dechallenge").iterrows()
    ]
    positive = result_row(results, statistic="dechallenge_positive")
    if positive is not None:
        rows.append(
            {
                "Block": "Dechallenge",
                "Item": "positive of assessable",
                "Remarks": positive["note"],
                "Patients": f"{count(positive['value'])} of {count(positive['n'])}",
                "source: Patients": lines_of(positive),
                "value: x": positive["value"],
                "value: n": positive["n"],
            }
        )
    return rows or [{"Block": "Dechallenge", "Item": NONE}]


def _ladder(results: pd.DataFrame) -> list[dict]:
    rows = [
        {
            "Block": "Ladder",
            "Item": LADDER.get(row["level"], name(row["level"])),
            "Patients": count(row["value"]),
            "source: Patients": lines_of(row),
            "Remarks": row["note"],
            "value: x": row["value"],
            "value: n": row["n_total"],
        }
        for _, row in _rungs(results).iterrows()
    ]
    return rows or [{"Block": "Ladder", "Item": NONE}]


def _rungs(results: pd.DataFrame) -> pd.DataFrame:
    """The rungs, each followed by what denies it and what leaves it open."""
    rungs = results[results["statistic"].isin(["ladder", "ladder_open"])]
    order = {level: place for place, level in enumerate(LADDER)}
    return rungs.assign(place=rungs["level"].map(order)).sort_values("place", kind="stable")


def _readings(results: pd.DataFrame, level: str) -> list[dict]:
    """The event on re-exposure as reported and strictly, each with what it leaves open."""
    rows = [
        _reading("Event on re-exposure, as reported", REPORTED[row["level"]], row)
        for _, row in result_rows(results, statistic="reported").iterrows()
    ]
    for block, bounds, exact in (
        ("Event on re-exposure, as reported", "reported_bounds", "reported_limits"),
        ("Event on re-exposure, strict", "strict_bounds", "strict_outer_limits"),
    ):
        if block.endswith("strict"):
            rows += [
                _reading(block, words, row)
                for statistic, words in STRICT.items()
                if (row := result_row(results, statistic=statistic)) is not None
            ]
        range_ = result_row(results, statistic=bounds)
        if range_ is None or not range_["n_total"]:
            continue
        line = {
            "Block": block,
            "Item": range_["method"],
            "Patients": f"{count(range_['lower'])} to {count(range_['upper'])} of {count(range_['n_total'])}",
            "source: Patients": lines_of(range_),
            "value: lower": range_["lower"],
            "value: upper": range_["upper"],
            "value: n": range_["n_total"],
        }
        for method in METHODS:
            limit = (
                result_row(results, statistic=exact, level=method)
                if exact == "reported_limits"
                else result_row(results, statistic=exact)
            )
            if limit is not None and (exact == "reported_limits" or method == METHODS[0]):
                denominator = f" of {count(limit['n'])} with a stated outcome" if exact == "reported_limits" else ""
                line[f"{method} {level}"] = limits(limit["lower"], limit["upper"]) + denominator
                line |= {f"value: {method} lower": limit["lower"], f"value: {method} upper": limit["upper"]}
                line[f"source: {method} {level}"] = lines_of(limit)
        rows.append(line)
    return rows


def _reading(block: str, words: str, row: pd.Series) -> dict:
    return {
        "Block": block,
        "Item": words,
        "Patients": f"{count(row['value'])} of {count(row['n_total'])} re-exposed",
        "source: Patients": lines_of(row),
        "value: x": row["value"],
        "value: n": row["n_total"],
    }


def _codes(results: pd.DataFrame) -> list[dict]:
    """The codes alone, E2B G.k.9.i.4 or FAERS RECHAL; nothing where no code was given."""
    funnel = result_rows(results, statistic="coded_funnel")
    if not len(funnel) or not funnel["value"].iloc[0]:
        return []
    return [
        {
            "Block": "Codes alone (E2B, FAERS)",
            "Item": row["level"],
            "Patients": count(row["value"]),
            "source: Patients": lines_of(row),
            "value: x": row["value"],
            "value: n": row["n_total"],
        }
        for _, row in funnel.iterrows()
    ]


def _recurrence(results: pd.DataFrame, level: str) -> list[dict]:
    rows = []
    for _, row in result_rows(results, statistic="recurred").iterrows():
        line = {
            "Block": "Recurrence on re-exposure",
            "Item": name(row["endpoint"]),
            "Remarks": "; ".join(filter(None, [row["level"], row["note"], _zero(results, row["endpoint"])])),
            "Patients": f"{count(row['value'])} of {count(row['n'])} informative" if row["n"] else "none informative",
            "source: Patients": lines_of(row),
            "value: x": row["value"],
            "value: n": row["n"],
        }
        for method in METHODS:
            limit = result_row(results, statistic="recurrence_limits", endpoint=row["endpoint"], level=method)
            line[f"{method} {level}"] = limits(limit["lower"], limit["upper"]) if limit is not None else "none: n = 0"
            line[f"source: {method} {level}"] = lines_of(limit)
            line[f"value: {method} lower"] = limit["lower"] if limit is not None else None
            line[f"value: {method} upper"] = limit["upper"] if limit is not None else None
        rows.append(line)
    return rows or [{"Block": "Recurrence on re-exposure", "Item": NONE}]


def _zero(results: pd.DataFrame, endpoint: str) -> str:
    """The one-sided limit where no patient had a recurrence."""
    row = result_row(results, statistic="zero_event_upper", endpoint=endpoint)
    return "" if row is None else f"{row['method']} upper limit: {number(row['upper'])}"


def _silence(results: pd.DataFrame) -> list[dict]:
    rows = []
    for level, words in SILENT.items():
        row = result_row(results, statistic="not_counted", endpoint="event", level=level)
        number = row["value"] if row is not None else 0
        rows.append(
            {
                "Block": "Not counted as rechallenge",
                "Item": words,
                "Patients": count(number),
                "source: Patients": lines_of(row),
                "value: x": row["value"] if row is not None else None,
            }
        )
    return rows + [
        {
            "Block": "Not counted as rechallenge",
            "Item": f"another drug of the class given after the event: {REPORTED[row['level']]}",
            "Patients": count(row["value"]),
            "source: Patients": lines_of(row),
            "value: x": row["value"],
        }
        for _, row in result_rows(results, statistic="class_member").iterrows()
    ]
