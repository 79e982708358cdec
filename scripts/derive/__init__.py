"""From the series to derived tables: exposures, episodes, times, rechallenges, causes, appraisals, test results, one row per case.

In comes the series, with the findings about it; out come the tables of `schemas/derived.py` (`derived.derive`), each made from those
before it. The rule: every clinical decision is taken here,
once, with its basis; derivations read no files, and what is unknown stays unknown.
"""
