"""One session of review in the terminal: a question, a key, its effect, Enter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from chancery.cli.asking import QUIT, Asker
from chancery.cli.output import Output, write_lines
from chancery.errors import ChanceryError, UsageError
from chancery.ledger.questions import ReviewItem
from chancery.model import Cite, Decision
from chancery.outputs.effects import decision_line, effect_lines
from chancery.outputs.evidence import INDENT, quotation, report_words
from chancery.outputs.review import option_words, touches_words
from chancery.outputs.table import Style
from chancery.outputs.visible import one_line, visible
from chancery.outputs.words import listed

if TYPE_CHECKING:
    from chancery.outputs.desk import Desk

HELP: Final = "number or x picks · d later · s skip · u undo · q quit"
NO_TERMINAL: Final = "standard input is no terminal: one answer a line, an empty line accepts"


class Deciding:
    """What a person decides in one session, each decision shown with its effect and signed."""

    def __init__(self, desk: Desk, output: Output, who: str, reason: str = "") -> None:
        self.desk, self.output, self.who, self.reason = desk, output, who, reason
        self.asker = Asker()
        self.made: list[Decision] = []

    def greet(self) -> None:
        """Say how answers are taken where nobody sits at a terminal."""
        if not self.asker.live:
            self.output.note(NO_TERMINAL)

    def accept(self, about: str, verdict: str) -> bool:
        """Show what a decision changes, and take it where it is accepted."""
        try:
            effect = self.desk.ledger.preview(about, verdict, who=self.who)
        except UsageError as error:
            click.echo(visible(f"{INDENT}{error}"), err=True)
            return False
        self.tell(effect_lines(effect))
        if self.asker.key(f"{INDENT}Enter accepts: "):
            return False
        self.decide(about, verdict)
        return True

    def decide(self, about: str, verdict: str, reason: str = "") -> None:
        """Take a decision."""
        made = self.desk.ledger.decide(
            about, verdict, reason=reason or self.reason, who=self.who
        )  # fmt: skip
        self.made.append(made)
        self.tell([f"{INDENT}{decision_line(made)}"])

    def undo(self) -> bool:
        """Take the last decision of this session back."""
        if not self.made:
            click.echo(f"{INDENT}nothing was decided in this session", err=True)
            return False
        last = self.made.pop()
        self.desk.ledger.decide("", "undo", who=self.who, undoes=last.id)
        self.tell([f"{INDENT}undone: {decision_line(last)}"])
        return True

    def tell(self, lines: Iterable[str]) -> None:
        """Print lines for the person who decides."""
        write_lines(lines)

    def finish(self) -> None:
        """Bring the ledger up to date: reports with a new day are read again."""
        if any(one.about.startswith("rep_") and one.verdict.startswith("date ")
               for one in self.made):  # fmt: skip
            from chancery.cli.path import take
            from chancery.read import Reader

            reader = Reader.load(lexicon=self.desk.lexicon)
            take([], self.desk.ledger, reader, quiet=self.output.quiet)
        elif self.made:
            self.desk.ledger.reconcile()


class ReviewSession(Deciding):
    """Questions of the queue, one after the other."""

    skipped = 0

    def run(self, items: Sequence[ReviewItem]) -> None:
        """Ask every question until the person ends it."""
        self.greet()
        for place, item in enumerate(items, 1):
            self.tell(item_lines(item, place, len(items), self.output.style))
            if not self._ask(item):
                break
        self.finish()

    def summary(self) -> str:
        """Say what was done."""
        later = sum(one.verdict.startswith("later ") for one in self.made)
        done = len(self.made) - later
        return listed((f"{done} decided", f"{later} put off", f"{self.skipped} skipped"))

    def _ask(self, item: ReviewItem) -> bool:
        """Ask until the question is answered, put off or skipped; say whether to go on."""
        while True:
            key = self.asker.key(f"{INDENT}{HELP}: ")
            if key == QUIT:
                return False
            if key == "s":
                self.skipped += 1
                return True
            if key == "u":
                self.undo()
            elif key and self._answered(item, key):
                return True

    def _answered(self, item: ReviewItem, key: str) -> bool:
        try:
            if key == "d":
                day = self.asker.words(f"{INDENT}until which day? ")
                return self.accept(item.about, item.delay(day))
            option = item.option(key)
            typed = self.asker.words(f"{INDENT}{option.asks_words}: ") if option.asks else ""
            return self.accept(option.about, option.filled(typed))
        except ChanceryError as error:
            click.echo(visible(f"{INDENT}{error}"), err=True)
            return False


def item_lines(item: ReviewItem, place: int, count: int, style: Style) -> Iterator[str]:
    """Write one question with its quotations and the answers that can be picked."""
    yield ""
    yield style.bold(f"{place}/{count}  {item.kind}: {one_line(item.question)}")
    yield f"{INDENT}{style.dim('touches')} {touches_words(item)}"
    for reason in item.reasons:
        yield f"{INDENT}{style.dim('why')} {one_line(reason)}"
    for cite in {(one.report, one.sentence, one.words): one for one in item.cites}.values():
        yield f"{INDENT}{style.dim(f'{report_words(cite)} ¶{cite.paragraph}')}"
        yield f"{INDENT}{INDENT}{cite_words(cite, style)}"
    for option in item.options:
        yield f"{INDENT}[{option.key}] {option_words(option)}"


def cite_words(cite: Cite, style: Style) -> str:
    """Quote a claim's words, or the sentence around words that are no claim's."""
    if cite.claim:
        return quotation(cite, style)
    before, _, after = cite.sentence.partition(cite.words)
    parts = (one_line(f"|{part}|")[1:-1] for part in (before, after))
    first, last = parts
    return f"“{first}{style.bold(one_line(cite.words))}{last}”"
