"""How numbers, codes, units, countries and findings read, and how printed values are read back.

In come single values; out come texts for people, or the number and unit behind a printed value. The rule: a number is
rounded here and nowhere else, a gap is shown by its reason, and a text is cleaned only of what no file format can
hold.
"""
