"""Names and their meanings: tables of actors, frames and sources in, look-ups out.

In come TOML files under `data/` that a political scientist can edit (`docs/lexicon.md`); out
comes a `Lexicon`, which finds names in texts, tells an actor's code on a day, and holds the frames
and their cues. A table that does not hold together stops the load, with every fault placed.

Read `load.py` first, then `names.py` (names in text) and `actors.py` (codes on a day); the way
from tables to the compiled file is `tables.py`, `decode.py`, `check.py`, `compiled.py`,
`build.py`, `cache.py`; `sources.py` knows outlets, `search.py` finds what is misspelt,
`same_name.py` tells whether two spellings are one name, `gazetteer.py` where places lie.
"""

from chancery.lexicon.gazetteer import Gazetteer, Locality
from chancery.lexicon.load import Lexicon
from chancery.lexicon.names import NameMatch
from chancery.lexicon.same_name import same_name

__all__ = ["Gazetteer", "Lexicon", "Locality", "NameMatch", "same_name"]
