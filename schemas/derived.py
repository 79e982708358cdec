"""All derived tables: one row per patient, per exposure, per episode, per time, per re-exposure, per test result ..."""

import pandera.pandas as pa

from schemas.derived_course import DOSE_DAYS, EPISODES, EXPOSURES, ONSET_PAIRS, RECHALLENGES, SIGNS, TIMES
from schemas.derived_patients import APPRAISALS, CAUSES, COMPLETENESS, JUDGEMENTS, PATIENTS, TEST_RESULTS
from schemas.derived_sources import CLAIMS, REFERENCES

DERIVED: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        PATIENTS,
        TIMES,
        EXPOSURES,
        DOSE_DAYS,
        SIGNS,
        EPISODES,
        RECHALLENGES,
        ONSET_PAIRS,
        CAUSES,
        JUDGEMENTS,
        APPRAISALS,
        TEST_RESULTS,
        COMPLETENESS,
        REFERENCES,
        CLAIMS,
    )
}
"""All derived tables by the name of their file, without its ending, the spine first."""
