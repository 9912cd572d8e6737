"""The forms of files for other programs: one module a family, each a function that writes one.

In: an `Export` (rows in their order, and where what they rest on is looked up) and an open binary
file. Out: how many rows were written. `menu.py` says what each form holds; `exports.py` chooses.
"""
