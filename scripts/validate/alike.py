"""Findings about candidate pairs: Q26 judged and alike all the same, Q27 not judged yet."""

import pandas as pd

from scripts.validate.duplicates import IDENTIFIERS_NEEDED, identifying
from scripts.validate.flags import flag, together


def find(tables: dict[str, pd.DataFrame], pairs: pd.DataFrame) -> pd.DataFrame:
    """One finding per candidate pair, at the first of its cases."""
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id", drop=False)
    at = cases.loc[pairs["a"]].set_axis(pairs.index)
    open_ = pairs["verdict"].isin(["", "suspected"])
    apart = pairs["verdict"] == "different"
    thin = (pairs["verdict"] == "same") & (pairs["agreeing"].map(identifying) < IDENTIFIERS_NEEDED)
    return together([
        flag("cases", at[open_], "Q27", "case_id", _words("may be one patient with ", pairs[open_]), value=pairs["b"]),
        flag("cases", at[apart], "Q26", "case_id", _words("looks like ", pairs[apart]) + "; judged different",
             value=pairs["b"], severity="information"),
        flag("cases", at[thin], "Q26", "case_id", _words("counted as one patient with ", pairs[thin]) + "; no two "
             "independent identifiers agree", value=pairs["b"]),
    ])  # fmt: skip


def _words(start: str, pairs: pd.DataFrame) -> pd.Series:
    agree = start + pairs["b"] + ": agreeing " + pairs["agreeing"]
    conflict = "; conflicting " + pairs["conflicting"]
    return agree + conflict.where(pairs["conflicting"] != "", "")
