"""openFDA `drug/event`: pages or download files as JSON in, reported tables out.

The rule: openFDA publishes no date of onset, and none is made up.
"""
