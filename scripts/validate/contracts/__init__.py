"""Does every table keep its contract, and do the rows hang together?

In come tables as read; out come findings of the severity `contract`, and the tables with all their columns. The rule:
one fault hides no other, and nothing is said of references into a table that is not known in full.
"""
