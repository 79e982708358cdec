"""Findings about candidate pairs: Q26 judged and alike all the same, or unlike; Q27 not judged yet."""

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.validate.flags import flag, together
from scripts.validate.pairs.duplicates import IDENTIFIERS_NEEDED, identifying

SETTLE = "Change the verdict to member_of or different once it is known; until then nothing is taken out of the count."


def find(tables: dict[str, pd.DataFrame], pairs: pd.DataFrame) -> pd.DataFrame:
    """One finding per candidate pair, at the first of its cases, and one per suspicion about an aggregate."""
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id", drop=False)
    at = cases.loc[pairs["a"]].set_axis(pairs.index)
    open_ = pairs["verdict"].isin(["", "suspected"])
    apart = pairs["verdict"] == "different"
    thin = (pairs["verdict"] == "same") & (pairs["agreeing"].map(identifying) < IDENTIFIERS_NEEDED)
    return together(
        [
            flag(
                "cases", at[open_], "Q27", "case_id", _words("may be one patient with ", pairs[open_]), value=pairs["b"]
            ),
            flag(
                "cases",
                at[apart],
                "Q26",
                "case_id",
                _words("looks like ", pairs[apart]) + "; judged different",
                value=pairs["b"],
            ),
            flag(
                "cases",
                at[thin],
                "Q26",
                "case_id",
                _words("counted as one patient with ", pairs[thin]) + "; no two independent identifiers agree",
                value=pairs["b"],
            ),
            _suspected_of_aggregates(tables),
        ]
    )


def _suspected_of_aggregates(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A suspicion is no verdict, about an aggregate either. An aggregate without members in `cases` contributes no patient."""
    links = tables["links"][tables["links"]["verdict"] == "suspected"].drop_duplicates(["a", "b"])
    if not len(links):
        return together([])
    cases = set(tables["cases"]["case_id"])
    counted = cases | set(tables["cases"]["aggregate_id"]) - NO_VALUE
    whole = links[
        links["a"].isin(counted) & links["b"].isin(counted) & ~(links["a"].isin(cases) & links["b"].isin(cases))
    ]
    what = "suspected to share patients with " + whole["b"] + ", and not settled"
    return flag("links", whole, "Q27", "verdict", what, value=whole["a"], cure=SETTLE)


def _words(start: str, pairs: pd.DataFrame) -> pd.Series:
    agree = start + pairs["b"] + ": agreeing " + pairs["agreeing"].where(pairs["agreeing"] != "", "nothing")
    conflict = "; conflicting " + pairs["conflicting"]
    return agree + conflict.where(pairs["conflicting"] != "", "")
