"""Instruments of appraisal: which of their questions the record of a patient decides, and how.

In comes what was derived of each patient, with the doses and tests it rests on; out comes the table `appraisals`. The rule:
a question is answered by rows or not at all; what takes an assessor is not asked here.
"""
