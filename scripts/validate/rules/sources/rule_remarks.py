"""What only a reader finds: remarks entered by hand (Q23, Q24, Q35 and others) become findings with their decision."""

import pandas as pd

from schemas.codes import codes
from schemas.profile import Profile
from scripts.validate.flags import flag, rule, together, worded


def find(tables: dict[str, pd.DataFrame], profile: Profile | None) -> pd.DataFrame:
    """One finding per remark: its words, its why, and as cure what the reviewer decided."""
    parts = []
    remarks = tables["remarks"]
    # A remark whose rule is blank or unknown is a broken contract, and found as that.
    for code, rows in remarks[remarks["rule"].isin(codes("rules"))].groupby("rule", sort=False):
        decided = rows["decision"] + worded(rows["by"], lambda by: f" ({by})" if by else "")
        cure = decided.where(rows["decision"] != "", rule(str(code))["cure"])
        parts.append(flag("remarks", rows, str(code), "words", rows["why"], cure=cure))
    return together(parts)
