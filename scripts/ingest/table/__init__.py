"""One table with a row per patient, read with a column map (schemas/column_map.py): ordinary reported tables come out.

`grammar` says what a printed time means, `printed_cells` and `printed_words` what other cells mean, `placing` puts columns
where the reported tables have them, `proposal` proposes a map. The sheet `patients` of the entry workbook goes the same way.
The rule: a column without a target is kept as a note of its case, a cell that does not parse is a finding with its place,
words and cure, and the printed words stand in `provenance` beside what they were taken to mean.
"""
