"""The sources of the series as a list of references, each with its identifiers."""

import re

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from scripts.words.references import citation, identifiers
from scripts.words.wording import cell as shown

LINKED = {"doi": re.compile(r"10\.\d{4,9}/\S+"), "pmid": re.compile(r"\d{1,9}")}


def references(sources: pd.DataFrame) -> list[dict[str, str]]:
    """source_id, words, doi, pmid, read, note: one row per source in the order of the table.

    An identifier that is not in the form of its kind stands in no link: doi and pmid are blank there, and it is among the words.
    """
    rows = []
    for row in plain_rows(sources):
        told = {
            identifier: words
            for identifier, words in identifiers(row).items()
            if not LINKED[identifier].fullmatch(row[identifier])
        }
        rows.append(
            {
                "source_id": row["source_id"],
                "words": " ".join([citation(row), *told.values()]),
                **{
                    identifier: row[identifier] if form.fullmatch(row[identifier]) else ""
                    for identifier, form in LINKED.items()
                },
                "read": shown(row["extent_read"]).replace("_", " "),
                "note": "" if row["note"] in NO_VALUE else row["note"],
            }
        )
    return rows
