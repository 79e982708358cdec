"""FAERS quarterly extracts: zips or folders of `$`-separated files in, selected cases as reported tables out.

The rule: lines are checked and searched as they pass and only those asked for are kept; of a case the latest version
counts, and every report that leaves does so with a reason in the ledger.
"""
