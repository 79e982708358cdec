"""What times are told of and counted from: the names that the derived table `times` and every result use."""

MAIN_SET = "series_plus_new"
"""The set every headline speaks of: anonymous rows of aggregates and every case outside them."""
COUNTED_INSIDE = "counted_inside"
"""In `times`, in place of a set: the own times of the others, who are counted inside an aggregate and may stand in other sets,
with times of the row whose place they take."""
OWN_SETS = (MAIN_SET, COUNTED_INSIDE)
"""Where every patient's own times stand, each once."""

ONSETS = ("first_symptom", "sentinel_sign", "diagnosis")
RESOLUTIONS = ("radiological_resolution", "clinical_resolution")
ENDPOINTS = (*ONSETS, *RESOLUTIONS, "death")

ONSET_AGAIN = "onset_on_re_exposure"
"""In the results, the onset of the headline in the first episode on re-exposure, from the first dose of that exposure."""

OVER_STATES = ("observed", "sequelae")
"""States in which an event has ended, with or without sequelae."""
KNOWN_STATES = ("observed", "not_resolved", "died", "sequelae")
"""States of a time that tell something of it (code list `time_state`)."""

CLOCKS = ("first_dose", "last_dose", "first_exposure")
"""Clocks of onset and death."""
POOLED, STATED = "pooled origins", "stated origin"
"""Clocks of resolution in the results: all origins that may be pooled; of these the cases whose source states one."""
UNSTATED = "not_stated"
"""What a time is counted from, where its source does not say: a stratum of its own, never pooled in silence."""
WORSENED, MOTHERS = "first_dose_to_worsening", "mothers_first_dose"
"""Clocks of onsets that are told apart: of what was there before the drug and worsened; of a child exposed through its mother."""
THROUGH_MOTHER = ("transplacental", "transmammary", "intra-amniotic")
"""Routes of the code list `route` by which a child has what its mother was given."""
DOSE_CLOCKS = (*CLOCKS, WORSENED, MOTHERS)
