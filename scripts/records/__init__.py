"""Rows of the reported tables as records of patients: accepted repairs, and which records are one patient.

In come reported tables; out come the same tables with corrections applied, or the records that links join. The rule:
only a row of `corrections` repairs a cell, and only a row of `links` makes two records one patient.
"""
