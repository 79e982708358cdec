"""Small series made for the figures, analysed as real ones are: one dictionary per case, the rest as nothing said.

Each is made once and shared: a test that wants it otherwise makes a copy (`dataclasses.replace`, `DataFrame.assign`).
"""

import random
from dataclasses import replace
from functools import cache

from scripts.files.bundle import Bundle
from tests.figures.made_series import (
    INF,
    MODIFIERS,
    PROFILE,
    made,
)


@cache
def one() -> Bundle:
    """One case."""
    return made([{"onset": (2, 3), "resolution": (0, 5), "symptoms": "itch; cough"}])


@cache
def none_known() -> Bundle:
    """Six cases of which nothing is known but that they are."""
    return made([{}] * 6)


@cache
def alike() -> Bundle:
    """Ten identical rows."""
    return made([{"onset": (0, 4), "resolution": (0, 14), "symptoms": "itch"}] * 10)


@cache
def mixed(cases: int = 50, seed: int = 7) -> Bundle:
    """Many cases of every kind: exact and interval times, deaths, open ends, re-exposures, tests, symptoms."""
    chance = random.Random(seed)
    signs = ["itch", "cough", "wheeze", "fever", "chest pain", "dyspnoea"]
    return made([_random(chance, signs, number) for number in range(cases)])


def _random(chance: random.Random, signs: list[str], number: int) -> dict:
    start = chance.choice([0, 1, 2, 3, 5, 9])
    case: dict = {"onset": (start, start + chance.choice([0.5, 1, 1, 2, 7]))} if chance.random() < 0.85 else {}
    case |= {
        "group": chance.choice(["itch", "sneezing"]),
        "published": str(2010 + number % 9),
        "symptoms": "; ".join(chance.sample(signs, chance.randint(0, 4))),
        "country": chance.choice(["Norway", "not_stated", "not_seen", "masked", ""]),
        "sex": chance.choice(["F", "M", "asked_unknown", "not_asked"]),
        "dose": chance.choice(["12 mg", "unknown"]),
        "premedication": chance.choice(["none", "not_done", "not_applicable"]),
        "given_upper": "3",
        "planned_doses": "5",
    }
    fate = chance.random()
    if fate < 0.1:
        case |= {"died": (start + 4, start + 5), "outcome": "fatal"}
    elif fate < 0.6:
        case |= {"resolution": (chance.choice([0, 3]), chance.choice([8, 14, 16])), "outcome": "recovered"}
    elif fate < 0.75:
        case |= {"resolution": (7, INF), "outcome": "not_recovered"}
    case |= {"dechallenge": chance.choice(["positive", "positive", "negative", "not_applicable", "unknown"])}
    if fate >= 0.1 and chance.random() < 0.3:
        recurrence, signs_again = (chance.choice(["positive", "negative", "inconclusive"]) for _ in range(2))
        case |= {
            "rechallenge_symptoms": signs_again,
            "re_exposed": {
                "event": recurrence,
                "symptoms": signs_again,
                "gap": "30 d",
                "modifiers": chance.choice(MODIFIERS),
            },
            "rechallenge_event": recurrence,
        }
    if chance.random() < 0.4:
        case["results"] = [("ALT", chance.choice([30, 80, 400])), ("ALT", 55)]
    if chance.random() < 0.3:
        case |= {"identity": "anonymous", "aggregate_id": "AGG"}
    return case


@cache
def long_labels() -> Bundle:
    """Names far wider than any column, with words that cannot be broken, and characters that mean something to TeX."""
    long = "Hypersensitivitätspneumonitis$\\alpha$_mit_sehr_langem_Namen_und_ohne_Leerzeichen " * 3
    return replace(
        made(
            [
                {
                    "case_id": f"{number}-{long}".strip(),
                    "group": long,
                    "symptoms": f"{long}; itch",
                    "onset": (0, 2),
                    "published": "2020",
                    "resolution": (1, 9),
                    "results": [(long, 50), (long, 70)],
                    "re_exposed": {"event": "positive", "gap": "about a year later, as the authors say"},
                }
                for number in range(7)
            ]
        ),
        profile=PROFILE.model_copy(
            update={
                "drug": PROFILE.drug.model_copy(update={"name": long}),
                "event": PROFILE.event.model_copy(update={"name": long, "abbreviation": ""}),
            }
        ),
    )


@cache
def other_scripts() -> Bundle:
    """Greek, Cyrillic and Arabic are in the typeface; Chinese and Devanagari are not."""
    names = ["Ασθενής", "Пациент", "مريض", "患者", "रोगी", "Bjørg Łuć"]
    return made(
        [
            {"case_id": f"{group}-{number}", "group": group, "onset": (0, 1 + number), "symptoms": "κνησμός; かゆみ"}
            for number, group in enumerate(names)
        ]
    )


ALL = {"one": one, "none known": none_known, "alike": alike, "fifty": mixed, "long labels": long_labels,
       "other scripts": other_scripts}  # fmt: skip
