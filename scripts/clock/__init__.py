"""Days: everything that knows what a day is, and what a time is counted from.

In come dates and bounds as reported; out go half-open intervals (lower, upper] in days from a named origin, the day on
which a course began, and which of several origins are taken together. The rule: study day [a, b] is (a-1, b] elapsed days,
part dates stay intervals, and no date is guessed.
"""
