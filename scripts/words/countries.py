"""Country names as ISO 3166-1 alpha-2 codes, from the Unicode locale data that Babel carries."""

import re
from functools import cache

from babel import Locale

ALPHA_2 = re.compile(r"[A-Z]{2}")
USUAL = {"uk": "GB", "usa": "US"}
"""Everyday short forms that are not ISO codes; ISO reserves `UK` for GB."""


@cache
def _names() -> dict[str, str]:
    territories = Locale("en").territories
    return {territory.casefold(): code for code, territory in territories.items() if ALPHA_2.fullmatch(code)}


@cache
def alpha_2(country: str) -> str:
    """GB for `GB`, `UK` and `United Kingdom`; a blank for a name that is not known, which is never guessed."""
    country_name = country.strip().casefold().removeprefix("the ")
    if country_name in USUAL:
        return USUAL[country_name]
    code = country_name.upper()
    return code if ALPHA_2.fullmatch(code) else _names().get(country_name, "")


def told(country: str) -> str:
    """Norway for `NO` and for `Norway`: a code by its English name, any other text as it is."""
    code = alpha_2(country) if ALPHA_2.fullmatch(country.strip().upper()) else ""
    return str(Locale("en").territories.get(code, country)) if code else country


def is_country(code: str) -> bool:
    """Whether a code is assigned: EU counts, as E2B allows it; user-assigned codes such as ZZ do not."""
    return code in _names().values() and code not in ("ZZ", "QO", "XA", "XB")
