"""Finds grammar that English does not have, from the tags and trees of a report's sentences.

What translation leaves behind: an object before its verb, an auxiliary far from it, a subject
after it, an adverb between verb and object, a singular noun without its article, a verb that
does not agree. Direct quotations count too. The words lie in `data/traits.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from chancery.lexicon import Lexicon
from chancery.model import Span
from chancery.read.cues import voice_words
from chancery.read.parse import ROOT, Tree

SHORTEST: Final = 5
LONGEST: Final = 60
"""Words: shorter sentences are headings, longer ones lists, and trees of both are unsure."""

LONGEST_SHIFTED: Final = 4
"""Words: a longer object may stand after an adverb for its weight."""

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_OBJECTS: Final = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "nmod"})
_OWNERS: Final = frozenset({"det", "nmod:poss", "nummod", "det:predet", "compound"})
_ONE: Final = frozenset({"is", "has", "was", "does"})
_MANY: Final = frozenset({"have", "are", "do"})
_WH: Final = frozenset({"WDT", "WP", "WP$", "WRB"})


class Strain(NamedTuple):
    """Words whose grammar is strained, why, and how much that weighs."""

    words: Span
    reason: str
    weight: float


def find_strains(text: str, trees: Sequence[Tree], lexicon: Lexicon) -> list[Strain]:
    """Return what is strained in a text, in order; `trees` are those of its sentences."""
    strains = [
        strain
        for tree in trees
        if SHORTEST <= len(tree.words) <= LONGEST and text[tree.sentence.span.end - 1] not in "?:"
        for strain in _in_tree(text, tree)
    ]
    return sorted([*strains, *_states_with_article(text, lexicon)])


def _in_tree(text: str, tree: Tree) -> Iterator[Strain]:
    lower = [word.of(text).lower() for word in tree.words]
    for verb in range(len(lower)):
        if tree.upos[verb] == "VERB":
            yield from _order(tree, lower, verb)
            yield from _agreement(tree, lower, verb)
    yield from _articles(tree, lower)


def _span(tree: Tree, one: int, other: int) -> Span:
    first, last = sorted((one, other))
    return Span(tree.words[first].start, tree.words[last].end)


def _kids(tree: Tree, word: int, *labels: str) -> list[int]:
    return [kid for kid in tree.children[word] if tree.deprels[kid] in labels]


# Order -------------------------------------------------------------------------------------------


def _order(tree: Tree, lower: Sequence[str], verb: int) -> Iterator[Strain]:
    subjects = _kids(tree, verb, *sorted(_SUBJECTS))
    auxiliaries = _kids(tree, verb, "aux", "aux:pass")
    yield from _objects(tree, lower, verb, subjects)
    yield from _apart(tree, lower, verb, subjects, auxiliaries)
    yield from _odd_forms(tree, lower, verb, auxiliaries)
    if tree.heads[verb] == ROOT and tree.xpos[verb] in _FINITE | {"VBN"}:
        yield from _turned(tree, lower, verb, subjects, auxiliaries)


def _objects(
    tree: Tree, lower: Sequence[str], verb: int, subjects: Sequence[int]
) -> Iterator[Strain]:
    """Yield an object between subject and verb, and one that an adverb parts from its verb."""
    asked = any(tree.xpos[word] in _WH for word in tree.below(verb) if word < verb)
    for thing in _kids(tree, verb, "obj"):
        phrase = tree.below(thing)
        between = range(verb + 1, min(phrase))
        if thing < verb and subjects and min(subjects) < thing and not asked:
            yield Strain(_span(tree, thing, verb), "the object before its verb", 0.9)
        light = tree.upos[thing] == "NOUN" and len(phrase) <= LONGEST_SHIFTED
        if between and light and _is_adverbial(tree, lower, verb, between):
            reason = "an adverb between the verb and its object"
            yield Strain(_span(tree, verb, thing), reason, 0.7)


def _apart(
    tree: Tree,
    lower: Sequence[str],
    verb: int,
    subjects: Sequence[int],
    auxiliaries: Sequence[int],
) -> Iterator[Strain]:
    """Yield an object, or who does it, between an auxiliary and its verb."""
    for auxiliary in auxiliaries:
        between = range(auxiliary + 1, verb)
        nouns = [w for w in between if tree.heads[w] == verb and tree.upos[w] in ("NOUN", "PROPN")]
        parting = [w for w in nouns if tree.deprels[w] == "obj" or _is_doer(tree, lower, w)]
        turned = bool(subjects) and min(subjects) > auxiliary
        if parting and not turned and "," not in lower[auxiliary:verb]:
            yield Strain(_span(tree, auxiliary, verb), "a phrase between auxiliary and verb", 0.9)


def _odd_forms(
    tree: Tree, lower: Sequence[str], verb: int, auxiliaries: Sequence[int]
) -> Iterator[Strain]:
    """Yield "came not" and a passive with an object where its subject should be."""
    after = verb + 1
    if after < len(lower) and lower[after] == "not" and tree.heads[after] == verb:
        bare = not auxiliaries and tree.xpos[verb] in _FINITE
        if (bare or tree.xpos[verb] == "VBG") and "but" not in lower[after:]:
            yield Strain(_span(tree, verb, after), "“not” after the verb", 0.9)
    passive = _kids(tree, verb, "aux:pass")
    things = [w for w in _kids(tree, verb, "obj") if w > verb and _kids(tree, w, "det", "nummod")]
    subject = _kids(tree, verb, "nsubj", "nsubj:pass", "expl", "csubj")
    if passive and things and not subject and tree.heads[verb] == ROOT:
        yield Strain(_span(tree, passive[0], things[0]), "the subject after its verb", 0.9)


def _is_doer(tree: Tree, lower: Sequence[str], word: int) -> bool:
    """Say whether a noun is "by the opposition"."""
    owned = _kids(tree, word, "det", "nmod:poss")
    return bool(owned) and any(lower[kid] in {"by", "from"} for kid in _kids(tree, word, "case"))


def _is_adverbial(tree: Tree, lower: Sequence[str], verb: int, between: range) -> bool:
    """Say whether all between a verb and its object hangs on the verb as an adverb or phrase."""
    if any(lower[word] in {",", "(", '"', "“", "-"} for word in between):
        return False
    tops = [word for word in between if tree.heads[word] == verb]
    if any(lower[word] in _tables().particles for word in tops):
        return False
    labels = {tree.deprels[word] for word in tops}
    return bool(tops) and labels <= {"advmod", "obl", "obl:tmod"} and not labels & {"iobj"}


def _turned(
    tree: Tree, lower: Sequence[str], verb: int, subjects: Sequence[int], auxiliaries: Sequence[int]
) -> Iterator[Strain]:
    """Yield a subject after its verb where nothing in English turns them round."""
    first = min([verb, *auxiliaries])
    turned = [subject for subject in subjects if subject > first]
    negative = not _tables().turning.isdisjoint(lower[: first + 1])
    quoted = any(mark in lower[:first] for mark in ("“", "”", '"', "''", "``"))
    if not turned or negative or quoted or first == 0 or _kids(tree, verb, "expl"):
        return
    if lower[verb] in voice_words().forms or lower[verb] in _tables().presenting:
        return
    yield Strain(_span(tree, first, turned[0]), "the subject after its verb", 0.6)


# Agreement and articles --------------------------------------------------------------------------


def _agreement(tree: Tree, lower: Sequence[str], verb: int) -> Iterator[Strain]:
    finite = [w for w in [*_kids(tree, verb, "aux", "aux:pass"), verb] if tree.xpos[w] in _FINITE]
    for subject in _kids(tree, verb, *sorted(_SUBJECTS)):
        if not finite or _kids(tree, subject, "conj", "nummod", "acl:relcl") or subject > finite[0]:
            continue
        form, tag = lower[finite[0]], tree.xpos[finite[0]]
        if subject + 1 != finite[0] or lower[subject] in _tables().collective:
            continue
        many = tree.xpos[subject] == "NNS" and form in _ONE
        one = tree.xpos[subject] == "NN" and form in _MANY and tag == "VBP"
        if many or one:
            yield Strain(_span(tree, subject, finite[0]), "the verb does not agree", 0.7)


def _articles(tree: Tree, lower: Sequence[str]) -> Iterator[Strain]:
    """Yield singular nouns of things and people that can be counted, without an article."""
    for word, form in enumerate(lower):
        if form not in _tables().counted or tree.xpos[word] not in ("NN", "NNP"):
            continue
        if tree.deprels[word] not in _OBJECTS or _kids(tree, word, "flat", "appos", "conj"):
            continue
        if any(tree.deprels[kid] in _OWNERS for kid in tree.children[word]):
            continue
        first = min(tree.below(word))
        before = lower[word - 1] if word else ""
        after = word + 1
        named = after < len(lower) and tree.upos[after] in ("PROPN", "NOUN", "NUM")
        idiom = (before, form) in _tables().idioms or before in {
            "as",
            "-",
            "'s",
            "of course",
            "and",
            "or",
        }
        body = form in _tables().bodies and _kids(tree, word, "case") and not _is_titled(tree, word)
        upper = tree.xpos[word] == "NNP" and first > 0 and not body
        if not (named or idiom or upper):
            yield Strain(tree.words[word], "an article is missing", 0.5)


def _is_titled(tree: Tree, word: int) -> bool:
    """Say whether names stand before a body's noun, as part of what it is called."""
    return any(tree.upos[kid] == "PROPN" and kid < word for kid in tree.children[word])


