"""Tells which words a text must hold for a pattern to be found in it, so that most are not sought.

In: regular expressions of the kinds that the tables use. Out: for each a `Need`, asked of all the
words that a text holds of those that any pattern needs (`Needs.held`). It may say yes where the
pattern is not found, but never no where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

Need: TypeAlias = Callable[[frozenset[str]], bool] | None
"""Whether what is needed is among the words held; none where nothing is known to be needed."""

SHORTEST: Final = 3
"""Letters: shorter words stand in every text."""

_TOKEN: Final = re.compile(
    r"\\x..|\\u....|\\.|\[(?:\\.|[^\]\\])+\]|\(\?(?:[:=!]|<[=!]|P<\w+>|i:)|[()|.^$]"
    r"|(?:[?*+]|\{[\d,]+\})\??|.",
    re.DOTALL,
)
_MAY_LACK: Final = re.compile(r"[?*]|\{0?,")
_BLANK: Final = re.compile(r"[^\S ]")


class Needs:
    """What each of some patterns needs."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._words: dict[str, None] = {}
        self._needs = {pattern: self._need_of(pattern) for pattern in patterns}
        self._automaton = _automaton(list(self._words))

    def held(self, text: str) -> frozenset[str]:
        """Return which of the words that any pattern needs stand in a text.

        Any character of white space in it stands for a plain space.
        """
        return frozenset(
            self._automaton.find_matches_as_strings(_BLANK.sub(" ", text), overlapping=True)
        )

    def met(self, pattern: str, held: frozenset[str]) -> bool:
        """Say whether a pattern can be found in a text that holds these words."""
        need = self._needs[pattern]
        return need is None or need(held)

    def _need_of(self, pattern: str) -> Need:
        tokens = _TOKEN.findall(pattern)
        need, end = self._either(tokens, 0)
        if end != len(tokens):
            raise ValueError(f"not closed: {pattern!r}")
        return need

    def _either(self, tokens: Sequence[str], place: int) -> tuple[Need, int]:
        """Read alternatives up to the end of their group: one of their needs must be met."""
        needs: list[Need] = []
        while True:
            need, place = self._sequence(tokens, place)
            needs.append(need)
            if place >= len(tokens) or tokens[place] == ")":
                break
            place += 1
        known = [need for need in needs if need]
        if len(known) < len(needs):
            return None, place
        if len(known) == 1:
            return known[0], place
        words = [need.word for need in known if isinstance(need, _Word)]
        others = [need for need in known if not isinstance(need, _Word)]
        any_of = frozenset(words)
        return (
            lambda held: not any_of.isdisjoint(held) or any(need(held) for need in others)
        ), place

    def _sequence(self, tokens: Sequence[str], place: int) -> tuple[Need, int]:
        """Read one alternative: all that it cannot do without must be met."""
        needs: list[Need] = []
        run = ""
        while place < len(tokens) and tokens[place] not in ("|", ")"):
            token = tokens[place]
            lacking = _may_lack(tokens, place)
            if token.startswith("("):
                needs.append(self._word(run))
                run = ""
                inner, place = self._either(tokens, place + 1)
                if token in ("(", "(?:") or token.startswith("(?P"):
                    needs.append(None if _may_lack(tokens, place) else inner)
            elif token == r"\b":
                pass
            elif token == r"\s" and not lacking:
                run += " "
            elif _is_plain(token) and not lacking:
                run += token[-1]
            else:
                needs.append(self._word(run))
                run = ""
            place += 1
        needs.append(self._word(run))
        known = [need for need in needs if need]
        if len(known) < 2:
            return (known[0] if known else None), place
        return (lambda held: all(need(held) for need in known)), place

    def _word(self, run: str) -> Need:
        if len(run) < SHORTEST:
            return None
        self._words.setdefault(run)
        return _Word(run)


class _Word:
    """The need of one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, held: frozenset[str]) -> bool:
        return self.word in held


def _automaton(words: list[str]) -> Any:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(words, matchkind=MatchKind.Standard)


def _may_lack(tokens: Sequence[str], place: int) -> bool:
    """Say whether a token or a group that ends here may be left out."""
    return place + 1 < len(tokens) and _MAY_LACK.match(tokens[place + 1]) is not None


def _is_plain(token: str) -> bool:
    """Say whether a token stands for one character, itself."""
    if len(token) == 1:
        return token not in "()|.^$?*+"
    return len(token) == 2 and token[0] == "\\" and not token[1].isalnum()
