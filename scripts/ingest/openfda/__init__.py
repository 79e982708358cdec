"""openFDA `drug/event`: pages or download files as JSON in, reported tables out.

The rule: openFDA publishes no date of a reaction; the event date in the narrative is the one of the report, and none is made up.
"""
