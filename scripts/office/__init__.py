"""Word, Excel and PDF files as such: pages, sheets, typefaces and fixed metadata.

In come texts, numbers and tables; out come the bytes of a file. The rule: no clock and no random part in a file, so
that the same content gives the same bytes, and a user's text is never a formula, a field, a link or markup.
"""
