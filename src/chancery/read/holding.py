"""States that hold: a cap on diplomats, an office held or vacant, a ban, troops stationed.

In: a report's text, sentences, mentions, times and day, and its claims where there are any. Out:
for each passage that tells such a state its kind, whether the passage opens it, closes it or shows
it holding (`phase`), whose it is, and since and until when, as the words say. `bars` joins the
passages of one state. What opens, closes and shows a state lies in `data/holding.toml`; what is
only planned, wanted, threatened or denied is left out.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from chancery.lexicon.wording import Met, Wordings
from chancery.model import Claim, HeldState, Mention, Noun, Phase, Span, TimeExpression, When
from chancery.read.extents import clause_round, placed_words
from chancery.read.holders import holders_of, side_of
from chancery.read.sentences import Sentence
from chancery.read.stretches import stretch_of

LOOK_BACK: Final = 7
"""Words before a cue in which a word may say that the state is not real."""

NAMING: Final = frozenset({"", "of", "for", "from", "about", "against", "to", "and", "or", "as"})
"""Words before a gerund by which the deed is only named; none where it starts the clause."""

NAMES: Final = frozenset({"may", "will"})
"""Words that mean something else with a capital: May and Will are names."""

DECIDING: Final = frozenset({"voted", "decided", "managed", "forced", "moved", "decision"})
"""Words before "to" by which the deed was done, or settled."""

NOT_YET: Final = frozenset({"to", "be"})
"""Words before a participle by which a measure is not there yet: "sanctions to be imposed"."""

CONDITIONS: Final = frozenset({"if", "unless", "whether"})

BE: Final = "was|were|been|be|is|are|being"


class KindRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of state, as `data/holding.toml` describes it."""

    examples: tuple[tuple[Phase, str], ...]
    not_examples: tuple[str, ...]
    measure: bool = False
    things: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    lasts: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    given: tuple[tuple[Phase, str], ...] = ()
    dated: tuple[str, ...] = ()
    posts: str = ""
    captives: str = ""
    inanimate: str = ""
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class _Sign(msgspec.Struct, frozen=True):
    """What a phrase stands for: a kind and its phase, or by a false friend no phase."""

    kind: str
    phase: Phase | None
    fixed: frozenset[str]
    given: bool
    dated: bool


@cache
def _tables() -> tuple[Mapping[str, KindRow], Mapping[str, tuple[str, ...]], frozenset[str]]:
    source = resources.files("chancery.read") / "data" / "holding.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    table["shared"]["given"] = [table["shared"]["given"]]
    shared = msgspec.convert(table.pop("shared"), dict[str, tuple[str, ...]])
    unreal = frozenset(table.pop("unreal")["before"].split())
    return msgspec.convert(table, dict[str, KindRow]), shared, unreal


def kind_table() -> Mapping[str, KindRow]:
    """Load the kinds of states, once per process."""
    return _tables()[0]


def _phrases(row: KindRow) -> Iterator[tuple[str, Phase | None]]:
    """Write out a kind's phrases: each verb with each thing, active, passive and alone."""
    shared = _tables()[1] if row.measure else {}
    done: dict[Phase, tuple[str, ...]] = {
        "opens": (*row.open, *shared.get("open", ())),
        "closes": (*row.close, *shared.get("close", ())),
        "holds": (*row.hold, *shared.get("hold", ())),
    }
    itself: dict[Phase, tuple[str, ...]] = {
        "opens": (*row.begins, *shared.get("begins", ())),
        "closes": (*row.ends, *shared.get("ends", ())),
        "holds": (*row.lasts, *shared.get("lasts", ())),
    }
    whole: dict[Phase, tuple[str, ...]] = {
        "opens": row.opens, "closes": row.closes, "holds": (*row.holds, *row.dated),
    }  # fmt: skip
    for phase in ("opens", "closes", "holds"):
        for thing in row.things:
            for verb in done[phase]:
                yield f"{verb} ~ {thing}", phase
                yield f"{thing} ~ ~ {BE} ~ {verb}", phase
            for verb in itself[phase]:
                yield f"{thing} ~ ~ {verb}", phase
        for phrase in whole[phase]:
            yield phrase, phase
    for phase, phrase in _given(row):
        yield phrase, phase
    for phrase in row.not_:
        yield phrase, None


def _given(row: KindRow) -> Iterator[tuple[Phase, str]]:
    """Yield the phrases that hold whatever the sentence tells of them."""
    yield from row.given
    if not row.measure:
        return
    for thing in row.things:
        for verb in _tables()[1]["given"]:
            yield "opens", f"{thing} ~ ~ {verb}"
        yield "holds", f"extension of ~ {thing}"
        yield "holds", f"{thing} extension|renewal"


def _written_out(row: KindRow, phrase: str) -> str:
    """Put a kind's lists of words into a phrase."""
    lists = {"{post}": row.posts, "{captive}": row.captives, "{thing}": row.inanimate}
    for place, words in lists.items():
        phrase = phrase.replace(place, "|".join(words.split()))
    return phrase


