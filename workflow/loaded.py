"""Importing this loads what the rooms need: for a process from which others are forked (workflow.many)."""

import gc
import signal

from workflow import warm
from workflow.steps import steps

hearing = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the launcher that answers the keyboard
for module in warm.modules(list(dict.fromkeys(step.room for step in steps(["any"])))):
    warm.load(module)
signal.signal(signal.SIGINT, hearing)
gc.freeze()  # what is loaded stays; the processes forked from here need not look through it
