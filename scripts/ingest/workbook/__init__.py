"""The entry workbook, both ways: written empty from the contracts, and read when it has been filled in.

In comes an XLSX file, out come reported tables. The rule: a cell is read as the spreadsheet shows it or refused, no
formula is evaluated, and a workbook is opened without trusting any size that it declares.
"""
