"""What is seen of a mention of a happening, and of the text around it, before any are compared.

A text gives the bag of its stems and its mean embedding; a mention its word and what that word has
beside it: subject, objects, the names, numbers and other words of its sentence, and embeddings of
the word alone, of the word with its arguments, and of the sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from chancery.errors import UsageError
from chancery.model import Span
from chancery.read.corefer_tables import tables
from chancery.read.deed_arguments import Roles, antecedent, roles_of
from chancery.read.kin_words import kin_of
from chancery.read.parse import ROOT, Tree, parse_trunk
from chancery.read.sentences import Sentence, split_sentences
from chancery.read.stems import root, stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.read.encoder import Encoder, Trunk

    Vector = NDArray[np.float32]

CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
NAMING: Final = frozenset({"NOUN", "PROPN", "NUM"})
IN_NAMES: Final = frozenset({"flat", "compound", "appos", "nummod", "nmod:poss"})
OWN: Final = CONTENT | {"ADV", "ADP", "AUX", "PRON"}
ARGUMENTS: Final = ("subject", "object", "oblique", "modifier", "clause")
PHRASE: Final = ("subject", "object", "particle", "oblique", "modifier")
OPENING: Final = 8
"""Sentences whose embeddings make that of a text: what it is about stands at its start."""

WINDOW: Final = 60
"""Of a sentence too long to be read whole, so many words on either side of the deed are read."""

NEAR: Final = 6
"""Words on either side of the deed that count as near."""


class DeedMention(NamedTuple):
    """Words that speak of a happening: the text's id and where they stand in it."""

    doc: str
    span: Span


class SeenText(NamedTuple):
    """A text's stems, counted, and its embedding: 384 of float32, length 1, or all 0."""

    stems: Counter[str]
    meaning: Vector


class SeenMention(msgspec.Struct, frozen=True, kw_only=True):
    """What is seen of a mention; words are stems, but for `head` and `numbers` in small letters.

    `text` is the number of its text and `sentence` that of its sentence; `roles` as in
    `deed_arguments.roles_of`, and `pronouns` those among its subjects. `named`, `numbers` and
    `around` are the names, numbers and content words of its sentence, `near` those close to it.
    `kin` as `kin_of` returns it. `open`: under "to" or a modal verb. `state` is what the trunk has
    of the head; embeddings have length 1.
    """

    text: int
    sentence: int
    head: str
    upos: str
    stem: str
    root: str
    stems: frozenset[str]
    roots: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    pronouns: frozenset[str]
    named: frozenset[str]
    numbers: frozenset[str]
    around: frozenset[str]
    near: frozenset[str]
    kin: Mapping[int, float]
    negated: bool
    open: bool
    state: Vector
    meaning: Vector
    own_meaning: Vector
    phrase_meaning: Vector

    @property
    def arguments(self) -> frozenset[str]:
        """All stems beside the deed, whatever their role."""
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in ARGUMENTS))


class _Line(NamedTuple):
    """A sentence that was read: its number, its words in the text's letters, trunk and tree."""

    number: int
    forms: tuple[str, ...]
    trunk: Trunk
    tree: Tree

    @property
    def small(self) -> tuple[str, ...]:
        return tuple(form.lower() for form in self.forms)


