"""Many threads ask one ledger while another process writes: nothing fails, and nothing shifts."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from chancery.ledger import Ledger
from chancery.ledger.standby import CURSORS_A_SCOPE, HELD_CHARACTERS, Answers, Cursors
from chancery.model import Report

Tell = Callable[..., Report]
THREADS = 16
ROUNDS = 12

WRITE = """
import sys
from chancery.ledger import Ledger
from chancery.model import Claim, Mention, Reading, Report, Span, When
with Ledger.open(sys.argv[1], create=False) as ledger:
    for number in range(8):
        text = f"New {number}: Washington met Minsk"
        made = Report.make_id(
            text=text, title="", published=When(), source=None, url=None, key=f"new-{number}")
        report = Report(id=made, text=text, title="", key=f"new-{number}")
        who, whom = Mention(span=Span(7, 17), actor="USA"), Mention(span=Span(22, 27), actor="BLR")
        sides = (who,), (whom,)
        claim = Claim(
            id=Claim.make_id(report=made, frame="meet", trigger=Span(18, 21), actors=sides[0],
                             targets=sides[1]),
            report=made, frame="meet", type="CONSULT", words=Span(0, 20), trigger=Span(18, 21),
            actors=sides[0], targets=sides[1])
        ledger.add([report])
        ledger.record([Reading(report=made, run="run_1", claims=(claim,))])
        ledger.reconcile()
    ledger.compact()
print("written")
"""


def questions(ledger: Ledger, as_of: str, name: str, claim: str, report: str) -> list[Any]:
    """Ask all that a page shows."""
    at: dict[str, Any] = {"as_of": as_of}
    return [
        list(ledger.happenings(limit=3, offset=1, **at)),
        list(ledger.happenings(order="changed", limit=3, **at)),
        ledger.tally(who="USA", **at),
        list(ledger.strip(**at)),
        list(ledger.groups("dyad", **at)),
        ledger.happening(name, **at),
        list(ledger.claims(happening=name, **at)),
        ledger.cite(ledger.claim(claim, **at), **at),
        list(ledger.ties(name, **at)),
        ledger.coverage(**at),
        ledger.report(report, **at),
        list(ledger.sql("SELECT count(*) AS n FROM claims", **at)),
    ]


def test_threads_see_their_snapshot_while_another_process_writes(
    ledger: Ledger, tell: Tell
) -> None:
    for number in range(6):
        tell(f"Old {number}\nWashington met Minsk on Monday", when=f"2020-02-{number + 1:02}")
    ledger.reconcile()
    pinned = ledger.snapshot.id
    first = ledger.happenings()[0]
    ask = (pinned, first.id, first.claims[0], first.reports[0])
    expected = questions(ledger, *ask)
    wrong: list[object] = []
    counts: list[int] = []

    def look() -> None:
        try:
            for _ in range(ROUNDS):
                wrong.extend(one for one in questions(ledger, *ask) if one not in expected)
                ready = ledger.newest_ready()
                assert ready
                counts.append(ledger.tally(as_of=ready.id).happening_count)
        except Exception as error:  # noqa: BLE001 -- whatever a thread meets is the outcome
            wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(THREADS)]
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(ledger.path)], stdout=subprocess.PIPE, text=True
    ) as child:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert child.communicate()[0] == "written\n"
    assert wrong == []
    assert min(counts) >= tally_of(expected)
    ready = ledger.newest_ready()
    assert ready
    assert ledger.tally(as_of=ready.id).happening_count == len(ledger.happenings(as_of=ready.id))


def tally_of(expected: list[Any]) -> int:
    return int(expected[2].happening_count)


class Idle:
    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True


def test_no_more_cursors_stand_by_than_are_needed() -> None:
    cursors: Cursors[object, Idle] = Cursors()
    scope, made = object(), [Idle() for _ in range(CURSORS_A_SCOPE + 2)]
    for one in made:
        cursors.give(scope, one)
    assert sum(one.closed for one in made) == 2
    assert cursors.take(object()) is None
    taken = cursors.take(scope)
    assert taken in made
    others = [Idle() for _ in range(40)]
    for one in others:
        cursors.give(object(), one)
    assert all(one.closed for one in made if one is not taken)
    cursors.clear()
    assert all(one.closed for one in others)


class Found:
    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows


@pytest.mark.parametrize("size", [10, 100_000, 1_000_000])
def test_answers_held_are_bounded(size: int) -> None:
    answers: Answers[object, Found] = Answers()
    scope = object()
    for number in range(2 * HELD_CHARACTERS // 1_000_000):
        answers.hold(scope, "step", {"number": number}, Found([("x" * size,)]))
    held = [
        number
        for number in range(2 * HELD_CHARACTERS // 1_000_000)
        if answers.find(scope, "step", {"number": number})
    ]
    assert len(held) * size <= HELD_CHARACTERS
    assert held
    assert answers.find(object(), "step", {"number": held[0]}) is None
    answers.hold(scope, "step", {}, Found([(1,)] * 1_000_000))
    assert answers.find(scope, "step", {}) is None
