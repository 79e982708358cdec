"""The sources of the series as a list of references, each with its identifiers."""

import re

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.words.wording import cell as shown
from scripts.words.wording import is_gap

DOI = re.compile(r"10\.\d{4,9}/\S+")
PMID = re.compile(r"\d{1,9}")


def references(sources: pd.DataFrame) -> list[dict[str, str]]:
    """source_id, words, doi, pmid, read, note: one row per source in the order of the table.

    An identifier that is not in the form of its kind stands in no link: doi and pmid are blank there.
    """
    rows = []
    for row in sources.to_dict("records"):
        citation = shown(row["citation"])
        rows.append(
            {
                "source_id": row["source_id"],
                "words": "no citation given" if is_gap(citation) else citation,
                "doi": row["doi"] if DOI.fullmatch(row["doi"]) else "",
                "pmid": row["pmid"] if PMID.fullmatch(row["pmid"]) else "",
                "read": shown(row["extent_read"]).replace("_", " "),
                "note": "" if row["note"] in NO_VALUE else row["note"],
            }
        )
    return rows
