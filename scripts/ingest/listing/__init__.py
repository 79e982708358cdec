"""The EudraVigilance public line listing: a CSV with composite cells in, reported tables out.

The rule: a cell with several entries is taken apart from its end, and what cannot be taken apart stays whole, with a
finding.
"""
