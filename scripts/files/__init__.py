"""Tables on disk, and what is read from them together.

In come folders and files that a room has written; out come data frames, and the bundle that all products are made
from. The rule: UTF-8 CSV with LF line ends, whole files or none, and text stays text.
"""
