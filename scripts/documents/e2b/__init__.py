"""E2B(R3) messages: the file of a case in, an XML message and the list of elements that stay open out.

One module per section, the nodes they are built from, and our own rules for what the schema set lets through
(`rules`). The rule: an element without a value is left
open or gets the nullFlavor of its reason where the element allows one, never a default.
"""
