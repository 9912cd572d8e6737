"""Reads sources, cues and contents, and what belongs together, off the model's scores.

The model (`small.statements.onnx`) has learnt from annotated news which words name a source, which
are the cue, and which tell what is said; of each content word where its cue begins, and of each
cue where its source begins. The best sequence of roles is found (Viterbi 1967) with scores of one
role after another that were learnt with it (Lafferty et al. 2001); each content goes to the
likeliest cue, each cue to the likeliest source. Thresholds lie in `data/roles.toml`.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from chancery.model import Span
from chancery.read.attributions import Attribution
from chancery.read.cues import voice_words
from chancery.read.encoder import Encoder, RoleScores
from chancery.read.encodings import Encodings
from chancery.read.page import Page
from chancery.read.role_layout import CONTENT, CUE, SOURCE, Layout, distances, lay_out_words
from chancery.read.speeches import label_before

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.read.encoder import Scores


SAME: Final = 0.5
"""The share of an attribution's contents that makes another one tell the same."""


class Settings(NamedTuple):
    """The thresholds of `data/roles.toml`."""

    begin: float
    no_cue: float
    no_source: float
    rule: float


class Stretch(NamedTuple):
    """Words of one role: the first and the end, within a window."""

    role: int
    first: int
    end: int


class Relation(NamedTuple):
    """A cue with its source and contents; numbers of words, each a first and an end."""

    source: Stretch | None
    cue: Stretch | None
    contents: tuple[Stretch, ...]


@cache
def settings() -> Settings:
    """Load the thresholds, once per process."""
    source = resources.files("chancery.read") / "data" / "roles.toml"
    return Settings(**tomllib.loads(source.read_text(encoding="utf-8"))["thresholds"])


class Scored(NamedTuple):
    """What the model says of one window: its first word and end, and the scores."""

    first: int
    end: int
    scores: RoleScores


