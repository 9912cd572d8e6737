"""Finds what a report puts on somebody's word, and on whose.

In: a text, its sentences, mentions and times. Out: statements, each a passage (`content`) with its
voice: the words that name the speaker, the cue, the stance. Read `quotes.py` for quotations,
`cues.py` for the verbs, `speakers.py` for the noun phrases beside them, `attributions.py` for how
they meet in a sentence, `speeches.py` for texts that are one person's own word; this file puts
them together.

Content takes the clause as it stands, "that" included; a direct quotation is given without its
marks. Short quoted terms without a speaker are scare quotes and no statements. A statement within
another ("the envoy said that the queen told him …") is kept beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from chancery.model import (
    OWN_VOICE,
    Mention,
    QuoteMode,
    Span,
    Statement,
    TimeExpression,
    Voice,
    When,
)
from chancery.read.attributions import Attribution, attributions, pieces_of, trimmed
from chancery.read.cues import voice_words
from chancery.read.encodings import Encodings
from chancery.read.page import Page
from chancery.read.quotes import Quote
from chancery.read.roles import both
from chancery.read.sentences import Sentence
from chancery.read.speakers import MentionIndex, kind_of, last_name
from chancery.read.speeches import find_speeches

SHORTEST_LONE_QUOTE: Final = 5
"""Words: a shorter quotation without a cue of its own is a term, not a statement."""

QUOTED_WHOLE: Final = 0.95
"""The share of a passage that must be quoted for it to count as a direct quotation."""

FORECAST_REACH: Final = 1500
"""Characters of a passage in which marks of the future are looked for."""


def find_statements(
    report: str,
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    encodings: Encodings | None = None,
) -> list[Statement]:
    """Return the statements of a report in order of their passages; `report` is its id.

    With `encodings` the model is heard beside the rules, where it knows statements.
    """
    page = Page(text, sentences, times)
    found = ruled_attributions(page)
    if encodings and encodings.encoder.knows_statements:
        found = both(page, encodings, found)
    return _statements(report, page, found, MentionIndex(mentions))


def ruled_attributions(page: Page) -> list[Attribution]:
    """Return what the rules hold to be said on somebody's word, in order of the passages."""
    found = [item for sentence in page.sentences for item in attributions(page, sentence)]
    return _with_speeches(page, _with_lone_quotes(page, found))


def voice_of(words: Span, statements: Sequence[Statement]) -> Voice:
    """Return the voice of the innermost statement that covers words, else the outlet's own."""
    covering = [statement for statement in statements if statement.content.covers(words)]
    if not covering:
        return OWN_VOICE
    return min(covering, key=lambda item: (item.content.end - item.content.start, item.id)).voice


# Quotations without a cue of their own, and speeches ----------------------------------------------