@cache
def _signs() -> Wordings[_Sign]:
    return Wordings(_written_signs())


def _written_signs() -> Iterator[tuple[str, _Sign]]:
    for kind, row in kind_table().items():
        given = {phrase for _, phrase in _given(row)}
        for phrase, phase in _phrases(row):
            whole = _written_out(row, phrase)
            fixed = frozenset(re.split(r"[|~ ]+", whole))
            yield whole, _Sign(kind, phase, fixed, phrase in given, phrase in row.dated)


def find_states(
    report: str,
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    published: When,
    claims: Sequence[Claim] = (),
) -> list[HeldState]:
    """Return the passages that tell states, in order; `report` is its id."""
    found: list[HeldState] = []
    for sentence in sentences:
        inside = [time for time in times if sentence.span.covers(time.span)]
        here: list[HeldState] = []
        for told in _told(text, sentence.span):
            state = _state(report, text, sentence.span, told, inside, published)
            if told.sign.dated and not (state.since or state.until):
                continue
            if free := _beside(text, here, state):
                here.append(_with_parties(text, free, here, mentions, claims))
        found.extend(here)
    return sorted(found, key=lambda state: (state.span, state.kind))


class _Told(NamedTuple):
    """A cue of a real state, and what it stands for."""

    cue: Span
    sign: _Sign
    phase: Phase


def _state(
    report: str,
    text: str,
    sentence: Span,
    told: _Told,
    times: Sequence[TimeExpression],
    published: When,
) -> HeldState:
    cue, phase = told.cue, told.phase
    clause = clause_round(text, sentence, cue, times)
    start, end = clause.span.start, clause.span.end
    if told.sign.given:
        start = cue.start
        while before := _DETERMINER.search(text, sentence.start, start):
            start = before.start()
        main = _MAIN_VERB.search(text, cue.end, end)
        end = main.start() if main else end
    if phase == "opens" and _SINCE.search(text, cue.start, clause.span.end):
        phase = "holds"
    stretch = stretch_of(text, phase, cue, clause.whole, times, published)
    return HeldState(
        id=HeldState.make_id(report=report, kind=told.sign.kind, phase=phase, cue=cue),
        report=report,
        kind=told.sign.kind,
        phase=phase,
        span=Span(min(start, cue.start), max(end, cue.end)),
        cue=cue,
        since=stretch.since,
        until=stretch.until,
    )


_MAIN_VERB: Final = re.compile(r"\s(?:also\s)?(?:has|have|had|is|are|was|were|will|would|must)\b")
_DETERMINER: Final = re.compile(r"\b(?:the|a|an|all|those|these|\d+)\s$", re.IGNORECASE)
_SINCE: Final = re.compile(r"\bsince\s(?:\w+\s){0,3}\d", re.IGNORECASE)
_GAP: Final = " ,;"


def _beside(text: str, here: Sequence[HeldState], state: HeldState) -> HeldState | None:
    """Return a state with its clause cut off where one of its kind before it ends, if it is new."""
    for other in here:
        if other.kind != state.kind or not other.span.overlaps(state.span):
            continue
        if other.span.overlaps(state.cue) or other.span.start > state.span.start:
            return None
        start = other.span.end
        while text[start] in _GAP:
            start += 1
        state = msgspec.structs.replace(state, span=Span(start, state.span.end))
    return state


def _with_parties(
    text: str,
    state: HeldState,
    here: Sequence[HeldState],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
) -> HeldState:
    """Add whose a state is, that of the clause before where the verb goes on from it."""
    holders = holders_of(text, state.kind, state.span, state.cue, mentions)
    if not holders and here and state.span.start == state.cue.start:
        holders = here[-1].holders
    return msgspec.structs.replace(
        state,
        holders=holders,
        claims=tuple(sorted(one.id for one in claims if state.span.covers(one.trigger))),
    )


def _told(text: str, sentence: Span) -> list[_Told]:
    """Return the cues of real states in a sentence, the longest of those that overlap."""
    words = placed_words(text, sentence)
    forms = [
        word if word not in NAMES or text[span.start].islower() else "" for word, span in words
    ]
    met = list(_signs().find(forms))
    not_meant = [one for one in met if one.label.phase is None]
    kept: list[Met[_Sign]] = []
    for one in sorted(met, key=_rank):
        if one.label.phase is None or any(_covers(other, one) for other in not_meant):
            continue
        first = bisect_left(
            [span.start for _, span in words], _reach(text, sentence, words[one.first][1])
        )
        cue = Span(words[one.first][1].start, words[one.last][1].end)
        hyphened = text[cue.start - 1 : cue.start] == "-"
        if hyphened or _SPLIT.search(text, cue.start, cue.end) or not _is_real(forms, one, first):
            continue
        if not any(one.first <= other.last and other.first <= one.last for other in kept):
            kept.append(one)
    return [
        _Told(Span(words[one.first][1].start, words[one.last][1].end), one.label, one.label.phase)
        for one in sorted(kept, key=lambda one: (one.label.given, one.first))
        if one.label.phase
    ]


