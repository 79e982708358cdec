"""E2B messages, R3 and R2: ICH ICSR files in, one report after another out, as rows of the reported tables.

The rule: nothing is fetched and no entity expanded, memory is bounded by one report, and an element that is absent
stays absent. The element names of R2 are read here for openFDA too, which publishes them as JSON.
"""
