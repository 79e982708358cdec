"""Rules on sources and what they claim: counts in words, overlapping sources, overviews, reviewers' remarks.

In come sources, statements, links and remarks; out come findings where patients may be counted twice or numbers do
not add up. The rule: an overview and its members are never added up in silence.
"""
