"""Finds the reasons given for deeds, and on whose word: "because of", "in order to", "citing".

In: a text, its sentences with their trees, its statements. Out: reasons, each a link from the word
that names a deed to the passage that says why. A cue's phrase hangs on the deed in the tree: from
the cue's first word the tree is climbed while the phrase still starts there; what governs it is
the deed (`reason_phrases.py`). Words that have other uses too ("to", "for", "after") need a class
of deeds, or a rule that holds for them (`reason_uses.py`). Where a sentence has no tree the deeds
must be given, and the passage ends with the clause (`_without_tree`).

A reason is somebody's account and never a fact: "in a blow to" is how whoever tells it reads the
deed. Who that is comes from the statements; what a doer cites is on the doer's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from chancery.model import OWN_VOICE, Claim, Reason, ReasonKind, Span, Statement, Voice
from chancery.read.parse import Tree
from chancery.read.reason_cues import ReasonCue, match_cues, reason_words
from chancery.read.reason_phrases import (
    MARKS,
    SUBJECTS,
    Line,
    Phrase,
    below_of,
    deed_of,
    end_of,
    phrase_of,
)
from chancery.read.reason_uses import RULES, holds
from chancery.read.sentences import Sentence
from chancery.read.speakers import kind_of
from chancery.read.voices import voice_of

CLAUSE_ENDS: Final = frozenset({",", ";", ":", "—", "–", "--", ".", "!", "?", "”"})
MARKERS: Final = frozenset({"case", "mark"})
OBJECTS: Final = frozenset({"obj", "xcomp", "nsubj:pass", "ccomp", "obl", "compound:prt"})


class Account(NamedTuple):
    """A reason as a sentence gives it: the parts of a `Reason` that stand in its words."""

    deed: Span
    passage: Span
    kind: ReasonKind
    cue: Span
    voice: Voice = OWN_VOICE


def find_reasons(
    report: str,
    text: str,
    sentences: Sequence[Sentence],
    trees: Sequence[Tree | None],
    statements: Sequence[Statement],
    deeds: Sequence[Span] | None = None,
) -> list[Reason]:
    """Return the reasons given in a text, in the order of their passages; `report` is its id.

    `trees` has one entry per sentence. `deeds` are the words that name deeds, such as claims'
    triggers: only their reasons are returned, and they stand in `Reason.deed`. Where it is none
    any deed counts, and sentences without a tree are passed over.
    """
    found: list[Account] = []
    before: Line | None = None
    for sentence, tree in zip(sentences, trees, strict=True):
        if text[sentence.span.start : sentence.span.end].rstrip("\"”' ").endswith("?"):
            continue
        lower = tuple(word.of(text).lower().replace("’", "'") for word in sentence.words)
        if tree is None:
            here = [deed for deed in deeds or () if sentence.span.covers(deed)]
            found += _without_tree(sentence, lower, statements, here)
            before = None
            continue
        line = Line(sentence, lower, tree)
        found += _in_line(text, line, statements, deeds)
        found += _answered(line, statements, deeds)
        found += _said_outright(line, before, statements, deeds)
        before = line
    in_order = sorted(set(found), key=lambda one: (one.passage, one.deed, one.cue))
    return [_reason(report, account) for account in in_order]


def tie_reasons(reasons: Sequence[Reason], claims: Sequence[Claim]) -> list[Reason]:
    """Return the reasons once for each claim whose trigger is their deed; others are left out."""
    return [
        msgspec.structs.replace(
            reason,
            claim=claim.id,
            id=Reason.make_id(
                report=reason.report,
                claim=claim.id,
                deed=reason.deed,
                passage=reason.passage,
                cue=reason.cue,
            ),
        )
        for reason in reasons
        for claim in claims
        if claim.trigger == reason.deed
    ]


def _reason(report: str, account: Account) -> Reason:
    deed, passage, cue = account.deed, account.passage, account.cue
    id_ = Reason.make_id(report=report, claim=None, deed=deed, passage=passage, cue=cue)
    return Reason(id=id_, report=report, **account._asdict())


def _in_line(
    text: str, line: Line, statements: Sequence[Statement], deeds: Sequence[Span] | None
) -> Iterator[Account]:
    for match in match_cues(line.lower):
        phrase = phrase_of(line, match)
        if phrase is None:
            continue
        word = deed_of(line, match, phrase)
        if word is None or phrase.first <= word <= phrase.last:
            continue
        if not holds(line, match, phrase, word):
            continue
        deed = _named(line, word, phrase, deeds)
        if deed is None:
            continue
        passage = line.span(phrase.first, phrase.last)
        yield Account(
            deed=deed,
            passage=passage,
            kind=_kind(match.cue, line, word),
            cue=line.span(match.first, match.last),
            voice=_voice(text, line, match.cue, word, passage, statements),
        )


def _named(line: Line, word: int, phrase: Phrase, deeds: Sequence[Span] | None) -> Span | None:
    """Return the words of the deed: the word itself, or the given deed that it belongs to.

    Of "announced sanctions over" the given deed may be "sanctions", an object of the verb.
    """
    own = line.span(word, word)
    if deeds is None:
        return own
    inside = line.span(phrase.first, phrase.last)
    here = [d for d in sorted(deeds) if line.sentence.span.covers(d) and not inside.overlaps(d)]
    tree = line.tree
    near = [word, *(c for c in tree.children[word] if tree.deprels[c] in OBJECTS)]
    near += [c for n in near[1:] for c in tree.children[n] if tree.deprels[c] in OBJECTS]
    if tree.deprels[word] in ("xcomp", "ccomp"):
        near.append(tree.heads[word])
    for place in near:
        for deed in here:
            if deed.overlaps(line.span(place, place)):
                return deed
    return None


def _kind(cue: ReasonCue, line: Line, deed: int) -> ReasonKind:
    """Return the kind of a reason; one who goes "for talks" has a purpose."""
    goes = reason_words().is_of(("moving",), line.lower[deed])
    return "purpose" if goes and cue.phrase == ("for",) else cue.kind


# On whose word ------------------------------------------------------------------------------------


def _voice(
    text: str, line: Line, cue: ReasonCue, deed: int, passage: Span,
    statements: Sequence[Statement],
) -> Voice:  # fmt: skip
    """Return who gives a reason: the doer where he is said to, else whoever speaks."""
    around = voice_of(passage, statements)
    if around.kind != "own" or not cue.doers_word:
        return around
    subject = line.child(deed, SUBJECTS)
    if subject is None:
        return Voice(kind="anonymous")
    below = [word for word in line.tree.below(subject) if word <= subject]
    name = line.span(below[0], subject)
    return Voice(kind=kind_of(text, name), name=name)


# Reasons told outright, and sentences without a tree ----------------------------------------------


def _answered(
    line: Line, statements: Sequence[Statement], deeds: Sequence[Span] | None
) -> Iterator[Account]:
    """Find "responded to the raid by expelling": the deed is how, the reason what is answered."""
    tree = line.tree
    for verb, word in enumerate(line.lower):
        if word not in reason_words().answering or tree.upos[verb] != "VERB":
            continue
        to = next((c for c in tree.children[verb] if _is_marked(line, c, "obl", ("to",))), None)
        how = next((c for c in tree.children[verb] if _is_marked(line, c, "advcl", ("by",))), None)
        if to is None or how is None or to > how:
            continue
        below = below_of(tree, to)
        phrase = Phrase(to, how, below[1], below[-1])
        deed = _named(line, how, phrase, deeds)
        if deed:
            passage = line.span(phrase.first, phrase.last)
            yield Account(
                deed=deed, passage=passage, kind="response", cue=line.span(verb, below[0]),
                voice=voice_of(passage, statements),
            )  # fmt: skip


def _is_marked(line: Line, word: int, relation: str, markers: tuple[str, ...]) -> bool:
    """Say whether a word hangs by a relation and one of some words marks it."""
    marker = line.child(word, MARKERS)
    marked = marker is not None and line.lower[marker] in markers
    return line.tree.deprels[word] == relation and marked


def _said_outright(
    line: Line, before: Line | None, statements: Sequence[Statement], deeds: Sequence[Span] | None
) -> Iterator[Account]:
    """Find "the reason for the expulsion was …", and "the reason was …" of the sentence before."""
    tree = line.tree
    for place, word in enumerate(line.lower):
        if word not in ("reason", "reasons") or tree.deprels[place] not in SUBJECTS:
            continue
        above = tree.heads[place]
        copula = line.child(above, frozenset({"cop"}))
        start = copula if copula is not None else above
        below = [w for w in below_of(tree, above) if w > start]
        if not below or line.lower[start] not in ("was", "is", "were", "are") or start < place:
            continue
        last = end_of(line, start + 1, below)
        while last > start and line.lower[last] in MARKS:
            last -= 1
        if last <= start:
            continue
        phrase = Phrase(above, above, start + 1, last)
        deed = _reasoned(line, place, phrase, before, deeds)
        passage = line.span(start + 1, last)
        if deed:
            voice = voice_of(passage, statements)
            yield Account(
                deed=deed, passage=passage, kind="cause", cue=line.span(place, place), voice=voice
            )


def _reasoned(
    line: Line, place: int, phrase: Phrase, before: Line | None, deeds: Sequence[Span] | None
) -> Span | None:
    """Return the deed that "the reason" belongs to: named by "for", else the sentence before's."""
    named = line.child(place, frozenset({"nmod"}))
    if named is not None:
        return _named(line, named, phrase, deeds) if named < phrase.first else None
    if before is None:
        return None
    root = before.tree.root
    if before.lower[root] in reason_words().speech:
        told = before.child(root, frozenset({"ccomp", "parataxis"}))
        root = root if told is None else told
    return _named(before, root, phrase, deeds) if before.tree.upos[root] == "VERB" else None


def _without_tree(
    sentence: Sentence, lower: tuple[str, ...], statements: Sequence[Statement],
    deeds: Sequence[Span],
) -> Iterator[Account]:  # fmt: skip
    """Link each cue to the nearest deed given before it, or after it where it opens a sentence.

    Only cues that need no class of deeds and no tree count; the passage ends with the clause.
    """
    words = sentence.words
    for match in match_cues(lower):
        cue = match.cue
        if cue.deeds or cue.beside or cue.takes != "any" or cue.phrase in RULES:
            continue
        last = match.last
        while last + 1 < len(lower) and lower[last + 1] not in CLAUSE_ENDS:
            last += 1
        if last == match.last:
            continue
        passage = Span(words[match.last + 1].start, words[last].end)
        start = words[match.first].start
        earlier = [deed for deed in deeds if deed.end <= start]
        later = [deed for deed in deeds if deed.start >= passage.end]
        deed = max(earlier) if earlier else min(later) if later and match.first < 2 else None
        if deed:
            yield Account(
                deed=deed, passage=passage, kind=cue.kind,
                cue=Span(start, words[match.last].end), voice=voice_of(passage, statements),
            )  # fmt: skip
