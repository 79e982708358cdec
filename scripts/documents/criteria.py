"""Which cases show what a drug-induced lung disease must show, as derived (scripts.derive.instruments)."""

from collections.abc import Iterable

from scripts.documents.case_file import CaseFile

NOT_RECORDED = ("level",)
"""Drug levels are not a field of the tables, so that no case can show one."""


def shown(cases: Iterable[CaseFile], criteria: Iterable[str]) -> dict[str, list[str]]:
    """Criterion -> ids of the cases whose rows show it. `corticosteroid` is one too, which confounds an improvement; KeyError for
    a name that is none."""
    ids: dict[str, list[str]] = {criterion: [] for criterion in criteria}
    for case in cases:
        answers = case.answers("camus")
        for criterion, showing in ids.items():
            if criterion not in NOT_RECORDED and answers[criterion][0] == "yes":
                showing.append(case.case_id)
    return ids
