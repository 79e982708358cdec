"""Facts in words: causes that are named and not denied, authors of a citation, shares."""

import pytest

from scripts.records.cause_names import Names
from scripts.validate.rules.clinical.rule_patient import AT_A_DATE
from scripts.validate.rules.sources.citation_authors import authors
from scripts.validate.rules.sources.printed_shares import percentages, ratios
from tests.validate.build import PROFILE

NAMES = Names(PROFILE.event.competing)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("house painting", {"paint"}),
        ("painting not excluded", {"paint"}),
        ("painting could not be excluded", {"paint"}),
        ("asthma, no allergies, painting", {"paint"}),
        ("no rash; painting", {"paint"}),
        ("no rash but painting", {"paint"}),
        ("dyeparin prophylaxis until held", {"dye"}),
        ("painting and dyes", {"paint", "dye"}),
        ("no painting", set()),
        ("no rash, painting or dye", set()),
        ("without evidence of painting", set()),
        ("painting was ruled out", set()),
        ("painting excluded", set()),
        ("family history of painting", set()),
        ("dyeparin allergy", set()),
        ("allergic to dye", set()),
        ("prophylaxis against painting", set()),
        ("non-painting", set()),
        ("repainting", set()),
        ("painting: none", set()),
        ("painting (excluded)", set()),
        ("painting? no", set()),
        ("painting - no", set()),
        ("father: painting", set()),
        ("brother (age 12): painting, dye", set()),
        ("his mother had painting", set()),
        ("painting had been considered but was ruled out", set()),
        ("painting (indoors)", {"paint"}),
        ("painting: yes", {"paint"}),
        ("painting but no rash", {"paint"}),
        ("painting but not dye", {"paint"}),
        ("brought by his father, painting", {"paint"}),
    ],
)
def test_a_cause_is_named_and_not_denied(text, kinds):
    assert NAMES.stated(text, of_treatment=False) == kinds


@pytest.mark.parametrize(
    ("citation", "names"),
    [
        ("Doe JA, van der Roe B, et al. Title.", ["Doe JA", "van der Roe B"]),
        ("St. Clair E-W; O'Neil S and De Luca G. Title", ["St. Clair EW", "O'Neil S", "De Luca G"]),
        ("Doe, J. A., & Roe, B. (2020). Title.", ["Doe JA", "Roe B"]),
        ("Doe, J.A. and Roe-Poe, B.-C. Title.", ["Doe JA", "Roe-Poe BC"]),
        ("Jane Doe, Bob Roe. Title.", []),
        ("Report of type B, and others. Title.", []),
        ("EMA, Examplia referral under Article 20", []),
        ("", []),
    ],
)
def test_authors_of_a_citation(citation, names):
    assert [f"{author.surname} {author.initials}" for author in authors(citation)] == names


@pytest.mark.parametrize(
    ("words", "shares", "pairs"),
    [
        ("82 % (9 of 11)", ["82"], [(9, 11, False)]),
        ("81,8 per cent, 9/11", ["81.8"], [(9, 11, True)]),
        ("82% (95% CI 48 to 98)", ["82"], []),
        ("95 % confidence limits 48% to 98%", [], []),
        ("about 80%, ca. 70%, >60%, 50% or more", [], []),
        ("18% died and 82% recovered", ["18", "82"], []),
        ("5/7/2020 and 9 of 12 months", [], []),
    ],
)
def test_shares_in_words(words, shares, pairs):
    assert (percentages(words), ratios(words)) == (shares, pairs)


def test_a_long_cell_is_read_nearby_alone():
    """Each hit is judged by a bounded piece before it, so that none of these cells costs the square of its length."""
    assert NAMES.stated("painting " * 8000, of_treatment=False) == {"paint"}
    assert NAMES.stated("no " + "painting, " * 8000, of_treatment=False) == set()
    assert percentages("about 5% " * 8000) == []
    assert not AT_A_DATE.search("in a " * 8000)
    assert AT_A_DATE.search("aged 29 in the year of the first course")
    assert not AT_A_DATE.search("in " + "a " * 200 + "course")
