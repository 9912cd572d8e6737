"""How states move: data sets of the field beside the ledger, and what can be measured in both.

In: event data sets as they are published, which become layers (one event schema, in Parquet), and
the ledger's happenings. A layer is compared with the ledger and never added to it. Out: a `Cube`,
one dyad-period table of either, and from it frozen results: warmth and intensity, surprising cells,
turns, who answers whom, triads, dependence. What the data cannot show comes back as a `Refusal`,
not as an exception. Read `layers.py` for what comes in and `cube.py` for what is measured; each
method is a file of its own, explained with a worked example in `docs/relations.md`.
"""

from chancery.relations.layers import Layers
from chancery.relations.manifest import LayerSummary, Reason, Stratum

__all__ = ["LayerSummary", "Layers", "Reason", "Stratum"]
