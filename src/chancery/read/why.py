"""Why a claim was made, recomputed from its report: nothing of it is stored.

`explain` takes a report, its reading and one of the reading's claims, and gives reasons in the
order in which the reader comes to them: trigger, sides, rules, standing, date, voice. What a
learned part adds, such as the probability of a trigger, comes from a `Trace` that is handed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

import msgspec

from chancery.lexicon import Lexicon
from chancery.lexicon.boundaries import apply, boundary_table
from chancery.lexicon.frames import GAPS, Cue
from chancery.model import OWN_VOICE, Claim, Mention, Reading, Report, Span, Standing
from chancery.read.anaphora import POINTED
from chancery.read.clauses import find_roles
from chancery.read.framing import Framing, framing_of
from chancery.read.mentions import SCORES
from chancery.read.phrases import mention_words
from chancery.read.rulings import deed_of
from chancery.read.sentences import split_sentences
from chancery.read.sides import Roles
from chancery.read.standing import SCOPE, standing_cues
from chancery.read.triggers import POSSESSIVES, Trigger, View, clause_words

LINKS: Final = {
    SCORES["name"]: "by name",
    SCORES["role"]: "by role and state",
    SCORES["placed"]: "by the place its sentence names, or as the likeliest of the name",
    POINTED: "pointed back to one named before",
    SCORES["home"]: "by the state that the report is about",
}
"""How a mention with a score was linked, the surest first."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: what it is about, the report's words it rests on, and what they came to.

    `words` are the report's and not to be trusted; a `value` that is a number is a score, 0…1.
    """

    what: str
    value: str | float
    words: str = ""


Trace: TypeAlias = Callable[[Report, Reading, Claim], Iterable[Reason]]
"""What a learned part knows of a claim."""


def no_trace(report: Report, reading: Reading, claim: Claim) -> Iterable[Reason]:
    """Know nothing of a claim: there is no learned part."""
    return ()


def explain(
    report: Report,
    reading: Reading,
    claim: Claim,
    lexicon: Lexicon,
    trace: Trace = no_trace,
) -> list[Reason]:
    """Return why a claim was made; `reading` is the report's by the reader that explains."""
    framing = framing_of(lexicon)
    seen = _see(report, reading, claim, framing)
    reasons = [*_of_trigger(report, claim, seen), *trace(report, reading, claim)]
    for side, mentions in (("actor", claim.actors), ("target", claim.targets)):
        reasons += [_of_mention(report, side, mention) for mention in mentions]
        if not mentions:
            reasons.append(Reason(what=side, value="nobody is named"))
    reasons += _of_rules(claim, seen, framing)
    reasons += [
        _of_standing(report, claim, seen),
        _of_date(report, claim),
        _of_voice(report, claim),
        Reason(what="score", value=claim.score),
    ]
    return reasons


# What stood there --------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A claim's sentence with its trigger and roles, where the frames find them again."""

    view: View
    trigger: Trigger | None = None
    roles: Roles | None = None


def _see(report: Report, reading: Reading, claim: Claim, framing: Framing) -> Seen | None:
    asides = [aside.span for aside in report.asides]
    for sentence in split_sentences(report.text, asides):
        if not sentence.span.covers(claim.trigger):
            continue
        view = framing.view(report.text, sentence, list(reading.mentions))
        for trigger in framing.cues.find(view):
            if view.span(trigger.first, trigger.last) == claim.trigger:
                return Seen(view, trigger, find_roles(view, trigger))
        return Seen(view)
    return None


def _of_trigger(report: Report, claim: Claim, seen: Seen | None) -> Iterator[Reason]:
    words = claim.trigger.of(report.text)
    trigger = seen.trigger if seen else None
    if trigger is None:
        yield Reason(what="trigger", words=words, value="learned: no frame has these words")
    else:
        of_frame = "" if trigger.cue.frame == claim.frame else f", of {trigger.cue.frame}"
        told = f"{trigger.cue.kind}: {cue_words(trigger.cue)}{of_frame}"
        yield Reason(what="cue", words=words, value=told)
        yield Reason(what="pattern", value=_pattern(trigger, seen.roles if seen else None))
    mode = f" {claim.mode}" if claim.mode else ""
    yield Reason(what="frame", value=f"{claim.frame}: {claim.type}{mode}")


def cue_words(cue: Cue) -> str:
    """Write a cue as in its frame's table, the first form of each word standing for all."""
    parts = [part[0] if part[0] in GAPS else "|".join(part) for part in cue.parts[1:]]
    first = cue.parts[0][0] if cue.kind == "verb" else "|".join(cue.parts[0])
    return " ".join([first, *parts])


