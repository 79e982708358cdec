"""Records that may be one patient: identified cases in, scored pairs out, explained field by field.

The rule: nothing is merged here; only a row of `links` does that. In a large series only pairs that share a block are
compared, and every pair that a link calls one patient or suspects.
"""
