"""The analyses of a series, one file `of_<name>.py` each: derived tables and conventions in, rows of results out.

`rows` collects them and `timing` gives every kind of time the same numbers. The rule: no number without its n, N,
method and the ids of the cases behind it.
"""
