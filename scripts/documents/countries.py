"""Country names as ISO 3166-1 alpha-2 codes, from the Unicode locale data that Babel carries."""

import re
from functools import cache

from babel import Locale

ALPHA_2 = re.compile(r"[A-Z]{2}")


@cache
def _names() -> dict[str, str]:
    territories = Locale("en").territories
    return {name.casefold(): code for code, name in territories.items() if ALPHA_2.fullmatch(code)}


@cache
def alpha_2(country: str) -> str:
    """GB for `GB` and for `United Kingdom`; a blank for a name that is not known, which is never guessed."""
    country = country.strip()
    known = country if ALPHA_2.fullmatch(country) else _names().get(country.casefold(), "")
    return known


def is_country(code: str) -> bool:
    """Whether a code is assigned: EU counts, as E2B allows it; user-assigned codes such as ZZ do not."""
    return code in _names().values() and code not in ("ZZ", "QO", "XA", "XB")
