"""JADER, the public reports of PMDA: four CSV tables with Japanese headings in, selected cases as reported tables out.

The rule: dates, ages and sizes stay as coarse as they are published, and words whose meaning is in no list stay as sent.
"""
