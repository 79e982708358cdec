"""Which records are one patient: those that links with the verdict `same` join, directly or by way of others."""

import pandas as pd


def joined(links: pd.DataFrame) -> dict[str, str]:
    """Record -> the first record of its patient in alphabetical order, itself included; lone records are left out."""
    head: dict[str, str] = {}

    def first(record: str) -> str:
        while head.setdefault(record, record) != record:
            head[record] = head[head[record]]  # halves the path for the next look-up
            record = head[record]
        return record

    same = links[links["verdict"] == "same"].drop_duplicates(["a", "b"])
    for a, b in zip(same["a"], same["b"], strict=True):
        head_record, other = sorted((first(a), first(b)))
        head[other] = head_record
    return {record: first(record) for record in head}
