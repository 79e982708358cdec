"""Judgements of causality as reported: one per assessor and method, never summed over methods (definitions: judgements).

Messages judge every drug with every reaction. What is judged besides the drug of the series and the event is shown under
its own name and is no judgement of the series.
"""

import pandas as pd

from schemas.derived_patients import JUDGEMENTS
from schemas.fields import NO_VALUE

METHOD_SIGNS = str.maketrans({"-": "_", " ": "_"})
METHODS = {
    "naranjo": "naranjo",
    "who_umc": "who_umc",
    "begaud": "begaud",
    "bégaud": "begaud",
    "french": "begaud",
    "murad": "murad",
}
"""How the name of a method begins, and the instrument that it is."""


def judgements(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The table `judgements`: assessments with a result, and those whose result is missing for a reason.

    tables: the assessments with `other_drug` (scripts.records.drugs).
    """
    assessments = tables["assessments"]
    told_assessments = assessments[(assessments["result"] != "") | ~assessments["method"].isin(NO_VALUE)]
    keys = ["case_id", "assessor", "method", "drug", "reaction", "result", "answers", "reason"]
    basis = (
        "assessments[" + told_assessments["assessor"] + "].result" if len(told_assessments) else pd.Series(dtype=str)
    )
    instrument = [instrument_of(method) for method in told_assessments["method"]]
    judged = told_assessments[keys].assign(
        basis=basis, instrument=instrument, judged_besides=_besides(told_assessments, tables["reactions"])
    )
    return JUDGEMENTS.validate(judged[list(JUDGEMENTS.columns)].reset_index(drop=True).astype(str), inplace=True)


def instrument_of(method: str) -> str:
    """One name for a method however it is spelled: `WHO-UMC system` is `who_umc`, `Naranjo scale` is `naranjo`."""
    plain = "" if method in NO_VALUE else method.strip().casefold().translate(METHOD_SIGNS)
    return next((instrument for start, instrument in METHODS.items() if plain.startswith(start)), plain)


def _besides(assessments: pd.DataFrame, reactions: pd.DataFrame) -> list[str]:
    """What else a judgement speaks of, a drug or a reaction, in the words of the source; blank for the drug and the event."""
    told = reactions[reactions["role"] != "event"].set_index(["case_id", "reaction"])["term"].to_dict()
    return [
        ", ".join(filter(None, [other_drug, told.get((case, reaction), "")]))
        for case, other_drug, reaction in assessments[["case_id", "other_drug", "reaction"]].itertuples(index=False)
    ]
