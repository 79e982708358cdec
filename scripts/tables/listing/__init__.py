"""What the line listing is made of: what is known of a case, its further episodes, and the words of every cell.

In comes the bundle; out come the texts that `table_line_listing` puts into its columns. The rule: a cell holds what is
known or the reason for not knowing it, and silence is never good news.
"""
