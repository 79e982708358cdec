"""Importing this loads what the rooms need: for a process from which others are forked (workflow.many)."""

import gc

from workflow import warm
from workflow.steps import steps

for module in warm.modules(list(dict.fromkeys(step.room for step in steps(["any"])))):
    warm.load(module)
gc.freeze()  # what is loaded stays; the processes forked from here need not look through it
