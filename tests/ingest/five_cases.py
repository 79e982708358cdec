"""Five invented cases, in our own words, and the reported tables they amount to.

They are made so that every format has something it cannot say: several reactions, a rechallenge without
a result, a reason for a missing onset, a month for a date, two dosages of one drug, a death, an age in months
or decades.
Nothing here is a real patient, product or dictionary term.
"""

from copy import deepcopy
from itertools import chain

SERIOUS = (
    "death",
    "life_threatening",
    "hospitalisation",
    "disability",
    "congenital_anomaly",
    "other_important",
)


def reaction(term, **cells):
    return {"term": term, "serious": (), **cells}


def dose(start="", end="", **cells):
    return {"start": start, "end": end, **cells}


def drug(drug_name, substance, role, doses=(), judged=(), assessed=(), **cells):
    return {"drug": drug_name, "substance": substance, "role": role, "doses": list(doses), "judged": list(judged),
            "assessed": list(assessed), **cells}  # fmt: skip


CASES = [
    {
        "id": "GB-INVENTED-1", "version": "1", "received": "2022-08-01", "latest": "2022-08-15",
        "type": "spontaneous", "qualification": "physician", "country": "GB", "where": "GB",
        "sex": "F", "age": ("34", "a"), "weight": "61.5", "height": "168",
        "literature": "Nobody A. An invented report. J Invent. 2022;1:1-2.",
        "narrative": "An invented narrative with <signs> & \"quotes\".",
        "reactions": [
            reaction("Invented lung bleeding", onset="2022-07-06", end="2022-07-16", duration=("10", "d"),
                     outcome="recovered", serious=("life_threatening", "hospitalisation")),
        ],
        "drugs": [
            drug("LEMDAHLIA", "dahliumab", "suspect", action="withdrawn", indication="Invented sclerosis",
                 doses=[dose("2022-07-04", "2022-07-05", amount="12", unit="mg", interval="1",
                             interval_unit="d", lot="L1", text="12 mg daily", form="solution", route="041")],
                 judged=[{"reaction": "1", "start": ("3", "d"), "last": ("2", "d"),
                          "dechallenge": "positive"}],
                 assessed=[("1", "Reporter", "Global introspection", "Probable"),
                           ("1", "Company", "Global introspection", "Possible")]),
            drug("Aciclomida", "aciclomida", "concomitant"),
        ],
        "history": [{"kind": "condition", "term": "Invented sclerosis", "start": "2015",
                     "continuing": "yes"}],
        "tests": [
            {"test": "C-reactive protein", "date": "2022-07-07", "value": "<5", "unit": "mg/L",
             "reference": ("0", "5")},
            {"test": "Ferritin", "date": "2022-07", "value": ">=2000", "unit": "ug/L"},
            {"test": "Haemoglobin", "date": "2022-07-07", "value": "8.1", "unit": "g/dL"},
        ],
    },
    {
        "id": "FR-INVENTED-2", "version": "3", "received": "2021-05-02", "latest": "2021-06-01",
        "type": "study", "qualification": "pharmacist", "country": "FR", "where": "FR",
        "sex": "M", "age": ("51", "a"), "narrative": "Invented.",
        "reactions": [reaction("Invented lung bleeding", onset="2021-03", outcome="recovering",
                               serious=("hospitalisation",))],
        "drugs": [
            drug("LEMDAHLIA", "dahliumab", "suspect", action="not_changed",
                 doses=[dose("2020-03-02", "2020-03-06", route="042"),
                       dose("2021-03-01", "2021-03", route="042")],
                 judged=[{"reaction": "1", "rechallenge": "recurred", "dechallenge": "not_applicable"}]),
        ],
    },
    {
        "id": "DE-INVENTED-3", "version": "1", "received": "2020-01-10", "latest": "2020-01-10",
        "type": "other", "qualification": "consumer", "country": "DE", "where": "AT",
        "sex": "F", "age": ("8", "mo"), "narrative": "Invented.",
        "reactions": [reaction("Invented rash", onset="2020-01-01", outcome="unknown",
                               serious=("other_important",))],
        "drugs": [
            drug("OTHERDAHL", "otherdahl", "interacting", action="reduced",
                 doses=[dose("2019", "", duration=("2", "wk"), amount="2.5", unit="mL", route="048")],
                 judged=[{"reaction": "1", "rechallenge": "not_recurred", "dechallenge": "negative"}]),
        ],
        "history": [{"kind": "past_drug", "term": "Olddahl", "start": "2018-02", "end": "2018-03",
                     "reaction": "Invented itch"}],
    },
    {
        "id": "JP-INVENTED-4", "version": "2", "received": "2019-11-11", "latest": "2019-12-24",
        "type": "spontaneous", "qualification": "other_health_professional", "country": "JP", "where": "JP",
        "sex": "M", "age": ("7", "decade"), "narrative": "Invented.",
        "reactions": [reaction("Invented lung bleeding", onset="2019-10-30", outcome="fatal",
                               serious=("death",))],
        "drugs": [
            drug("LEMDAHLIA", "dahliumab", "suspect", action="not_applicable",
                 doses=[dose("2019-10-28", "2019-10-29", route="042")],
                 judged=[{"reaction": "1", "rechallenge": "outcome_unknown"}]),
        ],
        "death": {"date": "2019-11-02", "cause": "Invented lung bleeding", "autopsy": "yes"},
    },
    {
        "id": "US-INVENTED-5", "version": "1", "received": "2018-06-30", "latest": "2018-07-01",
        "type": "not_available", "qualification": "lawyer", "country": "US", "where": "US",
        "sex": "unknown", "age_group": "adult", "narrative": "Invented.",
        "reactions": [
            reaction("Invented nausea", onset="asked_unknown", outcome="not_recovered"),
            reaction("Invented lung bleeding", onset="asked_unknown", outcome="recovered_with_sequelae",
                     serious=("disability",)),
        ],
        "drugs": [
            drug("LEMDAHLIA", "dahliumab", "suspect", action="increased", doses=[dose("asked_unknown", "")],
                 judged=[{"reaction": "2", "rechallenge": "recurred"}]),
            drug("Neverdahl", "neverdahl", "not_administered", action="unknown",
                 judged=[{"reaction": "1", "rechallenge": "not_rechallenged"}]),
        ],
    },
]  # fmt: skip


def one_dosage_per_drug(cases=CASES):
    """The cases as R2 has them: a drug with two dosages stands twice, one not administered has no code."""
    cases = deepcopy(cases)
    for case in cases:
        given = [drug_entry for drug_entry in case["drugs"] if drug_entry["role"] != "not_administered"]
        case["drugs"] = list(chain.from_iterable(_split(drug_entry) for drug_entry in given))
    return cases


def _split(drug_entry):
    if len(drug_entry["doses"]) < 2:
        return [drug_entry]
    return [
        drug_entry | {"doses": [dosage], "judged": drug_entry["judged"] if not place else []}
        for place, dosage in enumerate(drug_entry["doses"])
    ]
