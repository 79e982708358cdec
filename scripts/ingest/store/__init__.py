"""A store of public extracts: each table of an extract converted once, so that a series is a query and no new reading.

    STORE/<format>/<table>/extract=<name>/part.parquet      the lines of one table of one extract, cells as sent
    STORE/<format>/latest/<parts>.parquet                   of every case the report that counts, over all extracts
    STORE/<format>/catalogue.json                           every part: its source, checksums, layout, what did not fit
    STORE/<format>/ledger.csv                               the same counts for a person

The rule: a store holds what its extracts hold, line by line; what a reader reads from it is what it reads from them. A part
counts once the catalogue names it, and an extract that looks unlike those before it is refused.
"""
