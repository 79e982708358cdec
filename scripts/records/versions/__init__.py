"""One case in several received sources: which record counts, which leave, and of which a source knows a later version.

The rule: of every case one record stays, and each other one leaves with a reason of ours; nothing that an analyst typed leaves here.
"""