def _pattern(trigger: Trigger, roles: Roles | None) -> str:
    if roles is None:
        return "sides told by another part of the reader"
    told = [
        "noun of a passive verb" if trigger.turned >= 0
        else "noun" if trigger.cue.kind == "noun"
        else "passive verb" if roles.passive
        else "infinitive" if roles.infinitive
        else "verb with subject"
    ]  # fmt: skip
    told += ["mutual: all on one side"] if trigger.cue.mutual else []
    told += [f"governed by “{roles.governor}”"] if roles.governor else []
    return ", ".join(told)


# Sides -------------------------------------------------------------------------------------------


def _of_mention(report: Report, side: str, mention: Mention) -> Reason:
    words = mention.span.of(report.text)
    if mention.actor is None:
        return Reason(what=side, words=words, value="open: no actor of the lexicon is linked")
    name = f" ({mention.name})" if mention.name else ""
    rivals = f"; or {', '.join(mention.candidates)}" if mention.candidates else ""
    return Reason(
        what=side, words=words, value=f"{mention.actor}{name}, {_link(words, mention)}{rivals}"
    )


def _link(words: str, mention: Mention) -> str:
    if _points_back(words.lower()):
        return LINKS[POINTED]
    return next((how for score, how in LINKS.items() if mention.score >= score), "by a guess")


def _points_back(words: str) -> bool:
    lists = mention_words()
    pronouns = {word for forms in lists.pronouns.values() for word in forms} | POSSESSIVES
    return words in pronouns or words in lists.pairs or words in lists.country


# Rules -------------------------------------------------------------------------------------------


def _of_rules(claim: Claim, seen: Seen | None, framing: Framing) -> Iterator[Reason]:
    """Yield the boundary rules that lead from the cue's type and mode to the claim's."""
    if seen is None:
        return
    told = seen.trigger.cue.frame if seen.trigger else claim.frame
    frame = framing.frames.get(told)
    if frame is None:
        return
    places = [n for n, w in enumerate(seen.view.sentence.words) if w.overlaps(claim.trigger)]
    deed = deed_of(
        seen.view, places[0], places[-1], frame.type, frame.mode, claim.standing,
        claim.actors, claim.targets,
    )  # fmt: skip
    ruling = apply(deed)
    if (ruling.type, ruling.mode) == (claim.type, claim.mode):
        yield from (Reason(what="rule", value=f"{rule}: {_source(rule)}") for rule in ruling.rules)


def _source(rule: str) -> str:
    return next(row.source for row in boundary_table().rule if row.id == rule)


# Standing, date, voice ---------------------------------------------------------------------------


def _of_standing(report: Report, claim: Claim, seen: Seen | None) -> Reason:
    words = _words_of_standing(claim.standing, seen) if seen else ""
    value = claim.standing
    if not words and value not in ("happened", "ongoing"):
        return Reason(what="standing", value=f"{value}, by the clause as a whole or its date")
    return Reason(what="standing", words=words, value=value)


def _words_of_standing(standing: Standing, seen: Seen) -> str:
    """Return the words before a trigger, the nearest first, that give its standing."""
    cues = standing_cues()
    lists = clause_words()
    single: dict[str, frozenset[str]] = {
        "negated": cues.negation | lists.nobody,
        "planned": cues.planned | cues.would | lists.planned,
        "hypothetical": cues.hypothetical | cues.would | cues.unsure,
        "alleged": cues.alleged_before | lists.blaming,
    }
    end = seen.trigger.last + 1 if seen.trigger else len(seen.view.words)
    words = seen.view.words[:end]
    for place in range(len(words) - 1, max(-1, len(words) - 2 * SCOPE), -1):
        for cue in cues.before.get(standing, ()):
            if words[place : place + len(cue)] == cue:
                return " ".join(cue)
        if words[place] in single.get(standing, ()):
            return words[place]
    return ""


def _of_date(report: Report, claim: Claim) -> Reason:
    words = claim.when.words.of(report.text) if claim.when.words else ""
    return Reason(what="date", words=words, value=f"{claim.when.edtf()}, {claim.when.basis}")


def _of_voice(report: Report, claim: Claim) -> Reason:
    voice = claim.voice
    if voice == OWN_VOICE:
        return Reason(what="voice", value="the outlet's own")
    spans = [span for span in (voice.name, voice.cue) if span]
    who = voice.full_name or voice.actor or voice.kind
    return Reason(
        what="voice", words=_joined(report, spans), value=f"{voice.kind}: {who}, {voice.stance}"
    )


def _joined(report: Report, spans: Sequence[Span]) -> str:
    """Put the words of spans side by side in the order of the text, with dots for what is left."""
    ordered = sorted(spans)
    pieces = [span.of(report.text) for span in ordered]
    marks = ["" if two.start - one.end <= 1 else " …" for one, two in pairwise(ordered)]
    return "".join(
        f"{piece}{mark} " for piece, mark in zip(pieces, [*marks, ""], strict=True)
    ).strip()
