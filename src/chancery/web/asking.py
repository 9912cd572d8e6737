"""Questions, their quotations and their answers as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.ledger.questions import GAP, LATER, Option, Question, ReviewItem
from chancery.model import Cite, Claim
from chancery.outputs.review import KIND_SHAPES, touches_words
from chancery.outputs.visible import one_line
from chancery.outputs.words import date_words, short_id
from chancery.web.marks import Mark, segments
from chancery.web.shown import Quote, quote_shown, safe_url
from chancery.web.visit import Visit

CODED: Final = ("is ", "is not ", "actor ", "target ")
"""Verdicts that end in actors' codes, which an answer spells out."""

TOUCHED_SHOWN: Final = 6
"""Happenings that a question touches and that are linked one by one."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One question in the list."""

    id: str
    shape: str
    kind: str
    question: str
    touches: str
    href: str
    current: bool


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: its key, what it says, the decision it makes, what has to be typed for it."""

    key: str
    words: str
    names: str
    about: str
    verdict: str
    asks: str = ""
    asks_words: str = ""


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation, with the keys of the answers that it speaks for."""

    quote: Quote
    keys: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question in full."""

    id: str
    shape: str
    kind: str
    question: str
    touches: str
    happenings: tuple[tuple[str, str], ...]
    more_happenings: int
    reasons: tuple[str, ...]
    quotes: tuple[Speaking, ...]
    answers: tuple[Answer, ...]
    about: str
    later: str


def entry_shown(question: Question, words: str, href: str, current: bool) -> Entry:
    """Show one question of the list."""
    return Entry(
        id=question.id,
        shape=KIND_SHAPES[question.kind],
        kind=question.kind,
        question=words,
        touches=touches_words(question).partition(",")[0],
        href=href,
        current=current,
    )


def item_shown(visit: Visit, item: ReviewItem) -> Asked:
    """Show one question with its quotations side by side and the answers that can be picked."""
    touched = item.touches.happenings
    return Asked(
        id=item.id,
        shape=KIND_SHAPES[item.kind],
        kind=item.kind,
        question=item.question,
        touches=touches_words(item),
        happenings=tuple(
            (short_id(id_), visit.links.happening(id_)) for id_ in touched[:TOUCHED_SHOWN]
        ),
        more_happenings=max(0, len(touched) - TOUCHED_SHOWN),
        reasons=item.reasons,
        quotes=tuple(_quotes(visit, item)),
        answers=tuple(answer_shown(visit, one) for one in item.options),
        about=item.about,
        later=f"{LATER} {GAP} {item.topic}",
    )


def answer_shown(visit: Visit, option: Option) -> Answer:
    """Show one answer; codes are spelt out beside it."""
    return Answer(
        key=option.key,
        words=one_line(option.words),
        names=_names(visit, option),
        about=option.about,
        verdict=option.verdict,
        asks=option.asks,
        asks_words=option.asks_words,
    )


def _names(visit: Visit, option: Option) -> str:
    if option.asks or not option.verdict.startswith(CODED):
        return ""
    codes = [code for code in option.verdict.split()[-1].split("+") if code in option.words]
    names = [name for code in codes if (name := visit.name(code)) != code]
    return " + ".join(names)


def _quotes(visit: Visit, item: ReviewItem) -> Iterator[Speaking]:
    """Quote each passage once, in the order of the question."""
    cites = {(one.report, one.sentence, one.words): one for one in item.cites}.values()
    ids = {one.claim for one in cites if one.claim}
    claims = {one.id: one for one in visit.ledger.claims_by_id(ids, as_of=visit.as_of)}
    for cite in cites:
        yield Speaking(
            quote=passage_shown(visit, cite, claims.get(cite.claim)),
            keys=_keys(item.options, cite.claim),
        )


def _keys(options: Sequence[Option], claim: str) -> str:
    """Name the answers that a claim speaks for, unless it speaks for all that rest on any."""
    resting = [one for one in options if one.claims]
    keys = [one.key for one in resting if claim in one.claims]
    return " ".join(keys) if len(keys) < len(resting) else ""


def passage_shown(visit: Visit, cite: Cite, claim: Claim | None = None) -> Quote:
    """Quote words that may be no claim's: their sentence, with the words marked in it."""
    if claim:
        return quote_shown(visit, claim, cite)
    report = visit.desk.evidence.report(cite.report)
    number, paragraph = find_paragraph(report, cite.span)
    sentence = find_sentence(report.text, cite.span, paragraph)
    return Quote(
        claim=f"at{cite.span.start}-{cite.span.end}",
        report=report.id,
        source=report.source or "no outlet named",
        published=date_words(report.published),
        title=report.title,
        place=f"¶{number} · chars {cite.span.start}–{cite.span.end}",
        segments=tuple(segments(report.text, sentence, [Mark(cite.span, "deed")])),
        words=cite.words,
        href=visit.links.cite(cite),
        original=safe_url(report.url),
        flags=report.traits,
    )


def words_of(visit: Visit, questions: Iterable[Question], known: dict[str, str]) -> dict[str, str]:
    """Return the words of questions, by id; those that quote a report are kept in `known`.

    A question's words quote its first passage, and reports never change.
    """
    new = [
        msgspec.structs.replace(one, passages=one.passages[:1])
        for one in questions if GAP in one.words and one.id not in known
    ]  # fmt: skip
    if new:
        items = visit.ledger.review_items(new, as_of=visit.as_of)
        known |= {one.id: item.question for one, item in zip(new, items, strict=True)}
    return {one.id: known.get(one.id, one.words) for one in questions}
