"""A table as shown, written as HTML, Word or Excel: tables in, files out.

The rule: all formats show the same cells and footnotes, unrounded numbers stand beside the words where a spreadsheet
can hold them, and a user's text stays text.
"""
