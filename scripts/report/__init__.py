"""The report: everything in, one self-contained page, the headline numbers and the manifest of the run out.

The rule: the page reaches for nothing on the network and computes nothing; the manifest holds inputs, versions
and conventions, but no time, machine or user.
"""
