"""What people take away: words, tables, rows and files made from the ledger's nouns.

In: nouns (`Happening`, `Claim`, `Statement`, …) and an open ledger to look words up in. Out: text
for a terminal, JSON and CSV rows, and export files. Read `words.py` first: how dates, voices,
standings and certainty are shown is decided there, once. Report text is untrusted: whatever goes
to a terminal passes through `visible.py`, whatever goes to a spreadsheet through `rows.py`.
"""
