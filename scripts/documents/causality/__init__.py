"""Instruments of causality: the file of a case in; answers to Naranjo, WHO-UMC, Bégaud and Murad out.

The rule: a question is answered by rows or not at all, an assessor's answer overrides a derived one and says so, and
silence answers nothing.
"""
