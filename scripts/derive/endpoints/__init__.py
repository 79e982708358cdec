"""When the event began, ended or was followed by death: the times of the exposures of each case, on every clock.

In comes one exposure of each case (scripts.derive.use); out come the tables `times` and `onset_pairs`. The rule: a time keeps its two
bounds.
"""