class TextReader:
    """Reads texts, and what their mentions show; remembers the embeddings of words alone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._meanings: dict[tuple[str, ...], Vector] = {}

    def look(
        self, number: int, text: str, spans: Iterable[Span]
    ) -> tuple[SeenText, list[SeenMention]]:
        """Return what is seen of a text and of its mentions, in the order of their spans.

        Raises UsageError where a span holds no word of the text.
        """
        sentences = split_sentences(text)
        lines = [self._line(text, n, sentence) for n, sentence in enumerate(sentences)]
        mentions = [self._mention(number, text, span, sentences, lines) for span in spans]
        return _seen_text([line for line in lines if line]), mentions

    def _line(self, text: str, number: int, sentence: Sentence) -> _Line | None:
        """Read a sentence; none where it is too long to be read whole."""
        forms = tuple(word.of(text) for word in sentence.words)
        if not forms or not self._encoder.fits(forms):
            return None
        trunk = self._encoder.trunk(forms)
        return _Line(number, forms, trunk, parse_trunk(sentence, trunk, self._encoder))

    def _mention(
        self,
        number: int,
        text: str,
        span: Span,
        sentences: Sequence[Sentence],
        lines: Sequence[_Line | None],
    ) -> SeenMention:
        for place, sentence in enumerate(sentences):
            if any(word.overlaps(span) for word in sentence.words):
                line = lines[place] or self._line(text, place, _around(sentence, span))
                if line:
                    return self._see(number, line, span)
        raise UsageError(f"the span {span.start}-{span.end} holds no word of its text")

    def _see(self, number: int, line: _Line, span: Span) -> SeenMention:
        tree, small = line.tree, line.small
        inside = [n for n, word in enumerate(tree.words) if word.overlaps(span)]
        head = next(word for word in inside if tree.heads[word] not in inside)
        own = [small[word] for word in inside]
        roles = roles_of(tree, small, head)
        phrase = sorted({*inside, *(word for role in PHRASE for word in roles.get(role, ()))})
        held = [small[word] for word in inside if tree.upos[word] in OWN]
        telling = [
            small[word] for word in inside if tree.upos[word] in ("NOUN", "PROPN", "VERB", "ADJ")
        ]
        around = _Around(line)
        children = tree.children[head]
        return SeenMention(
            text=number,
            sentence=line.number,
            head=small[head],
            upos=tree.upos[head],
            stem=stem(small[head]),
            root=root(small[head]),
            stems=frozenset(map(stem, held)),
            roots=frozenset(map(root, telling)) or frozenset([root(small[head])]),
            roles={role: _stems_of(line, words) for role, words in roles.items()},
            pronouns=_pronouns(line, roles),
            named=around.named,
            numbers=around.numbers,
            around=around.stems,
            near=around.near(head, inside),
            kin=kin_of(own, small[head], tree.upos[head]),
            negated=any(small[child] in tables().words["negations"] for child in children),
            open=any(tree.xpos[child] == "MD" or small[child] == "to" for child in children),
            state=line.trunk.states[-1][line.trunk.firsts[head + 1]],
            meaning=tree.meaning,
            own_meaning=self._meaning(own),
            phrase_meaning=self._meaning([line.forms[word] for word in phrase]),
        )

    def _meaning(self, words: Sequence[str]) -> Vector:
        """Embed some words as if they were a sentence."""
        key = tuple(words)
        if key not in self._meanings:
            self._meanings[key] = self._encoder.encode(key).meaning
        return self._meanings[key]


class _Around:
    """What a sentence holds beside a deed."""

    def __init__(self, line: _Line) -> None:
        self._told = {
            place: stem(form)
            for place, (form, upos) in enumerate(zip(line.forms, line.tree.upos, strict=True))
            if upos in CONTENT and any(map(str.isalnum, form))
        }
        self._line = line

    @cached_property
    def stems(self) -> frozenset[str]:
        unlike = tables().words["unlike"]
        small = self._line.small
        return frozenset(word for place, word in self._told.items() if small[place] not in unlike)

    @property
    def named(self) -> frozenset[str]:
        tags = zip(self._line.forms, self._line.tree.upos, strict=True)
        return frozenset(stem(f) for f, upos in tags if upos == "PROPN" and f[0].isalpha())

    @property
    def numbers(self) -> frozenset[str]:
        tags = zip(self._line.small, self._line.tree.upos, strict=True)
        return frozenset(form for form, upos in tags if upos == "NUM" or form[0].isdigit())

    def near(self, head: int, inside: Sequence[int]) -> frozenset[str]:
        reach = range(head - NEAR, head + NEAR + 1)
        return frozenset(w for p, w in self._told.items() if p in reach and p not in inside)


def _around(sentence: Sentence, span: Span) -> Sentence:
    place = next(n for n, word in enumerate(sentence.words) if word.overlaps(span))
    words = sentence.words[max(0, place - WINDOW) : place + WINDOW]
    return Sentence(span=Span(words[0].start, words[-1].end), words=words)


def _seen_text(lines: Sequence[_Line]) -> SeenText:
    import numpy as np

    unlike, addresses = tables().words["unlike"], tables().words["addresses"]
    stems: Counter[str] = Counter()
    told = [line for line in lines if addresses.isdisjoint(line.small)]
    for line in told:
        for form, upos in zip(line.forms, line.tree.upos, strict=True):
            wordlike = len(form) > 1 and any(map(str.isalnum, form))
            if upos in CONTENT and wordlike and form.lower() not in unlike:
                stems[stem(form)] += 1
    total = np.zeros_like(lines[0].tree.meaning) if lines else np.zeros(1, np.float32)
    for line in told[:OPENING]:
        total = total + line.tree.meaning
    return SeenText(stems, total / max(float(np.linalg.norm(total)), 1e-6))


def _stems_of(line: _Line, words: Iterable[int]) -> frozenset[str]:
    """Return the stems of some arguments and of the names they are heads of, without pronouns."""
    return frozenset(found for word in words for found in _stems_of_one(line, word))


def _stems_of_one(line: _Line, word: int) -> Iterator[str]:
    tree, small, lists = line.tree, line.small, tables().words
    if small[word] in lists["relatives"] and tree.heads[word] != ROOT:
        word = antecedent(tree, word)
    if small[word] in lists["pronouns"]:
        return
    yield stem(small[word])
    for child in tree.children[word]:
        if tree.deprels[child] in IN_NAMES and tree.upos[child] in NAMING:
            yield stem(small[child])


def _pronouns(line: _Line, roles: Roles) -> frozenset[str]:
    subjects = (line.small[word] for word in roles.get("subject", ()))
    return frozenset(word for word in subjects if word in tables().words["pronouns"])
