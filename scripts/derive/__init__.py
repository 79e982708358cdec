"""From the series to derived tables: onset, resolution, dechallenge, rechallenge, test results, one row per case.

In comes the series; out come the tables of `schemas/derived.py`. The rule: every clinical decision is taken here,
once, with its basis; derivations read no files, and what is unknown stays unknown.
"""
