"""The swimmer: times and re-exposures of each case in, lanes and marks of one row per case out.

The rule: a time is filled where it is known to the day, a bar where it is an interval, an arrow where it is open, and
no mark covers another.
"""
