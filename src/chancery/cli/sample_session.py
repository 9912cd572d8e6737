"""One session of an audit in the terminal: a claim, its quotation, right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chancery.cli.asking import QUIT
from chancery.cli.output import Output
from chancery.cli.review_session import Deciding
from chancery.ledger.ask_deeds import correcting
from chancery.ledger.audit import RIGHT, WRONG, Sample
from chancery.model import Claim
from chancery.outputs.evidence import INDENT
from chancery.outputs.visible import visible

if TYPE_CHECKING:
    from chancery.outputs.desk import Desk

HELP: Final = "r right · w wrong · s skip · u undo · q quit"
CORRECT: Final = "correct it? Enter: no"


class SampleSession(Deciding):
    """Claims of a sample, one after the other."""

    def __init__(self, desk: Desk, output: Output, who: str, sample: Sample) -> None:
        super().__init__(desk, output, who)
        self.sample = sample

    def run(self) -> None:
        """Ask of every claim that nobody has judged until the person ends it."""
        waiting = self.sample.open_claims()
        if waiting:
            self.greet()
        for place, claim in enumerate(waiting, 1):
            self.tell(self._lines(claim, f"{place}/{len(waiting)}"))
            if not self._ask(claim):
                break
        self.finish()

    def _lines(self, claim: Claim, place: str) -> list[str]:
        deed = self.desk.lexicon.frames.get(claim.frame)
        phrase = deed.phrase if deed else claim.frame
        head = f"{place}  {visible(str(claim))}  ({phrase})"
        quotes = self.desk.evidence.quote_lines(claim, self.output.style)
        return ["", self.output.style.bold(head), *quotes]

    def _ask(self, claim: Claim) -> bool:
        while True:
            key = self.asker.key(f"{INDENT}{HELP}: ")
            if key == QUIT:
                return False
            if key == "s":
                return True
            if key == "u":
                self.undo()
            elif key == "r":
                self.decide(claim.id, RIGHT, self.sample.label)
                return True
            elif key == "w":
                self.decide(claim.id, WRONG, self.sample.label)
                self._correct(claim)
                return True

    def _correct(self, claim: Claim) -> None:
        """Offer to put right what is wrong."""
        options = [one for one in correcting(claim.id) if one.verdict != RIGHT]
        self.tell(f"{INDENT}[{one.key}] {one.words}" for one in options)
        key = self.asker.key(f"{INDENT}{CORRECT}: ")
        for option in options:
            if option.key == key:
                typed = self.asker.words(f"{INDENT}{option.asks_words}: ") if option.asks else ""
                self.accept(option.about, option.filled(typed))
