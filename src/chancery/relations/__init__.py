"""How states move: data sets of the field beside the ledger, and what can be measured in both.

In: event data sets as they are published, which become layers (one event schema, in Parquet), and
the ledger's happenings. A layer is compared with the ledger and never added to it. Out: a `Cube`,
one dyad-period table of either, and from it frozen results: warmth and intensity, surprising cells,
turns, who answers whom, triads, dependence. What the data cannot show comes back as a `Refusal`,
not as an exception. Read `layers.py` for what comes in and `cube.py` for what is measured; each
method is a file of its own, explained with a worked example in `docs/relations.md`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chancery.relations.layers import Layers
    from chancery.relations.manifest import LayerSummary, Reason, Stratum

__all__ = ["LayerSummary", "Layers", "Reason", "Stratum"]


def __getattr__(name: str) -> Any:
    """Load a name on first use: the help of `chancery import` needs formats alone."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "layers" if name == "Layers" else "manifest"
    return getattr(import_module(f"{__name__}.{home}"), name)
