"""When no series is built: a finding stops the run, or no case is left; and in our words why records left."""

from collections import Counter
from pathlib import Path

import pandas as pd

from schemas.codes import rows
from scripts.assemble import selection
from scripts.commands.messages import StopError, UserError, shown

OTHER_REASONS = {
    "case_definition": "the event has another term than those of the profile",
    "same": "one patient with another record",
    "member_of": "counted inside a group",
}


def stop_at(findings: pd.DataFrame, path: Path) -> None:
    """Refuse to go on while a finding's action is `stop`."""
    stopping = findings[findings["action"] == "stop"]
    if len(stopping):
        from scripts.words.findings_text import for_log, text

        stop = "The run stops here."
        raise StopError(f"{stop}\n{text(stopping, shown(path))}", log=f"{stop}\n{for_log(stopping, shown(path))}")


def refuse_empty(book: pd.DataFrame) -> None:
    """A series needs a case; say why every record left, in our words: a reason may quote a cell."""
    if (book["decision"] == "in").any():
        return
    lines = [f"  {reason}" for reason in _counted(book)]
    cure = (
        "Check the substances and event terms of the profile against the words of the data: `drug` and `substance` of "
        "`courses`, `term` of `reactions`."
    )
    raise UserError("\n".join([f"no case meets the case definition; {len(book)} records left:", *lines, cure]))


def decided(book: pd.DataFrame) -> str:
    """How many records are in, are counted inside a group, and left: the last by reason, as `2 in, 1 out: 1 x ...`."""
    counts = book["decision"].value_counts()
    told = ", ".join(
        f"{counts[each]} {each.replace('_', ' ')}" for each in ("in", "counted_inside", "out") if each in counts
    )
    reasons = _counted(book[book["decision"] == "out"])
    return f"{told}: {', '.join(reasons)}" if reasons else told


def _counted(book: pd.DataFrame) -> list[str]:
    """The reasons of some lines in our words, each with its number."""
    counts: Counter[str] = Counter()
    for (reason, rule), records in book.groupby(["reason", "rule"], sort=False)["records"].sum().items():
        counts[_in_our_words({"reason": reason, "rule": rule})] += records
    return [f"{number} x {reason}" for reason, number in counts.items()]


def _in_our_words(line: dict) -> str:
    """Why a record left, without the words of its cells."""
    if line["reason"] in selection.OWN_REASONS or line["rule"] in ("data_lock", "version"):
        return line["reason"]
    label = next((rule["label"] for rule in rows("rules") if rule["code"] == line["rule"]), "")
    return OTHER_REASONS.get(line["rule"]) or f"excluded by the rule {line['rule']}: {label}"
