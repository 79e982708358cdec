"""Contracts of what `derive` takes from sources for those who read tables: how they are cited, what they claim."""

from schemas.derived_columns import table, text

RECURRENCE = ("rechallenge",)
"""Variables of `statements` on what became of patients who were given the drug again."""

REFERENCES = table(
    "references",
    "A source that tells of a patient of the series, as it is cited",
    {
        "source_id": text("source"),
        "cited": text("citation, DOI and note in words"),
    },
)

CLAIMS = table(
    "claims",
    "What a source says of patients who were given the drug again, beside the patients told one by one",
    {
        "statement": text("its key in `statements`"),
        "words": text("as reported"),
        "told": text("its words with their number, or that none is given, source and place"),
    },
)
