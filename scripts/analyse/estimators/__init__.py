"""Statistics of intervals, proportions and rechallenges: arrays in, estimates with limits out.

The rule: each method stands under its own name, its conventions are arguments, and an estimate that one case decides
comes with its warning. Nothing here knows a series.
"""
