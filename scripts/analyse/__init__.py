"""Statistics of small, interval-valued case series: derived tables in, one long results table out.

The estimators are pure functions on arrays; they read no files and format nothing. Times are intervals
(lower, upper]: lower == upper is an exact time, upper == inf right-censored, (0, inf) says nothing.
"""
