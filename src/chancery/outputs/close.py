"""Suggests what a mistyped word may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str:
    """Suggest up to three known words that are close to one that is not."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=3, cutoff=0.5)
    return f"close: {', '.join(close)}" if close else "chancery --help lists all"
