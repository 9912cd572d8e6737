"""Passages that may be somebody's reason: reasons of claims, statements, sentences of claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Final

import msgspec

from chancery.model import Claim, Forecast, Reason, Span, Statement
from chancery.outputs.brief.material import Material, starts_loose
from chancery.outputs.brief.settings import cue_pattern, cues, has_cue, questions, weights
from chancery.outputs.brief.subject import Subject
from chancery.outputs.brief.wanted import content_words, overlaps, share_of
from chancery.outputs.words import party

NAMED_MOST: Final = 3
"""Parties of a passage beyond which further ones count no more."""

BEFORE: Final = 300
"""Characters before its paragraph in which those may be named whom a passage speaks of."""

LIST_MARKS: Final = ("-", "–", "•", "*")
"""What an item of a list begins with: it is no sentence that could be quoted alone."""

Row = Reason | Statement | Claim | Forecast


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Words with a motive: their row, span, theme, whom they name, and what they are worth.

    `tied` are those that the reader tied to a claim of the subject; `loose` those whose sentence
    names no party of it, only what stands around.
    """

    row: Row
    span: Span
    theme: str
    parties: tuple[str, ...]
    score: float
    tied: bool = False
    loose: bool = False


class Finder:
    """Finds the passages that give reasons for a subject."""

    def __init__(self, subject: Subject, material: Material) -> None:
        self.subject, self.material = subject, material
        self.own = {claim for row in subject.rows for claim in row.claims}
        told = dict.fromkeys(report for row in subject.rows for report in row.reports)
        self.home = sorted([*told][: weights().reasons.most_home])
        self.parties = tuple(
            dict.fromkeys(code for row in subject.rows for code in material.parties(row))
        )
        self._sentences = {
            claim.report: material.paragraph(claim.report, claim.words)[0]
            for row in subject.rows
            for claim in material.claims_of(row)
        }
        self._acting = {party(code) for row in subject.rows for code in row.actors} & set(
            self.parties
        ) or set(self.parties)
        self._nouns = nouns_of(subject)
        leads = [material.sentence_words(material.lead(row)) for row in subject.rows]
        self._words = content_words(" ".join((*leads, *subject.wanted.words)))

    @cached_property
    def reports(self) -> list[str]:
        """Return the reports that are read for reasons.

        Those of the subject; and of the others those that tell most of what both sides do to one
        another, undated or near it in days.
        """
        if len(self.parties) < 2:
            return self.home
        rule, when, material = weights().reasons, self.subject.when, self.material
        first, last = when.first or when.last, when.last or when.first
        if first is None or last is None:
            return self.home
        told = material.ledger.reports_telling(
            self.parties[:2],
            since=first - timedelta(rule.days_before),
            until=last + timedelta(rule.days_after),
            besides=self.home, limit=rule.most_looked_at, as_of=material.as_of,
        )  # fmt: skip
        material.fetch_told((report for report, _, dated in told if not dated), "claims")
        near = [
            report
            for report, _, dated in told
            if dated or names_somebody(report, self.subject, material)
        ]
        return [*self.home, *near[: rule.most_reports]]

    def is_later(self, report: str) -> bool:
        """Say whether a report was published after the subject."""
        published, when = self.material.published(report), self.subject.when
        first, last = published.first or published.last, when.last or when.first
        return bool(first and last and first >= last)

    def is_near(self, report: str) -> bool:
        """Say whether a report was published before the subject or not long after it, or undated.

        What one much later foresees, the subject's reader need not watch.
        """
        published, when = self.material.published(report), self.subject.when
        first, last = published.first or published.last, when.last or when.first
        if first is None or last is None:
            return True
        return (first - last).days <= weights().course.longest_after

    def all(self) -> list[Passage]:
        """Return all passages worth showing, the best first, one of each stretch of words."""
        self.material.fetch_reports(self.reports)
        self.material.fetch_told(self.reports)
        self.material.happenings_told(self.reports)
        found = [one for report in self.reports for one in self._in_report(report)]
        found = [one for one in found if one.score >= weights().reasons.least]
        found.sort(key=lambda one: (-one.tied, -one.score, one.row.report, one.span, one.row.id))
        kept: list[Passage] = []
        for one in found:
            if not any(one.row.report == k.row.report and one.span.overlaps(k.span) for k in kept):
                kept.append(one)
        return kept

    def _in_report(self, report: str) -> Iterator[Passage]:
        for reason in self.material.reasons(report):
            if reason.claim:
                yield from self._of_reason(reason)
        statements = self.material.statements(report)
        for statement in statements:
            for span in self._pieces(statement):
                yield from self._of_words(statement, span, self._shown(statement, span))
        said = [one.content for one in statements if not self.material.is_own(one)]
        seen = set[Span]()
        for claim in self.material.claims_told(report):
            span = self.material.sentence(report, claim.words)
            if claim.voice.kind == "own" and span not in seen and not _overlap(span, said):
                seen.add(span)
                yield from self._of_words(claim, span, span)

    def _pieces(self, statement: Statement) -> list[Span]:
        """Return what is quoted of a statement: each of its sentences by itself."""
        report, content = statement.report, statement.content
        pieces, at = [], content.start
        while at < content.end:
            sentence = self.material.sentence(report, Span(at, min(at + 1, content.end)))
            end = min(sentence.end, content.end)
            if end <= at:
                break
            pieces.append(Span(at, end))
            at = end + 1
        return pieces

    def _shown(self, statement: Statement, span: Span) -> Span:
        """Return what is quoted: of reported speech its whole sentence, where that is short."""
        whole = self.material.sentence(statement.report, span)
        short = whole.end - whole.start <= weights().limits.quotation
        return whole if statement.mode != "direct" and short else span

    def _of_reason(self, reason: Reason) -> Iterator[Passage]:
        """Rate a reason that the reader tied to a claim: of the subject, or of a deed beside it."""
        weight, own = weights().reasons, reason.claim in self.own
        span = self.material.sentence(reason.report, Span(
            min(reason.deed.start, reason.cue.start, reason.passage.start),
            max(reason.deed.end, reason.cue.end, reason.passage.end),
        ))  # fmt: skip
        words = reason.passage.of(self.material.text(reason.report))
        if cue_pattern(cues().agenda.words).match(words):
            return
        theme = theme_of(words)
        rated = self._rate(reason, span, theme)
        if rated is None or not (own or (reason.claim and self._beside(reason.claim))):
            return
        score = rated.score + (weight.own if own else weight.course)
        yield msgspec.structs.replace(rated, score=round(score, 6), tied=own)

    def _beside(self, claim: str) -> bool:
        """Say whether a deed beside the subject is close enough for its reason to bear on it."""
        row, rule = self.material.of_claim(claim), weights()
        if not set(self.parties) <= set(self.material.parties(row)):
            return False
        near = overlaps(row.when, self.subject.when, rule.reasons.days_of_deed)
        return near is not False and row.frame not in rule.course.remarks

    def _of_words(self, row: Row, span: Span, shown: Span) -> Iterator[Passage]:
        """Rate words with a motive in them; `shown` are those that are quoted for them."""
        words = span.of(self.material.text(row.report))
        whole = shown.of(self.material.text(row.report))
        aimed = has_cue(words, cues().purposes.words) and has_cue(whole, self._nouns)
        motive = has_cue(words, cues().motive.words)
        if not (aimed or motive) or whole.lstrip().startswith(LIST_MARKS):
            return
        rated = self._rate(row, shown, theme_of(words))
        dated = row.report not in self.home and self.material.published(row.report).known
        both = not dated or set(self.parties[:2]) <= set(rated.parties if rated else ())
        meant = self._acting if rated and rated.loose else set(self.parties)
        if rated and rated.loose and not motive:
            return
        if rated and both and set(rated.parties) & meant:
            yield rated

    def _rate(self, row: Row, span: Span, theme: str = "") -> Passage | None:
        """Rate a passage; none where it is about something else, or its voice is not trusted."""
        weight, material = weights().reasons, self.material
        words = span.of(material.text(row.report))
        if has_cue(words, cues().motive.never) or not material.trusted(row):
            return None
        text = material.text(row.report)
        parties = material.named(material.sentence(row.report, span).of(text))
        loose = not set(parties) & set(self.parties)
        if loose:
            around = material.paragraph(row.report, span)[1]
            parties = material.named(text[max(0, around.start - BEFORE) : around.end])
        named = weight.around if loose else weight.party
        score = (
            self._nearness(row.report, span)
            + named * min(NAMED_MOST, len(set(parties)))
            + weight.words * share_of(self._words, words)
            + weight.voice * (row.voice.kind != "own")
            + weight.pronoun * starts_loose(words)
        )
        return Passage(
            row=row, span=span, theme=theme or theme_of(words), parties=parties,
            score=round(score, 6), loose=loose,
        )  # fmt: skip

    def _nearness(self, report: str, span: Span) -> float:
        """Rate how near a passage stands to the words that tell the subject."""
        at = self._sentences.get(report)
        weight = weights().reasons
        if at is None:
            return weight.beside
        away = abs(self.material.paragraph(report, span)[0] - at)
        return weight.home + weight.near * max(0.0, 1 - away / weight.distance)


