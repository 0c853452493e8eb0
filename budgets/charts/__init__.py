"""Charts of amounts: numbers in, the geometry of a drawing out. Pure; exact inside, never a float.

Lengths are in the units of a drawing 320 units wide, which a phone shows about one unit to a pixel. They are strings
with at most two decimals, ready for an attribute of SVG.
"""
