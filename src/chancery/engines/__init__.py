"""Where the work runs: a picklable function over batches, in order, on any engine.

In: a function and an iterable of batches. Out: the function's answers, one per batch, in the
order of the batches, so that every engine gives the same rows. Read `local.py` first; it is also
the only engine for now.
"""

from chancery.engines.local import Engine, LocalEngine

__all__ = ["Engine", "LocalEngine"]
