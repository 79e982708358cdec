"""The table `appraisals`: of every patient, the questions of each instrument that rows can decide."""

import pandas as pd

from schemas.derived_patients import APPRAISALS
from scripts.derive.instruments import camus, murad, naranjo
from scripts.derive.instruments.facts import facts

INSTRUMENTS = {"naranjo": naranjo.answers, "murad": murad.answers, "camus": camus.answers}


def appraisals(tables: dict[str, pd.DataFrame], derived: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """tables, derived: as of `facts`."""
    once: dict[str, str] = {}  # few words are said of many patients
    rows = [
        (case_facts.patient["case_id"], instrument, question, answer, once.setdefault(basis, basis))
        for case_facts in facts(tables, derived)
        for instrument, answers in INSTRUMENTS.items()
        for question, (answer, basis) in answers(case_facts).items()
    ]
    return APPRAISALS.validate(pd.DataFrame(rows, columns=list(APPRAISALS.columns), dtype=object), inplace=True)
