"""Rules on courses and doses: dates, counts, intervals, schedule, re-exposure and rechallenge as coded.

In come courses, doses and assessments; out come findings where they disagree with each other or with the profile's
schedule. The rule: a dose without a date has no day.
"""
