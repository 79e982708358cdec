"""What the record says, as its source says it: times, doses and sources in words, and the findings about a row.

In come reported rows, out come words and ids for cells of derived tables.
The rule: nothing is counted or concluded here; each thing is told once, and a reason for missing only where nothing else stands.
"""
