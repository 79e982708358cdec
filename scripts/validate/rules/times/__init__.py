"""Rules on times: bounds, order, origin, precision, intervals as reported, dates their source cannot know.

In come times as typed; out come findings where they cannot be or contradict one another. The rule: a time that is
only perhaps wrong is a warning at most.
"""