def names_somebody(report: str, subject: Subject, material: Material) -> bool:
    """Say whether a report tells a deed of somebody who takes part in the subject by name.

    Only then does a report without a date bear on it.
    """
    names = subject_names(subject, material)
    claims = material.claims_told(report)
    return any(one.name in names for claim in claims for one in (*claim.actors, *claim.targets))


def subject_names(subject: Subject, material: Material) -> frozenset[str]:
    """Return the full names of those who take part in a subject."""
    leads = [material.lead(row) for row in subject.rows]
    return frozenset(
        one.name for lead in leads for one in (*lead.actors, *lead.targets) if one.name
    )


def theme_of(words: str) -> str:
    """Return what a reason is about: the first theme whose words stand in it."""
    return next(theme.key for theme in cues().themes if has_cue(words, theme.words))


def nouns_of(subject: Subject) -> tuple[str, ...]:
    """Return the nouns that stand for a subject, by its kind."""
    family = questions().families.get(questions().family(subject.lead.frame))
    return family.nouns if family else ()


def third_parties(passages: Iterable[Passage], sides: Sequence[str]) -> tuple[str, ...]:
    """Return the party beside the sides that the reasons name most, if any does so twice."""
    count = Counter(
        code for one in passages for code in one.parties if code not in sides
    )  # fmt: skip
    best = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:1]
    return tuple(code for code, times in best if times > 1)


def _overlap(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
