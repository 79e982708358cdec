"""The report: everything in, one self-contained page, the headline numbers, the dataset and the manifest of the run out.

The rule: the page reaches for nothing on the network and estimates nothing; what it counts itself are differences from the accepted run, and
how many others one patient lies before or after. The manifest holds inputs, versions and conventions, but no time, machine or user.
"""
