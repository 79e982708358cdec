"""What all command lines share: arguments, formats of sources, messages and exit codes.

In come the words of the user; out come parsed arguments and the reader of a format, or one message and an exit code
(0 done, 1 a fault of ours, 2 a fault in what the user gave, 3 findings stop the run). The rule: no traceback for a
user's fault, and no patient's text in a log.
"""
