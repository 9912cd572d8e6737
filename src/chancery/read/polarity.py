"""Whether a text says that a deed did or did not come about, from what stands over its word.

Denial is counted along the scope: a *not* in the deed's own verb group, then a governor that turns
the deed about (*failed to*), or one that hands a denial of its own down (*did not manage to*, *do
not think that*). Two of them cancel out. The classes are Karttunen's (1971) implicative verbs and,
for *think*, neg-raising; they lie in `data/governing.toml`.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Final, Literal, TypeAlias

Polarity: TypeAlias = Literal["positive", "negative", "unknown"]

TURNING: Final[dict[str, tuple[str, ...]]] = {
    "fail": ("xcomp", "obj", "acl", "nmod"),
    "prevent": ("xcomp", "advcl", "ccomp"),
    "cancel": ("obj", "nsubj", "nmod", "xcomp"),
    "deny": ("ccomp", "xcomp"),
    "pretend": ("xcomp", "ccomp"),
}
"""Classes that turn a deed about, with the relations in which they do."""

HANDING: Final[dict[str, tuple[str, ...]]] = {
    "manage": ("xcomp",),
    "cause": ("xcomp", "ccomp"),
    "begin": ("xcomp",),
    "allow": ("xcomp",),
    "try": ("xcomp",),
    "can": ("xcomp", "advcl", "csubj"),
    "plan": ("xcomp", "acl"),
    "promise": ("xcomp", "acl"),
    "think": ("ccomp",),
    "seem": ("xcomp",),
    "expect": ("xcomp", "ccomp"),
}
"""Classes that hand a denial of their own down."""

OPEN: Final = frozenset({"mark:if", "mark:whether", "mark:unless", "asked:root"})
"""Signs by which it is left open."""


def polarity_of(signs: Set[str]) -> Polarity:
    """Return what the signs of a deed (`deed_scope.py`) say."""
    if not OPEN.isdisjoint(signs):
        return "unknown"
    denied = "not" in signs
    if any(_governed(name, relations, signs) for name, relations in TURNING.items()):
        denied = not denied
    if "1:not" in signs and any(_governed(*item, signs) for item in (TURNING | HANDING).items()):
        denied = not denied
    return "negative" if denied else "positive"


def _governed(name: str, relations: tuple[str, ...], signs: Set[str]) -> bool:
    return any(f"1:{name}:{relation}" in signs for relation in relations)
