"""Q42: weights, heights and amounts that no patient has, and no dose."""

import pandas as pd

from schemas.profile import Profile
from scripts.clock.intervals import numbers
from scripts.validate.flags import as_severe, flag, together
from scripts.validate.rules.printed import factors

LIMITS = {"weight": (0.2, 650.0, "kg"), "height": (15.0, 275.0, "cm"),
          "parent_weight": (20.0, 650.0, "kg"), "parent_height": (50.0, 275.0, "cm")}  # fmt: skip
"""Beyond the lightest newborn and the heaviest adult, the shortest and the tallest, that were recorded."""
ADULT, LIGHT = 18.0, 20.0
"""A grown patient of less than 20 kg is asked about, not withheld."""
INFANT, HEAVY = 2.0, 30.0
"""So is a patient of less than two years and more than 30 kg."""
LARGEST = {"amount": (1.0, "more than a kilogram in one dose"), "cumulative_dose": (100.0, "more than 100 kg in all")}
"""Kilograms: no single dose of a medicine is one, and no course a hundred."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about sizes out of reach."""
    cases = tables["cases"]
    parts = []
    for column, (least, most, unit) in LIMITS.items():
        size = numbers(cases[column])
        odd = cases[((size >= 0) & (size < least)) | (size > most)]
        parts.append(flag("cases", odd, "Q42", column, f"not between {least:g} and {most:g} {unit}"))
    return together([*parts, *_for_the_age(cases), *_amounts(tables)])


def _for_the_age(cases: pd.DataFrame) -> list[pd.DataFrame]:
    """Weights that somebody has, and hardly at this age; asked about, not withheld."""
    weight, least, most = (numbers(cases[column]) for column in ("weight", "age_lower", "age_upper"))
    light = (weight >= LIMITS["weight"][0]) & (weight < LIGHT) & (least >= ADULT)
    heavy = (weight > HEAVY) & (weight <= LIMITS["weight"][1]) & (most.fillna(least) < INFANT)
    return [
        as_severe(flag("cases", cases[rows], "Q42", "weight", what), "warning")
        for rows, what in (
            (light, f"a grown patient of less than {LIGHT:g} kg"),
            (heavy, f"a patient of less than {INFANT:g} years and more than {HEAVY:g} kg"),
        )
    ]


def _amounts(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    parts = []
    for table_name, column, unit in (("doses", "amount", "unit"), ("courses", "cumulative_dose", "cumulative_unit")):
        table, (most, what) = tables[table_name], LARGEST[column]
        kilograms = numbers(table[column]) * factors(table[unit], pd.Series("kg", index=table.index))
        odd = table[kilograms > most]
        parts.append(flag(table_name, odd, "Q42", column, what, value=odd[column] + " " + odd[unit]))
    return parts
