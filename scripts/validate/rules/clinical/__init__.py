"""Rules on the patient, the event, its competing causes and the laboratory.

In come cases, reactions, alternatives and test results as printed; out come findings. The rule: analytes, terms and
causes are those of the profile.
"""