def _with_lone_quotes(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """Give quotations that no cue claims to the speaker who was talking in their paragraph."""
    owners = _owners(page, found)
    by_paragraph: dict[int, list[Attribution]] = defaultdict(list)
    for item in found:
        if item.speaker:
            by_paragraph[page.paragraph_of(item.pieces[0].start)].append(item)
    lone: list[Attribution] = []
    talking: Attribution | None = None
    for quote in page.quotes:
        owner = owners.get(quote)
        if owner is None and len(quote.inner.of(page.text).split()) >= SHORTEST_LONE_QUOTE:
            owner = talking or _speaker_near(page, quote, by_paragraph)
            if owner:
                pieces = tuple(pieces_of(page, quote))
                lone.append(Attribution(owner.speaker, None, owner.base, pieces))
        talking = owner if quote.goes_on else None
    whole = [item for item in lone if item.pieces]
    return sorted([*found, *whole], key=lambda item: item.pieces[0])


def _owners(page: Page, found: Sequence[Attribution]) -> dict[Quote, Attribution]:
    """Return which attribution claims each quotation, whole or in part."""
    owners: dict[Quote, Attribution] = {}
    for item in found:
        for piece in item.pieces:
            for quote in page.quotes_touching(piece):
                if piece.overlaps(quote.inner):
                    owners.setdefault(quote, item)
    return owners


def _speaker_near(
    page: Page, quote: Quote, by_paragraph: Mapping[int, Sequence[Attribution]]
) -> Attribution | None:
    """Return who speaks beside a quotation: in its paragraph, else at the end of the one before."""
    here = page.paragraph_of(quote.outer.start)
    same = by_paragraph.get(here, ())
    before = [item for item in same if item.pieces[0].start < quote.outer.start]
    if before:
        return before[-1]
    if same:
        return same[0]
    if quote.outer.start - page.paragraphs[here].start > 1:
        return None
    earlier = by_paragraph.get(here - 1, ())
    return earlier[-1] if earlier else None


def _with_speeches(page: Page, found: Sequence[Attribution]) -> list[Attribution]:
    """Add the sentences of speeches; in them "I" and "we" are the speaker's own."""
    speeches = find_speeches(page.text, page.sentences)
    if not speeches:
        return list(found)
    spoken = [span for speech in speeches for span in speech.sentences]
    first, last = spoken[0].start if spoken else 0, spoken[-1].end if spoken else 0
    kept = [item for item in found if not _is_speakers_own(page, item, Span(first, last))]
    told = [
        Attribution(speech.speaker, None, "say", tuple(pieces), spoken=True)
        for speech in speeches
        for span in speech.sentences
        if (pieces := trimmed(page, span))
    ]
    return sorted([*kept, *told], key=lambda item: item.pieces[0])


def _is_speakers_own(page: Page, item: Attribution, spoken: Span) -> bool:
    """Say whether an attribution within a speech is the speaker's "I believe …", or nobody's."""
    if not spoken.overlaps(item.pieces[0]):
        return False
    return item.speaker is None or item.speaker.of(page.text).lower() in voice_words().first_person


# Voices -------------------------------------------------------------------------------------------


def _statements(
    report: str, page: Page, found: Sequence[Attribution], mentions: MentionIndex
) -> list[Statement]:
    """Turn attributions into statements.

    A pronoun means whoever says the words it stands in, else the last person who spoke.
    """
    made: list[Statement] = []
    known: Voice | None = None
    outer: list[Statement] = []
    for item in found:
        around = [one for one in outer if one.content.covers(item.cue or item.pieces[0])]
        voice = _voice(page, item, mentions, around[0].voice if around else known)
        inner = [_statement(report, page, item, piece, voice) for piece in item.pieces]
        if _is_person(page, item, voice):
            known, outer = voice, inner + around
        made.extend(inner)
    return sorted(made, key=lambda statement: (statement.content, statement.id))


def _statement(report: str, page: Page, item: Attribution, piece: Span, voice: Voice) -> Statement:
    foresees = voice.stance == "foresees" or _foresees(page.text, piece)
    return Statement(
        id=Statement.make_id(report=report, content=piece, voice=voice),
        report=report,
        content=piece,
        voice=voice,
        mode="direct" if item.spoken else _mode(page, piece),
        foresees=foresees,
        deadline=_deadline(page, piece) if foresees else None,
    )


def _voice(page: Page, item: Attribution, mentions: MentionIndex, known: Voice | None) -> Voice:
    stance = voice_words().stances.get(item.base, "says")
    if item.speaker is None:
        return Voice(kind="anonymous", cue=item.cue, stance=stance)
    mention = mentions.of_speaker(item.speaker)
    kind = kind_of(page.text, item.speaker)
    full_name = mention.name if mention else None
    actor = mention.actor if mention else None
    if item.speaker.of(page.text).lower() in {"he", "she"} and known:
        kind, full_name, actor = known.kind, known.full_name, actor or known.actor
    elif kind == "named" and not full_name:
        last = last_name(page.text, item.speaker)
        full_name = page.full_name(last, item.speaker.end) or last or None
    return Voice(
        kind=kind, actor=actor, name=item.speaker, full_name=full_name, cue=item.cue, stance=stance
    )


def _is_person(page: Page, item: Attribution, voice: Voice) -> bool:
    """Say whether a later "he" or "she" can mean this speaker."""
    if item.speaker is None or voice.kind == "document":
        return False
    words = item.speaker.of(page.text).split()
    if voice.kind == "anonymous":
        return words[0].lower() in {"a", "an", "the", "one"} and not words[-1].endswith("s")
    return voice.full_name is not None and " " in voice.full_name


def _mode(page: Page, piece: Span) -> QuoteMode:
    """Say whether a passage is quoted whole, in part, or not at all."""
    inside = page.quotes_touching(piece)
    if not inside:
        return "indirect"
    quoted = sum(
        min(piece.end, quote.outer.end) - max(piece.start, quote.outer.start) for quote in inside
    )
    return "direct" if quoted >= QUOTED_WHOLE * (piece.end - piece.start) else "mixed"


_WORD: Final = re.compile(r"[\w’']+")


def _foresees(text: str, piece: Span) -> bool:
    """Say whether a passage speaks of what is still to come."""
    passage = text[piece.start : min(piece.end, piece.start + FORECAST_REACH)]
    words = passage.lower().replace("’", "'")
    tables = voice_words()
    if "'ll" in words or not tables.future_marks.isdisjoint(_WORD.findall(words)):
        return True
    return any(phrase in words for phrase in tables.future_phrases)


def _deadline(page: Page, piece: Span) -> When | None:
    """Return by when a forecast is to come true, where the words say so."""
    for time in page.times_in(piece):
        when = time.when
        if when.first is None and when.last and when.basis in {"stated", "reckoned"}:
            return when
    return None
