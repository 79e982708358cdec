"""Conservation: every case and every row that enters a stage leaves it with a reason or goes on to the next."""

import pandas as pd

from schemas.ledger import ledger, stages

ORDER = ("assumed", "version", "validate", "definition", "link")


def cases(lines: list[dict], entered: pd.DataFrame) -> pd.DataFrame:
    """The ledger in the order of the records in `entered`, each with its source; every case stands in it once."""
    book = ledger(lines)
    if sorted(book["record"]) != sorted(entered["case_id"]):
        raise AssertionError("conservation: the ledger and the cases that entered differ")
    source = entered.set_index("case_id")["source_id"]
    order = {case: position for position, case in enumerate(entered["case_id"])}
    placed = book.assign(source=book["record"].map(source)).sort_values("record", key=lambda ids: ids.map(order))
    return placed.reset_index(drop=True)


def rows(
    entered: dict[str, pd.DataFrame],
    stated: dict[str, pd.DataFrame],
    final: dict[str, pd.DataFrame],
    book: pd.DataFrame,
) -> pd.DataFrame:
    """Per stage and table: rows that entered, left by reason, and remain; AssertionError where they do not add up.

    entered, stated: the tables as reported, and without assumed rows. final: the series.
    """
    out = book[book["decision"] == "out"].set_index("record")
    lines = []
    for table_name, table in entered.items():
        remaining = len(table)
        leaving = [("assumed", "rests on an assumption, which is switched off", remaining - len(stated[table_name]))]
        leaving += _of_cases(stated[table_name], out)
        older = len(stated[table_name]) - sum(number for *_, number in leaving[1:]) - len(final[table_name])
        leaving.append(("version", "an older version of a report", older))
        if older and table_name != "reports":
            raise AssertionError(f"conservation: {older} rows of `{table_name}` left without a reason")
        for stage, reason, number in leaving:
            if number:
                lines.append(
                    {
                        "stage": stage,
                        "table": table_name,
                        "entered": remaining,
                        "reason": reason,
                        "left": number,
                        "remaining": remaining - number,
                    }
                )
                remaining -= number
        if remaining != len(final[table_name]):
            raise AssertionError(
                f"conservation: {remaining} rows of `{table_name}` remain, the series holds {len(final[table_name])}"
            )
        lines.append({"stage": "series", "table": table_name, "entered": remaining, "remaining": remaining})
    return stages(lines)


def _of_cases(table: pd.DataFrame, out: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Rows of the cases that left, by stage and reason, in the order of the stages."""
    if "case_id" not in table:
        return []
    gone = table.loc[table["case_id"].isin(out.index), "case_id"]
    if not len(gone):
        return []
    counts = out.loc[gone].groupby(["stage", "reason"], sort=False).size()
    order = {stage: position for position, stage in enumerate(ORDER)}
    lines = [(stage, reason, int(number)) for (stage, reason), number in counts.items()]
    return sorted(lines, key=lambda line: order.get(line[0], len(ORDER)))
