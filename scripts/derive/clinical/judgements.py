"""Judgements of causality as reported: one per assessor and method, never summed over methods (definitions: judgements).

Messages judge every drug with every reaction. What is judged besides the drug of the series and the event is shown under
its own name and is no judgement of the series.
"""

import pandas as pd

from schemas.derived_patients import JUDGEMENTS
from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.records.drugs import names_one_of

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


def judgements(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """The table `judgements`: assessments with a result, and those whose result is missing for a reason."""
    assessments = tables["assessments"]
    said = assessments[(assessments["result"] != "") | ~assessments["method"].isin(NO_VALUE)]
    keys = ["case_id", "assessor", "method", "drug", "reaction", "result", "answers", "reason"]
    basis = "assessments[" + said["assessor"] + "].result" if len(said) else pd.Series(dtype=str)
    instrument = [instrument_of(method) for method in said["method"]]
    judged = said[keys].assign(basis=basis, instrument=instrument, judged_besides=_besides(said, tables, profile))
    return JUDGEMENTS.validate(judged[list(JUDGEMENTS.columns)].reset_index(drop=True).astype(str))


def instrument_of(method: str) -> str:
    """One name for a method however it is spelled: `WHO-UMC system` is `who_umc`, `Naranjo scale` is `naranjo`."""
    plain = "" if method in NO_VALUE else method.strip().casefold().translate(METHOD_SIGNS)
    return next((name for start, name in METHODS.items() if plain.startswith(start)), plain)


def _besides(assessments: pd.DataFrame, tables: dict[str, pd.DataFrame], profile: Profile) -> list[str]:
    """What else a judgement speaks of, a drug or a reaction, in the words of the source; blank for the drug and the event."""
    reactions, courses = tables["reactions"], tables["courses"]
    told = reactions[reactions["role"] != "event"].set_index(["case_id", "reaction"])["term"].to_dict()
    named = courses["substance"].where(~courses["substance"].isin(NO_VALUE), courses["drug"])
    drugs = dict(zip(zip(courses["case_id"], courses["course"], strict=True), named, strict=True))
    found = []
    for case, course, drug, reaction in assessments[["case_id", "course", "drug", "reaction"]].itertuples(index=False):
        of = drugs.get((case, course), "") if drug in NO_VALUE else drug
        other = "" if of in NO_VALUE or names_one_of(of, (profile.drug.name, *profile.drug.substances)) else of
        found.append(", ".join(filter(None, [other, told.get((case, reaction), "")])))
    return found