def _states_with_article(text: str, lexicon: Lexicon) -> Iterator[Strain]:
    """Yield "the" before the name of a state that takes none."""
    for match in lexicon.find_names(text):
        start, end = match.span.start, match.span.end
        words = match.span.of(text)
        led = text[max(0, start - 4) : start].lower() == "the "
        if match.kind != "state" or not led or words.isupper() or words.endswith("s"):
            continue
        if _tables().articled.intersection(words.lower().split()):
            continue
        after = text[end : end + 5].replace("’", "'")
        if after.startswith(("'s", ",", ". ", ".\n")) or after.strip().split(" ")[:1] == ["than"]:
            yield Strain(Span(start - 4, end), "an article before a state's name", 0.8)


# The table ---------------------------------------------------------------------------------------


class _Tables(NamedTuple):
    counted: frozenset[str]
    bodies: frozenset[str]
    collective: frozenset[str]
    turning: frozenset[str]
    presenting: frozenset[str]
    particles: frozenset[str]
    articled: frozenset[str]
    idioms: frozenset[tuple[str, ...]]


@cache
def _tables() -> _Tables:
    source = resources.files("chancery.read") / "data" / "traits.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["grammar"]
    return _Tables(
        counted=frozenset(table["counted"].split()),
        bodies=frozenset(table["bodies"].split()),
        collective=frozenset(table["collective"].split()),
        turning=frozenset(table["turning"].split()),
        presenting=frozenset(table["presenting"].split()),
        particles=frozenset(table["particles"].split()),
        articled=frozenset(table["articled"].split()),
        idioms=frozenset(tuple(idiom.split()) for idiom in table["idioms"]),
    )
