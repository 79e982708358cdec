"""From the reported tables of all sources to the series.

In come reported tables, findings and the profile; out come the series' tables, its membership sets and the ledger:
latest versions, links resolved, case definition applied, withheld cells taken out. The rule: every record and row
that enters is in the series or in the ledger with a reason, and that is asserted.
"""
