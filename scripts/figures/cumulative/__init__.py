"""The panel of onset and resolution: times in, a cumulative share with band, lanes and table of counts out.

The rule: what is not known is drawn as not known; the share lies between the known and the possible.
"""
