"""What a source may ask of its reader: the options that formats share. A reader names its own as `Options`."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from schemas import faults
from schemas.codes import codes
from schemas.profile import Closed

PART_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def _texts(given: Any) -> Any:
    """A list of texts: one alone is a list of one, and a whole number, as of a code or a case, is its digits.

    An empty list asks nothing; a blank text, which would ask nothing where something was meant, is refused.
    """
    several = given if isinstance(given, (list, tuple)) else [given]
    texts = [str(entry) if isinstance(entry, int) and not isinstance(entry, bool) else entry for entry in several]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(
            "a text is wanted, or a list of texts, none of them blank. Leave the option out to ask nothing"
        )
    return texts


def _roles(given: list[str]) -> list[str]:
    known = codes("drug_role")
    if unknown := [role for role in given if role not in known]:
        raise ValueError(f"'{unknown[0]}': {faults.no_such('role', unknown[0], known)}")
    return given


def _pair(given: list[str]) -> list[str]:
    if len(given) != 2:
        raise ValueError("a pair of days is wanted, from and to, for example [2012-10, 2024-12]")
    first, last = given
    if strange := [day for day in given if not _is_part_date(day)]:
        raise ValueError(f"'{strange[0]}' is no day, month or year. Write it as 2024-12-31, 2024-12 or 2024")
    shared = min(len(first), len(last))
    if first[:shared] > last[:shared]:
        raise ValueError("the period ends before it starts")
    return given


def _is_part_date(text: str) -> bool:
    date_parts = PART_DATE.fullmatch(text)
    try:
        return bool(date_parts and date(int(date_parts[1]), int(date_parts[2] or 1), int(date_parts[3] or 1)))
    except ValueError:
        return False


IN_FILES = "or .txt or .csv files with one in a line"
Texts = Annotated[list[str], BeforeValidator(_texts)]


class NoOptions(Closed):
    """Of a format that is read as a whole."""


class OfReports(Closed):
    """Which reports of a source are read."""

    drugs: Texts = Field(
        default=[], description=f"substances, product names and synonyms, found as whole words; {IN_FILES}"
    )
    terms: Texts = Field(
        default=[], description=f"event terms, or their codes as sent, capitals and signs aside; {IN_FILES}"
    )
    roles: Annotated[Texts, AfterValidator(_roles)] = Field(
        default=["suspect", "interacting"],
        description=f"roles that the drugs must have, of {', '.join(codes('drug_role'))}; left out: suspect, interacting",
    )
    period: Annotated[Texts, AfterValidator(_pair)] = Field(
        default=[], description="from and to, both included: days, months or years of the latest information"
    )
    deleted: Texts = Field(default=[], description=f"ids of cases that their publisher has withdrawn; {IN_FILES}")
    case_ids: Texts = Field(default=[], description=f"ids of the only cases that are read; {IN_FILES}")
    source_id: str = Field(
        default="", min_length=1, description="name of the source in the tables; left out: the file's"
    )


def described(options: type[Closed]) -> str:
    """The options with their descriptions, one per line, for the help."""
    every = options.model_fields.items()
    return "\n".join(f"      {option:17} {field.description}" for option, field in every) or "      (no options)"
