"""Times that one clock cannot use and the clock that the series is counted on can: they are told, and warn of nothing."""

import pandas as pd

FROM_LAST_DOSE = "counted from the last dose, and the doses have no days"
LAST_DOSE = "last_dose"
CURE = "Nothing to do: the series is counted from the last dose. For the other clocks list the doses with their days."


def of_clock(findings: pd.DataFrame, clock_asked: str) -> pd.DataFrame:
    """The findings as they are meant in a series that is counted on this clock."""
    served = (findings["rule"] == "Q45") & (findings["what"] == FROM_LAST_DOSE)
    if clock_asked != LAST_DOSE or not served.any():
        return findings
    return findings.assign(
        severity=findings["severity"].mask(served, "information"), cure=findings["cure"].mask(served, CURE)
    )