def _rank(met: Met[_Sign]) -> tuple[int, bool, int, str]:
    """Put the longest first, and of two alike the one that shows the state holding."""
    return (met.first - met.last, met.label.phase != "holds", met.first, met.label.kind)


_SPLIT: Final = re.compile(r"[“”\"();:]|,\s(?:and|but|when|while)\b")
_BARRIER: Final = re.compile(
    r"[;:“”\"]|,\s(?:and|but|or)\b|\b(?:who|which)\b|\b(?:before|without|despite)\b[^,;]{3,80},\s",
    re.IGNORECASE,
)


def _reach(text: str, sentence: Span, word: Span) -> int:
    """Return from where on words can bear on one: a clause that is joined on stands apart."""
    ends = [match.end() for match in _BARRIER.finditer(text, sentence.start, word.start)]
    return ends[-1] if ends else sentence.start


def _covers(friend: Met[_Sign], cue: Met[_Sign]) -> bool:
    """Say whether a false friend of a cue's kind shares a word with it."""
    return (
        friend.label.kind == cue.label.kind
        and friend.first <= cue.last
        and cue.first <= friend.last
    )


def _is_real(forms: Sequence[str], met: Met[_Sign], first: int) -> bool:
    """Say whether no word from `first` up to a cue, or within its gaps, takes the state back."""
    unreal = _tables()[2]
    within = [word for word in forms[met.first : met.last + 1] if word not in met.label.fixed]
    if ("to", "be") in pairwise(forms[met.first : met.last + 1]):
        return False
    if met.label.given:
        return unreal.isdisjoint(within) and NOT_YET.isdisjoint(within)
    if any(pair == ("so", "that") for pair in pairwise(forms[first : met.first])):
        return False
    if not CONDITIONS.isdisjoint(forms[first : met.first]):
        return False
    before = forms[max(first, met.first - LOOK_BACK) : met.first]
    if _is_only_named(forms[met.first], forms[max(first, met.first - 2 * LOOK_BACK) : met.first]):
        return False
    before = [word for place, word in enumerate(before) if not _is_borne(before, place)]
    return unreal.isdisjoint(before) and unreal.isdisjoint(within)


def _is_borne(before: Sequence[str], place: int) -> bool:
    """Say whether a participle governs nothing: "have been threatened or taken hostage"."""
    after = before[place + 1] if place + 1 < len(before) else ""
    return (
        before[place].endswith("ed")
        and place > 0
        and before[place - 1] in BE.split("|")
        and after not in {"to", "that"}
    )


def _is_only_named(verb: str, before: Sequence[str]) -> bool:
    """Say whether a verb only names a deed: "to lift", "to finally lift", "for lifting"."""
    last = before[-1] if before else ""
    if "to be" in " ".join(before[-3:]):
        return True
    if last.endswith("ly") and len(before) > 1:
        last = before[-2]
    if not verb.endswith("ing"):
        joined = last in {"and", "or"} and "to" in before and not verb.endswith(("s", "ed"))
        return joined or (last == "to" and (len(before) < 2 or before[-2] not in DECIDING))
    return last in NAMING or (len(before) > 1 and before[-2] == "to")


# Bars ---------------------------------------------------------------------------------------------


class Bar(Noun, frozen=True):
    """One state from its opening to its close, with the passages that tell it."""

    kind: str
    holders: tuple[str, ...]
    since: When | None
    until: When | None
    states: tuple[str, ...]


def bars(states: Sequence[HeldState]) -> list[Bar]:
    """Join passages of one kind and holder into stretches; an opening after a close starts anew.

    A passage without any day adds to the bar it follows. Nothing is joined where nobody is named.
    """
    made: list[Bar] = []
    for state in sorted(states, key=_order):
        bar = Bar(
            kind=state.kind, holders=state.holders, since=state.since, until=state.until,
            states=(state.id,),
        )  # fmt: skip
        place = next(
            (place for place in reversed(range(len(made))) if _goes_on(made[place], state)), None
        )
        if place is None:
            made.append(bar)
            continue
        old = made[place]
        made[place] = Bar(
            kind=old.kind,
            holders=old.holders,
            since=old.since or state.since,
            until=old.until or state.until,
            states=(*old.states, state.id),
        )
    return made


def _order(state: HeldState) -> tuple[str, bool, str, Span]:
    day = (state.since and state.since.first) or (state.until and state.until.last)
    return (state.kind, day is None, str(day or ""), state.span)


def _goes_on(bar: Bar, state: HeldState) -> bool:
    """Say whether a passage tells of the same stretch as a bar."""
    sides = [{side_of(code) for code in one.holders} for one in (bar, state)]
    if bar.kind != state.kind or not sides[1] or sides[0] != sides[1]:
        return False
    if bar.until and state.until and bar.until.edtf() != state.until.edtf():
        return False
    if state.phase == "opens" or state.since:
        return not (bar.since and state.since) or bar.since.edtf() == state.since.edtf()
    return True
