"""How numbers, times, codes, units, countries and findings read, how printed values are read back, and the sentences that every
product tells alike: the lead, who is alive, what recurred.

In come single values and rows of results; out come texts for people, or the number and unit behind a printed value. The rule: a number is
rounded here and nowhere else, a gap is shown by its reason, and a text is cleaned only of what no file format can
hold.
"""
