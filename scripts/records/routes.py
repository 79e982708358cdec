"""By which way a dose came: what its route says."""

import pandas as pd

from schemas.endpoints import THROUGH_MOTHER


def through_mother(doses: pd.DataFrame) -> pd.Series:
    """Doses that reached a child through the placenta, the amnion or the milk; one said not to be given is none."""
    routes = doses["route"].str.strip().str.casefold().isin(THROUGH_MOTHER)
    return routes & (doses["given"] != "no")