def both(page: Page, encodings: Encodings, ruled: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions that the model finds, helped by the rules, in order of contents."""
    states = states_of(encodings)
    if not states.size:
        return list(ruled)
    trees = [encodings.tree(number) for number in range(len(page.sentences))]
    layout = lay_out_words(page, ruled, trees)
    windows = list(scored_windows(encodings.encoder, layout, states))
    learnt = learnt_attributions(page, layout, windows)
    likely = [item for item in ruled if is_likely(item, layout, windows)]
    return list(_in_turn(page, together(learnt, ruled, likely)))


def scored_windows(encoder: Encoder, layout: Layout, states: Scores) -> Iterator[Scored]:
    """Yield what the model says of a report's words, given their states, window by window."""
    for first, end in layout.windows():
        scores = encoder.roles(
            states[first:end],
            layout.columns(first, end),
            layout.ties(first, end),
            distances(end - first),
        )
        yield Scored(first, end, scores)


def learnt_attributions(page: Page, layout: Layout, windows: Iterable[Scored]) -> list[Attribution]:
    """Return what the model alone finds."""
    found: list[Attribution] = []
    for first, end, scores in windows:
        words = layout.words[first:end]
        found += [_attribution(page, words, item) for item in relations(scores)]
    return found


def is_likely(item: Attribution, layout: Layout, windows: Iterable[Scored]) -> bool:
    """Say whether the model holds it possible that an attribution's cue is one."""
    if item.cue is None:
        return False
    word = bisect_left(layout.words, item.cue.start, key=lambda span: span.start)
    for first, end, scores in windows:
        if first <= word < end:
            chances = _log_chances(scores.roles[word - first : word - first + 1])[0]
            return float(max(chances[CUE], chances[CUE + 1])) >= settings().rule
    return False


def together(
    learnt: Sequence[Attribution], ruled: Sequence[Attribution], likely: Sequence[Attribution]
) -> list[Attribution]:
    """Put the model's attributions and the rules' together, in order of their contents.

    What is said is the model's word. Where it names no speaker the rules may know one from afar:
    who signed a speech, or who was talking in the paragraph. Of the rules' attributions those that
    the model holds likely stay where it found nothing.
    """
    found = [_with_speaker(item, ruled) for item in learnt]
    found += [item for item in likely if not any(_touch(item, other) for other in learnt)]
    return sorted(found, key=lambda item: item.pieces[0])


def _in_turn(page: Page, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give what nobody is said to say to whose turn it is.

    That is who stands before it in a transcript ("Ode Berg: …"), else who was talking before, in
    its paragraph or the one above.
    """
    last: Attribution | None = None
    for item in found:
        place = item.pieces[0].start
        if not item.speaker and not item.cue:
            label = label_before(page.text, page.paragraphs, place)
            near = last and page.paragraph_of(place) - page.paragraph_of(last.pieces[0].start) <= 1
            if label:
                item = item._replace(speaker=label, spoken=True)
            elif last and near:
                item = item._replace(speaker=last.speaker, spoken=last.spoken)
        last = item if item.speaker else last
        yield item


def _touch(one: Attribution, other: Attribution) -> bool:
    """Say whether two attributions share a cue or words of what is said."""
    if one.cue and other.cue and one.cue.overlaps(other.cue):
        return True
    return any(a.overlaps(b) for a in one.pieces for b in other.pieces)


def _with_speaker(item: Attribution, ruled: Sequence[Attribution]) -> Attribution:
    """Give an attribution without a speaker the one that the rules found for the same words."""
    if item.speaker:
        return item
    shares = [(_shared(item, other), other) for other in ruled if other.speaker]
    share, other = max(shares, key=lambda pair: pair[0], default=(0.0, item))
    if share < SAME:
        return item
    cue = item.cue or other.cue
    base = item.base if item.cue else other.base
    return Attribution(other.speaker, cue, base, item.pieces, other.spoken)


def _shared(one: Attribution, other: Attribution) -> float:
    """Return the share of an attribution's contents that is another's too."""
    size = sum(piece.end - piece.start for piece in one.pieces)
    both = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.pieces for b in other.pieces
    )
    return both / size


def states_of(encodings: Encodings) -> Scores:
    """Return the states of all words of a report; those of a sentence left unread are 0."""
    import numpy as np

    rows = [encodings.words(number) for number in range(len(encodings.sentences))]
    width = next((row.shape[1] for row in rows if row is not None), 0)
    counts = [len(sentence.words) for sentence in encodings.sentences]
    blank = [np.zeros((count, width), np.float32) for count in counts]
    read = [none if row is None else row for row, none in zip(rows, blank, strict=True)]
    return np.concatenate([np.zeros((0, width), np.float32), *read])


# From scores to relations -------------------------------------------------------------------------


def relations(scores: RoleScores) -> list[Relation]:
    """Return the relations that the scores of one window are likeliest to mean."""
    limits = settings()
    stretches = list(_stretches(_best_roles(scores, limits.begin)))
    sources = [stretch for stretch in stretches if stretch.role == SOURCE]
    cues = [stretch for stretch in stretches if stretch.role == CUE]
    to_cue, to_source = _log_chances(scores.cues), _log_chances(scores.sources)

    def source_of(word: int) -> Stretch | None:
        ways = [float(to_source[word, source.first]) for source in sources]
        best = _likeliest([*ways, float(to_source[word, word]) + limits.no_source])
        return sources[best] if best < len(sources) else None

    contents: dict[int, list[Stretch]] = {}
    found: list[Relation] = []
    for stretch in stretches:
        if stretch.role != CONTENT:
            continue
        rows = to_cue[stretch.first : stretch.end]
        ways = [float(rows[:, cue.first].mean()) for cue in cues]
        best = _likeliest([*ways, float(rows[:, stretch.first].mean()) + limits.no_cue])
        if best < len(cues):
            contents.setdefault(best, []).append(stretch)
        else:
            found.append(Relation(source_of(stretch.first), None, (stretch,)))
    for number, cue in enumerate(cues):
        said = tuple(contents.get(number, ()))
        if said:
            found.append(Relation(source_of(cue.first), cue, said))
    return found


def _likeliest(ways: Sequence[float]) -> int:
    return max(range(len(ways)), key=ways.__getitem__)


def _best_roles(scores: RoleScores, begin: float) -> list[int]:
    """Return the best sequence of roles; `begin` is added to the score of beginning one."""
    import numpy as np

    steps = scores.roles.copy()
    steps[:, [SOURCE, CUE, CONTENT]] += begin
    total = scores.begins + steps[0]
    moves, every = np.ascontiguousarray(scores.moves.T), np.arange(len(total))
    back: list[NDArray[np.intp]] = []
    for row in steps[1:]:
        ways = moves + total
        back.append(ways.argmax(1))
        total = ways[every, back[-1]] + row
    best = [int(total.argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return best[::-1]


def _stretches(roles: Sequence[int]) -> Iterator[Stretch]:
    """Yield the stretches that well-formed roles spell out."""
    first = 0
    for place, role in enumerate([*roles, 0]):
        if place and roles[place - 1] and role != _inside(roles[place - 1]):
            yield Stretch(roles[first], first, place)
        if role % 2:
            first = place


def _inside(role: int) -> int:
    return role + role % 2


def _log_chances(scores: Scores) -> Scores:
    import numpy as np

    shifted = scores - scores.max(axis=1, keepdims=True)
    chances: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return chances


# From relations to passages -----------------------------------------------------------------------


def _attribution(page: Page, words: Sequence[Span], item: Relation) -> Attribution:
    cue = _span(words, item.cue) if item.cue else None
    return Attribution(
        _span(words, item.source) if item.source else None,
        cue,
        _base(page, words, item.cue) if item.cue else "say",
        tuple(_with_marks(page, _span(words, piece)) for piece in item.contents),
    )


def _span(words: Sequence[Span], stretch: Stretch) -> Span:
    return Span(words[stretch.first].start, words[stretch.end - 1].end)


def _base(page: Page, words: Sequence[Span], cue: Stretch) -> str:
    """Return the base of the first verb in a cue that the tables know, else "say"."""
    tables = voice_words()
    forms = [word.of(page.text).lower() for word in words[cue.first : cue.end]]
    bases = [tables.forms[form] for form in forms if form in tables.forms]
    marked = [base for base in bases if base in tables.stances]
    return (marked or bases or ["say"])[0]


def _with_marks(page: Page, piece: Span) -> Span:
    """Take in the mark of a quotation that begins or ends within a passage, but not both."""
    inside = page.quotes_touching(piece)
    start, end = piece.start, piece.end
    if inside and inside[0].inner.start == start and inside[0].outer.end < end:
        start = inside[0].outer.start
    if inside and inside[-1].outer.start > piece.start and inside[-1].inner.end >= end:
        rest = page.text[end : inside[-1].inner.end]
        end = inside[-1].outer.end if not rest.strip(" ,.;") else end
    return Span(start, end)
