"""Laboratory results: the words of their figure.

The rule: what a source prints as a limit is told as one, and what the scale has no place for is counted.
"""
