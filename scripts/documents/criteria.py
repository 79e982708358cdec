"""Which cases show what a drug-induced lung disease must show, as derived (scripts.derive.instruments)."""

from scripts.documents.case_file import CaseFile

NOT_RECORDED = ("level",)
"""Drug levels are not a field of the tables, so that no case can show one."""


def shows(case: CaseFile, criterion: str) -> bool:
    """Whether rows show a criterion, or `corticosteroid`, which confounds an improvement. KeyError for any other name."""
    return criterion not in NOT_RECORDED and case.answers("camus")[criterion][0] == "yes"


def shown(cases: list[CaseFile], criterion: str) -> tuple[list[str], list[str]]:
    """Ids of the cases that show a criterion, and of those that do not."""
    yes: list[str] = []
    no: list[str] = []
    for case in cases:
        (yes if shows(case, criterion) else no).append(case.case_id)
    return yes, no
