"""The CIOMS I form: the file of a case in, the contents of boxes 1 to 26 and one page with its continuation out.

The rule: a box without an answer stays blank, and what does not fit goes on overleaf, whole.
"""
