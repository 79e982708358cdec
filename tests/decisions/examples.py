"""How many generated series a property is attacked with, and the profile they share."""

import os

from hypothesis import Phase, settings

from schemas.profile import RiskWindow
from tests.validate.build import PROFILE

EXAMPLES = int(os.environ.get("DAHLIA_EXAMPLES", "1"))
FEW = settings(max_examples=EXAMPLES, deadline=None, phases=(Phase.generate,), derandomize=EXAMPLES == 1)
"""Each example is a series of many cases; DAHLIA_EXAMPLES=100 attacks for longer."""
ALONE = PROFILE.model_copy(
    update={
        "event": PROFILE.event.model_copy(update={"risk_window": RiskWindow(days=5, source="invented")}),
        "drug": PROFILE.drug.model_copy(update={"class_members": ["otherol"]}),
    }
)
"""With a risk window of its own, so that no case of a series touches another's, and with another drug of its class."""
