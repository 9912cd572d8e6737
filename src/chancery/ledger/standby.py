"""What stands by for the next question: cursors with their scope set, and answers given before.

A snapshot never changes, so an answer to the same question of the same scope is the same. Both are
held for one scope object, as long as that object is in use (see `scopes.py`), and are bounded.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec

SCOPES_STANDING_BY: Final = 12
CURSORS_A_SCOPE: Final = 4
MOST_CELLS: Final = 20_000
"""An answer with more cells is not held: whoever asks for so much drains it once."""
HELD_CHARACTERS: Final = 32 << 20
"""All answers held together have no more characters than this; a cell counts as at least some."""
CELL_CHARACTERS: Final = 64


class Closing(Protocol):
    """A cursor, as far as it matters here."""

    def close(self) -> None: ...  # noqa: D102


C = TypeVar("C", bound=Closing)
S = TypeVar("S")
A = TypeVar("A", bound="Drained")


class Drained(Protocol):
    """An answer, as far as it matters here."""

    @property
    def rows(self) -> list[tuple[Any, ...]]: ...  # noqa: D102


class Cursors(Generic[S, C]):
    """Idle cursors of the scopes used last."""

    def __init__(self) -> None:
        self._idle: OrderedDict[int, tuple[S, list[C]]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, scope: S) -> C | None:
        """Return a cursor that stands by for this scope, where one does."""
        with self._lock:
            _, idle = self._idle.get(id(scope), (scope, []))
            return idle.pop() if idle else None

    def give(self, scope: S, cursor: C) -> None:
        """Take back a drained cursor; what there is too much of is closed."""
        with self._lock:
            _, idle = self._idle.setdefault(id(scope), (scope, []))
            self._idle.move_to_end(id(scope))
            over = [cursor] if len(idle) >= CURSORS_A_SCOPE else []
            if not over:
                idle.append(cursor)
            while len(self._idle) > SCOPES_STANDING_BY:
                over += self._idle.popitem(last=False)[1][1]
        for one in over:
            one.close()

    def clear(self) -> None:
        """Close all that stand by."""
        with self._lock:
            idle = [cursor for _, some in self._idle.values() for cursor in some]
            self._idle.clear()
        for cursor in idle:
            cursor.close()


class Answers(Generic[S, A]):
    """Answers given before, those used last; nobody may change their rows."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, str, bytes], tuple[S, A, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, scope: S, name: str, parameters: Mapping[str, Any]) -> A | None:
        """Return the answer that a step gave before with these parameters."""
        key = _key(scope, name, parameters)
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[1]

    def hold(self, scope: S, name: str, parameters: Mapping[str, Any], answer: A) -> None:
        """Hold an answer, where it is small; the ones used least are let go of."""
        if sum(map(len, answer.rows[:1])) * len(answer.rows) > MOST_CELLS:
            return
        key, size = _key(scope, name, parameters), _size(answer.rows)
        with self._lock:
            if key in self._held or size > HELD_CHARACTERS // 8:
                return
            self._held[key] = scope, answer, size
            self._size += size
            while self._size > HELD_CHARACTERS:
                self._size -= self._held.popitem(last=False)[1][2]

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._held.clear()
            self._size = 0


def _key(scope: object, name: str, parameters: Mapping[str, Any]) -> tuple[int, str, bytes]:
    # The scope is held with the answer, so no other object can get its number meanwhile.
    return id(scope), name, msgspec.json.encode(parameters, order="sorted")


def _size(rows: list[tuple[Any, ...]]) -> int:
    return sum(
        CELL_CHARACTERS + (len(cell) if isinstance(cell, str) else 0)
        for row in rows
        for cell in row
    )
