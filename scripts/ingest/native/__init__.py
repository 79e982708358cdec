"""The native format as CSV: a folder with one file per reported table in, reported tables out.

The rule: rows of another width, swallowed rows and two encodings in one file are named with their place, never merged
or repaired in silence.
"""
