"""What every figure is drawn on: sizes, typeface, palette, keys, words of captions, and the writing of the files.

In come a drawing and its words; out come SVG, PDF, PNG or TIFF. The rule: sizes are those of the printed page in mm,
what colour says is said by shape or pattern too, and no file holds a date.
"""
