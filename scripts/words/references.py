"""How a source is cited, everywhere: its citation, then its identifiers."""

from collections.abc import Mapping

from schemas.fields import NO_VALUE

IDENTIFIERS = {"doi": "doi:{}", "pmid": "PMID {}"}


def reference(source: Mapping[str, str]) -> str:
    """`Author A, Author B. Journal 2025;31:1-4. doi:10.1000/1 PMID 123`."""
    return " ".join([citation(source), *identifiers(source).values()])


def citation(source: Mapping[str, str]) -> str:
    """The citation as typed; of a source without one, as a message is, its short name."""
    return f"{source['source_id']} (no citation given)" if source["citation"] in NO_VALUE else source["citation"]


def identifiers(source: Mapping[str, str]) -> dict[str, str]:
    """The identifiers given, in the words in which they are cited."""
    return {
        column: form.format(source[column]) for column, form in IDENTIFIERS.items() if source[column] not in NO_VALUE
    }
