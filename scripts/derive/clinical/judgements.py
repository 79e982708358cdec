"""Judgements of causality as reported: one per assessor and method, never summed over methods (definitions: judgements)."""

import pandas as pd

from schemas.derived_patients import JUDGEMENTS
from schemas.fields import NO_VALUE


def judgements(assessments: pd.DataFrame) -> pd.DataFrame:
    """The table `judgements`: assessments with a result, and those whose result is missing for a reason."""
    said = assessments[(assessments["result"] != "") | ~assessments["method"].isin(NO_VALUE)]
    keys = ["case_id", "assessor", "method", "drug", "reaction", "result", "answers", "reason"]
    basis = "assessments[" + said["assessor"] + "].result" if len(said) else pd.Series(dtype=str)
    return JUDGEMENTS.validate(said[keys].assign(basis=basis).reset_index(drop=True).astype(str))
