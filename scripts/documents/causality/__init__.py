"""Instruments of causality: the file of a case in; answers to Naranjo, WHO-UMC, Bégaud and Murad out.

The rule: what rows answer is derived (scripts.derive.instruments), an assessor's answer overrides it and says so, and silence
answers nothing. Here the answers that stand are added up to the sum of their instrument.
"""
