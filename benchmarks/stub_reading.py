"""Reports and readings for the ledger's benchmarks: made up, and the same on every machine.

The reader finds a claim in every sentence that names two states. It knows nothing of language; it
only makes the ledger work.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

from chancery.ledger import Ledger
from chancery.model import Claim, Mention, Reading, Report, Span, Statement, Voice, When

STATES = {"Minsk": "BLR", "Moscow": "RUS", "Kyiv": "UKR", "Warsaw": "POL", "Vilnius": "LTU"}
DEEDS = {
    "met": ("meet", "CONSULT"),
    "accused": ("accuse", "ACCUSE"),
    "thanked": ("praise", "SUPPORT"),
    "warned": ("threaten", "THREATEN"),
}
FILLER = ("the", "river", "rose", "again", "old", "bridge", "closed", "carts", "week", "market")

_DEED = re.compile(rf"({'|'.join(STATES)}) ({'|'.join(DEEDS)}) ({'|'.join(STATES)})")


def make_reports(count: int, seed: int = 1) -> Iterator[Report]:
    """Make reports of about 1,500 characters each."""
    chance = random.Random(seed)
    for number in range(count):
        title = f"Bulletin {number}"
        body = " ".join(_sentence(chance) for _ in range(16))
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(1500))
        text = f"{title}\n{body}"
        published = When(first=day, last=day, basis="stated")
        id_ = Report.make_id(
            text=text, title=title, published=published, source="Bulletin", url=None, key=None
        )
        yield Report(id=id_, text=text, title=title, published=published, source="Bulletin")


def _sentence(chance: random.Random) -> str:
    first, second = chance.sample(sorted(STATES), 2)
    filler = " ".join(chance.choices(FILLER, k=10))
    return f"{first} {chance.choice(sorted(DEEDS))} {second} while {filler}."


def read(report: Report) -> Reading:
    """Read one report."""
    claims = tuple(_claim(report, match) for match in _DEED.finditer(report.text))
    voice = Voice(kind="named", name=claims[0].actors[0].span) if claims else Voice()
    statements = tuple(
        Statement(
            id=Statement.make_id(report=report.id, content=claim.words, voice=voice),
            report=report.id,
            content=claim.words,
            voice=voice,
            mode="indirect",
        )
        for claim in claims[:3]
    )
    return Reading(report=report.id, run="run_stub", claims=claims, statements=statements)


def _claim(report: Report, match: re.Match[str]) -> Claim:
    actor, target = (
        (Mention(span=Span(*match.span(group)), actor=STATES[match[group]], score=0.5),)
        for group in (1, 3)
    )
    frame, type_ = DEEDS[match[2]]
    trigger = Span(*match.span(2))
    return Claim(
        id=Claim.make_id(
            report=report.id, frame=frame, trigger=trigger, actors=actor, targets=target
        ),
        report=report.id,
        frame=frame,
        type=type_,  # type: ignore[arg-type]
        words=Span(*match.span()),
        trigger=trigger,
        actors=actor,
        targets=target,
        when=report.published,
        run="run_stub",
    )


def read_into(ledger: Ledger, reports: Iterator[Report], size: int) -> Iterator[str]:
    """Take reports all the way to happenings; give the snapshot after each batch."""
    batch: list[Report] = []
    with ledger.writing():
        for report in reports:
            batch.append(report)
            if len(batch) == size:
                ledger.add(batch)
                yield ledger.refresh().id
                batch = []
        ledger.add(batch)
        batch = []
        for report in ledger.unread(lambda _: "run_stub"):
            batch.append(report)
            if len(batch) == size:
                ledger.record(map(read, batch))
                yield ledger.refresh().id
                batch = []
        ledger.record(map(read, batch))
        yield ledger.refresh().id
        ledger.reconcile()
