"""The rows that a brief is made from, each looked up once, and the words they rest on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import Final

import msgspec

from chancery.ledger import Ledger
from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.lexicon import Lexicon
from chancery.model import (
    OWN_VOICE,
    Claim,
    Forecast,
    Happening,
    Link,
    Mention,
    Outcome,
    Reason,
    Report,
    Rival,
    Span,
    Statement,
    Voice,
    When,
)
from chancery.outputs.brief.deed_words import is_firm
from chancery.outputs.brief.settings import cues, has_cue, weights
from chancery.outputs.evidence import Evidence, lead_of
from chancery.outputs.visible import one_line
from chancery.outputs.words import VOICE_SHAPES, date_words, party, voice_words

PLAIN_SECTORS: Final = frozenset({"", "GOV", "MIL", "ELI"})
"""Parts of a code for whom the state's name stands; for others the report's own words do."""
LONGEST_NAME: Final = 60
MOST_NAMES: Final = 4
_FIRST_WORDS: Final = re.compile(r"\W*(\w+(?:\s+\w+)?)")


class Material:
    """Rows of one ledger as of one snapshot, with the texts of their reports."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, as_of: str | None) -> None:
        self.ledger, self.lexicon, self.as_of = ledger, lexicon, as_of
        self.evidence = Evidence(ledger, as_of)
        self._claims: dict[str, Claim] = {}
        self._happenings: dict[str, Happening] = {}
        self._of_claim: dict[str, str] = {}
        self._reports: dict[str, Report] = {}
        self.sentence = cache(self._sentence)
        self.paragraph = cache(self._paragraph)
        self.firm = cache(self._firm)
        self.statements = cache(self._statements)
        self.reasons = cache(self._reasons)
        self.forecasts = cache(self._forecasts)
        self.claims_told = cache(self._claims_told)

    # Rows ----------------------------------------------------------------------------------------

    def happenings(self, who: Iterable[str], limit: int | None = None) -> list[Happening]:
        """Return the happenings in which all of these take part, and look up their claims."""
        codes = sorted(set(who))
        rows = list(self.ledger.happenings(who=codes, as_of=self.as_of, limit=limit))
        self._keep(rows)
        self._fetch(claim for row in rows for claim in row.claims)
        return rows

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = sorted(set(ids) - self._claims.keys())
        if missing:
            for claim in self.ledger.claims(ids=missing, as_of=self.as_of):
                self._claims[claim.id] = claim

    def happening(self, name: str) -> Happening:
        """Return one happening, by its id or that of one of its claims."""
        row = self.ledger.happening(name, as_of=self.as_of)
        self._keep([row])
        return row

    def _keep(self, rows: Iterable[Happening]) -> None:
        for row in rows:
            self._happenings[row.id] = row
            self._of_claim |= dict.fromkeys(row.claims, row.id)

    def claims_of(self, row: Happening) -> list[Claim]:
        """Return the claims of a happening, the leading one first."""
        self._fetch(row.claims)
        lead = lead_of(row)
        found = [self._claims[name] for name in row.claims if name in self._claims]
        return sorted(found, key=lambda claim: (claim.id != lead, claim.id))

    def lead(self, row: Happening) -> Claim:
        """Return the claim whose values a happening shows."""
        return self.claims_of(row)[0]

    def of_claim(self, claim: str) -> Happening:
        """Return the happening of a claim."""
        if claim not in self._of_claim:
            return self.happening(claim)
        return self._happenings[self._of_claim[claim]]

    def links(self, row: Happening) -> Sequence[Link]:
        """Return what bears on a happening."""
        return list(self.ledger.links(row.id, as_of=self.as_of))

    @cached_property
    def rivals(self) -> dict[str, list[Rival]]:
        """Return the disputed values of the ledger, by happening, the leading one first."""
        found: dict[str, list[Rival]] = {}
        columns = "happening, field, shown AS value, claims, origin_count, leads, because"
        query = f"SELECT {columns} FROM rivals ORDER BY happening, field, NOT leads, shown"  # noqa: S608
        for fields in self.ledger.sql(query, as_of=self.as_of):
            rival = msgspec.convert(fields, Rival)
            found.setdefault(rival.happening, []).append(rival)
        return found

    @cached_property
    def published(self) -> dict[str, When]:
        """Return the days of publication of all reports, by id."""
        return {one.id: one.published for one in self.ledger.reports(as_of=self.as_of)}

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """Return what became of the ledger's forecasts."""
        return list(self.ledger.outcomes(as_of=self.as_of))

    def _claims_told(self, report: str) -> list[Claim]:
        found = list(self.ledger.claims(report=report, as_of=self.as_of))
        self._claims |= {claim.id: claim for claim in found}
        return sorted(found, key=lambda claim: (claim.trigger, claim.id))

    def reports_with(self, words: Sequence[str]) -> list[str]:
        """Return the reports that hold all these words; else those that hold most of them."""
        search = partial(self.ledger.search, as_of=self.as_of)
        if hits := search(" ".join(words)):
            return list(dict.fromkeys(hit.report for hit in hits))
        met: Counter[str] = Counter()
        for word in words:
            met.update({hit.report for hit in search(word)})
        found = sorted(met.items(), key=lambda item: (-item[1], item[0]))
        return [report for report, _ in found[: weights().found.most_reports]]

    def _statements(self, report: str) -> list[Statement]:
        return list(self.ledger.statements(report=report, as_of=self.as_of))

    def _reasons(self, report: str) -> list[Reason]:
        return list(self.ledger.reasons(report=report, as_of=self.as_of))

    def _forecasts(self, report: str) -> list[Forecast]:
        return list(self.ledger.forecasts(report=report, as_of=self.as_of))

    # Words ---------------------------------------------------------------------------------------

    def fetch_reports(self, names: Iterable[str]) -> None:
        """Fetch the texts of many reports at once, before they are read one by one."""
        missing = set(names) - self._reports.keys()
        if missing:
            found = self.ledger.reports_named(missing, as_of=self.as_of).values()
            self._reports |= {report.id: report for report in found}

    def report(self, name: str) -> Report:
        """Return one report."""
        self.fetch_reports([name])
        return self._reports[name]

    def text(self, report: str) -> str:
        """Return a report's text."""
        return self.report(report).text

    def _sentence(self, report: str, span: Span) -> Span:
        """Return the sentence, or sentences, in which words stand."""
        return find_sentence(self.text(report), span, self.paragraph(report, span)[1])

    def _paragraph(self, report: str, span: Span) -> tuple[int, Span]:
        """Return the number of the paragraph in which words begin, and its span."""
        return find_paragraph(self.report(report), span)

    def _firm(self, claim: Claim) -> bool:
        return is_firm(claim, self.text(claim.report), self.lexicon)

    def sentence_words(self, claim: Claim) -> str:
        """Return the sentence that a claim stands in."""
        return self.sentence(claim.report, claim.words).of(self.text(claim.report))

    # Names ---------------------------------------------------------------------------------------

    def party_name(self, code: str) -> str:
        """Return the reader's name for a state or body: `United States`."""
        short = party(code)
        actor = self.lexicon.actors.get(short) or self.lexicon.actors.get(code)
        return actor.names[0] if actor else short

    def mention_name(self, mention: Mention, report: str, *, state: bool = False) -> str:
        """Return the reader's name for whom a mention means; with a person's state if asked for."""
        home = self.party_name(mention.actor) if mention.actor else ""
        words = one_line(mention.span.of(self.text(report)))
        # "The two governments" may be taken for their heads: the words name nobody.
        described = words[1:].islower() and not starts_loose(words, whole=True)
        if described and home and mention.name:
            return home
        if mention.name and mention.name.lower() not in cues().pronouns.words:
            named = one_line(mention.name)
            return f"{named} ({home})" if state and home and home != named else named
        sector = (mention.actor or "?").removeprefix(party(mention.actor or "")).strip(".")
        plain = sector.split(".")[0] in PLAIN_SECTORS and mention.actor
        if plain and home and self.names_another(mention, report):
            return words[:LONGEST_NAME]
        if plain or (home and (starts_loose(words) or len(words) > LONGEST_NAME)):
            return home
        return words[:LONGEST_NAME]

    def names_another(self, mention: Mention, report: str) -> bool:
        """Say whether words name somebody by name, and not who the code says."""
        words = one_line(mention.span.of(self.text(report)))
        rest = words.removeprefix("The ").removeprefix("the ")
        by_name = any(word[0].isupper() for word in rest.split())
        if not by_name or mention.name or not mention.actor or starts_loose(words):
            return False
        return party(mention.actor) not in self.named(words)

    def named(self, words: str) -> tuple[str, ...]:
        """Return the states and bodies that words name, each once, in the order of the words."""
        found = []
        for match in self.lexicon.find_names(words):
            actor = self.lexicon.actors.get(match.entities[0]) if match.entities else None
            if actor and match.kind not in ("title", "sector"):
                found.append(party(actor.part_of or actor.code or actor.id))
        return tuple(dict.fromkeys(found))

    def together(self, claim: Claim) -> bool:
        """Say whether those of one side who are of several states are named side by side."""
        if not claim.targets:
            return True
        return all(self._side_by_side(side) for side in (claim.actors, claim.targets))

    def _side_by_side(self, side: Sequence[Mention]) -> bool:
        spans = sorted(one.span for one in side if one.actor)
        if len({party(one.actor) for one in side if one.actor}) < 2:
            return True
        gaps = [two.start - one.end for one, two in pairwise(spans)]
        return all(gap <= weights().voices.side_by_side for gap in gaps)

    def sides(self, claim: Claim, *, state: bool = False) -> tuple[list[str], list[str]]:
        """Return the names of both sides; only of those named in the sentence that tells it."""
        around = self.sentence(claim.report, claim.words)

        def named(mentions: Iterable[Mention]) -> list[str]:
            near = [one for one in mentions if one.span.overlaps(around)]
            sure = [one for one in near if not self.names_another(one, claim.report)]
            near = sure or near
            names = (self.mention_name(one, claim.report, state=state) for one in near)
            return list(dict.fromkeys(names))

        actors, targets = named(claim.actors), named(claim.targets)
        return actors, [name for name in targets if name not in actors]

    def pair(self, row: Happening, *, state: bool = False) -> str:
        """Show who and to whom in the reader's words: `Belarus → United States`."""
        actors, targets = self.sides(self.lead(row), state=state)
        if not targets:
            return _some(actors, " ↔ ") or "somebody"
        return f"{_some(actors, ', ') or 'somebody'} → {_some(targets, ', ')}"

    def date(self, row: Happening) -> str:
        """Show the days of a happening, or the report's own words for them."""
        return date_words(row.when, self.evidence.date_text(row))

    def parties(self, row: Happening) -> list[str]:
        """Return the states and bodies that take part, each once, actors first."""
        return list(dict.fromkeys(map(party, (*row.actors, *row.targets))))

    # Voices --------------------------------------------------------------------------------------

    def voice(self, row: Claim | Statement | Reason | Forecast) -> str:
        """Show on whose word a row is; words that stand for another are not shown as a name."""
        name = row.voice.name
        words = name.of(self.text(row.report)) if name else None
        if row.voice.kind == "own" or self.is_own(row):
            return voice_words(OWN_VOICE)
        if words and starts_loose(words, whole=True):
            home = self.party_name(row.voice.actor) if row.voice.actor else ""
            return f"{VOICE_SHAPES['anonymous']} anonymous{f' ({home})' if home else ''}"
        return voice_words(self._true_voice(row.voice, words), words)

    def _true_voice(self, voice: Voice, words: str | None) -> Voice:
        """Leave out a full name that is not in what names the voice, but in what is said of it.

        `Jonathan Doe, who had worked with the Bank`, is not the Bank.
        """
        head = (words or "").split(",")[0]
        if not voice.full_name or not words or "," not in words:
            return voice
        if voice.full_name.split()[-1].lower() in head.lower():
            return voice
        return msgspec.structs.replace(voice, full_name=one_line(head))

    def is_own(self, row: Claim | Statement | Reason | Forecast) -> bool:
        """Say whether the outlet speaks: its own voice, or a cue that tells of no speaking."""
        cue = row.voice.cue
        if row.voice.kind == "own" or cue is None:
            return row.voice.kind == "own"
        return has_cue(cue.of(self.text(row.report)), cues().not_speech.words)

    def trusted(self, row: Claim | Statement | Reason | Forecast) -> bool:
        """Say whether the words that name a voice stand close enough to those that bring it in."""
        name, cue = row.voice.name, row.voice.cue
        if name is None or cue is None or self.is_own(row):
            return True
        gap = max(name.start - cue.end, cue.start - name.end)
        together = self.sentence(row.report, cue).covers(name)
        return together or gap <= weights().voices.farthest


def _some(names: Sequence[str], mark: str) -> str:
    """Set names side by side; of many, the first few."""
    more = len(names) - MOST_NAMES
    return mark.join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def starts_loose(words: str, *, whole: bool = False) -> bool:
    """Say whether words begin with (or, if `whole`, are only) one that stands for another."""
    if whole:
        return words.strip().lower() in cues().pronouns.words
    match = _FIRST_WORDS.match(words)
    first = " ".join(match[1].lower().split()) if match else ""
    return first in cues().pronouns.words or first.split(" ")[0] in cues().pronouns.words
