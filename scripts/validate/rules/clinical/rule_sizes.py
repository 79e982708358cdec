"""Q42: weights, heights and amounts that no patient has, and no dose."""

import pandas as pd

from schemas.profile import Profile
from scripts.clock.intervals import numbers
from scripts.validate.flags import as_severe, flag, together
from scripts.validate.rules.printed import factors

LIMITS = {"weight": (0.2, 650.0, "kg"), "height": (15.0, 275.0, "cm")}
"""Beyond the lightest newborn and the heaviest adult, the shortest and the tallest, that were recorded."""
ADULT, LIGHT = 18.0, 20.0
"""A grown patient of less than 20 kg is asked about, not withheld."""
LARGEST_DOSE = 1000.0
"""Grams; no single dose of a medicine is a kilogram."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about sizes out of reach."""
    cases, doses = tables["cases"], tables["doses"]
    parts = []
    for column, (least, most, unit) in LIMITS.items():
        size = numbers(cases[column])
        odd = cases[((size >= 0) & (size < least)) | (size > most)]
        parts.append(flag("cases", odd, "Q42", column, f"not between {least:g} and {most:g} {unit}"))
    weight = numbers(cases["weight"])
    light = cases[(weight >= LIMITS["weight"][0]) & (weight < LIGHT) & (numbers(cases["age_lower"]) >= ADULT)]
    parts.append(
        as_severe(flag("cases", light, "Q42", "weight", f"a grown patient of less than {LIGHT:g} kg"), "warning")
    )
    amount = numbers(doses["amount"])
    grams = amount * factors(doses["unit"], pd.Series("g", index=doses.index))
    heavy = doses[grams > LARGEST_DOSE]
    parts.append(
        flag(
            "doses",
            heavy,
            "Q42",
            "amount",
            "more than a kilogram in one dose",
            value=heavy["amount"] + " " + heavy["unit"],
        )
    )
    return together(parts)
