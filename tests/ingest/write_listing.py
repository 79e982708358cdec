"""Writes the invented cases as a EudraVigilance public line listing."""

import csv
import io

from schemas.codes import crosswalk

HEADER = [
    "EU Local Number", "Report Type", "EV Gateway Receipt Date", "Primary Source Qualification",
    "Primary Source Country for Regulatory Purposes", "Literature Reference", "Patient Age Group",
    "Patient Age Group (as per reporter)", "Parent Child Report", "Patient Sex",
    "Reaction List PT (Duration – Outcome - Seriousness Criteria)",
    "Suspect/interacting Drug List (Drug Char - Indication PT - Action taken - [Duration - Dose - Route])",
    "Concomitant/Not Administered Drug List (Drug Char - Indication PT - Action taken - "
    "[Duration - Dose - Route])",
    "ICSR Form",
]  # fmt: skip
BANDS = {"34": "18-64 Years", "51": "18-64 Years", "8": "2 Months - 2 Years", "7": "65-85 Years"}
ROUTES = {"041": "intravenous drip", "042": "intravenous (not otherwise specified)", "048": "oral"}
BREAK = ",<BR><BR>"


def listing(cases, header=HEADER):
    """The listing as text, with the two byte order marks that downloads have been seen to begin with."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(header)
    lines.writerows(_line(case) for case in cases)
    return "\ufeff\ufeff" + text.getvalue()


def _ev(codelist, code):
    return crosswalk(codelist, "eudravigilance").get(code, "Not Specified").split("|")[0]


def _line(case):
    suspects = [_drug(drug) for drug in case["drugs"] if drug["role"] in ("suspect", "interacting")]
    others = [_drug(drug) for drug in case["drugs"] if drug["role"] not in ("suspect", "interacting")]
    professional = case["qualification"] in ("physician", "pharmacist", "other_health_professional")
    return [
        case["id"], _ev("report_type", case["type"]), f"{case['received']} 00:00:00",
        "Healthcare Professional" if professional else "Non Healthcare Professional",
        "European Economic Area", case.get("literature", "Not Specified"),
        BANDS.get(case.get("age", ("",))[0], "Not Specified"), _ev("age_group", case.get("age_group")), "No",
        _ev("sex", case["sex"]), BREAK.join(map(_reaction, case["reactions"])), BREAK.join(suspects),
        BREAK.join(others) or "Not reported", "form",
    ]  # fmt: skip


def _reaction(reaction):
    criteria = ", ".join(_ev("seriousness", criterion) for criterion in reaction["serious"])
    duration = "".join(reaction.get("duration", ["n/a"]))
    return f"{reaction['term']} ({duration} - {_ev('outcome', reaction['outcome'])} - {criteria})"


def _drug(drug):
    dosage = drug["doses"][0] if drug["doses"] else {}
    duration = "".join(dosage.get("duration", ["n/a"]))
    inside = f"{duration} - {dosage.get('text', 'n/a')} - {ROUTES.get(dosage.get('route'), 'n/a')}"
    role, action = _ev("drug_role", drug["role"]), _ev("action_taken", drug.get("action"))
    indication = drug.get("indication", "n/a")
    return f"{drug['drug']} [{drug['substance']}] ({role} - {indication} - {action} - [{inside}])"
