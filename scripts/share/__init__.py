"""A copy one may share: derived tables go in, the same tables without what points at a person come out.

The rule: a column goes on only where `columns.csv` says so, and a new column stays here until somebody has looked at it.
What the rooms after make of the copy knows nothing of the original.
"""
