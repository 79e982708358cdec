"""What is true of reported rows before any room asks: accepted repairs, which records are one patient and which version counts,
which rows tell of the drug and of the event, which course is a use and which rows belong to it, when on the calendar a row
lies and what begins after a death, what a text names (causes, kinds of measures, terms), and whose answer stands.

In come reported tables or rows of them; out come the same tables repaired or in order, marks of rows, and names. The rule: only a
row of `corrections` repairs a cell, only a row of `links` makes two records one patient, and what `validate` and `derive` both
ask is answered here, once.
"""
