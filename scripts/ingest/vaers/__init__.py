"""VAERS, the public vaccine reports of the United States: three CSV tables in, selected cases as reported tables out.

The rule: what VAERS says of the report as a whole is said of its one reaction, and of several only as an assumption or not
at all.
"""
