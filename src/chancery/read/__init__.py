"""Report to claims: in comes a report's text, out comes a `Reading` with all found in it.

Read `reader.py` first: it is the path on one page. Each stage is a function of text and nouns:
`sentences.py`, `mentions.py` (who is named), `dates.py` (when), `voices.py` (on whose word), and
`claims.py` (what was done), which leans on `triggers.py` (the words that tell a deed),
`clauses.py` (who did it to whom) and `standing.py` (whether it came about). Word lists lie in
`data/*.toml`; kinds of deeds are the lexicon's frames.
"""

from chancery.read.reader import Reader

__all__ = ["Reader"]
