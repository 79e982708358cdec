"""What may be shown of a patient table on a terminal: a value of its column's kind, or otherwise only its length.

Terminals are looked over, copied and logged by others. `findings.csv` holds the words; a log holds no value at all.
"""

from schemas.codes import codes
from schemas.contract import PLACE
from schemas.fields import NO_VALUE, WHOLE, is_date, is_id, is_number
from schemas.reported import TABLES

KINDS = {"number": is_number, "whole": lambda text: bool(WHOLE.fullmatch(text)), "date": is_date, "key": is_id}
BETWEEN = {"number": " to ", "date": " to "}
"""Between values that a finding names together: the bounds of a time."""
LONGEST = 60
"""Findings shorten a value to this, so that the length of a longer one is not revealed."""


def value(text: str, table: str, column: str, see: str = "") -> str:
    """The value in quotation marks where it is of its column's kind or in its code list; else its length.

    see: the file that holds the words.
    """
    return f"'{text}'" if tellable(text, table, column) else length(text, see)


def length(text: str, see: str = "") -> str:
    """The length of a text that is not shown: `(text of 14 characters; see findings.csv)`."""
    more = " or more" if len(text) >= LONGEST else ""
    where = f"; see {see}" if see else ""
    return f"(text of {len(text)}{more} character{'' if len(text) == 1 else 's'}{where})"


def tellable(text: str, table: str, column: str) -> bool:
    """Whether a value parses as its column's kind or is in its code list; free text never does."""
    if text in NO_VALUE:
        return True
    contract = TABLES[table].columns.get(column) if table in TABLES else None
    if contract is None:
        return False
    if column == TABLES[table].metadata["key"][-1] and ";" in text:  # a whole key
        return all(map(is_id, text.split(";")))
    kind, codelist = contract.metadata["kind"], contract.metadata.get("codelist", "")
    if codelist:
        return text in codes(codelist)
    parses = is_id if column.endswith("_id") else KINDS.get(kind)
    return parses is not None and all(parses(part) for part in text.split(BETWEEN.get(kind, "\x1f")))


def known_column(table: str, column: str) -> bool:
    """Whether a name of a column is ours. The header of a file without one is its first row of values."""
    return column in PLACE or not column or (table in TABLES and column in TABLES[table].columns)
