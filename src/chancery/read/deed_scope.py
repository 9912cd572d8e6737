"""What stands over a word for a deed: the verb group it is in, and what governs that, as signs.

A sign is a short name such as `not`, `modal:may`, `1:plan:xcomp`. They are read off the dependency
tree: first the verb group of the word itself, then each governor in turn up to `HIGHEST` of them,
with the class that `data/governing.toml` gives it. A joined verb or noun stands where the first of
its row stands (Stowell's and Karttunen's classes of governors: factive, implicative, attitude …;
Saurí & Pustejovsky 2012 read factuality off the same signs).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

from chancery.lexicon.verbs import noun_forms, verb_forms
from chancery.read.parse import ROOT, Tree

HIGHEST: Final = 4
"""How many governors above a deed are looked at."""

BELOW: Final = frozenset({"aux", "aux:pass", "cop"})


class ScopeWords(NamedTuple):
    """The tables of `data/scope_words.toml`; of a mapping, the words are the keys."""

    negations: frozenset[str]
    open_ways: frozenset[str]
    marks: frozenset[str]
    beside: frozenset[str]
    modals: Mapping[str, str]
    subjects: Mapping[str, str]
    determiners: Mapping[str, str]


@cache
def scope_words() -> ScopeWords:
    """Load the words, once per process."""
    source = resources.files("chancery.read") / "data" / "scope_words.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    named = {
        field: {word: name for name, words in table[field].items() for word in words.split()}
        for field in ("modals", "subjects", "determiners")
    }
    return ScopeWords(
        negations=frozenset(table["negations"].split()),
        open_ways=frozenset(table["open_ways"].split()),
        marks=frozenset(table["marks"].split()),
        beside=frozenset(table["beside"].split()),
        modals=named["modals"],
        subjects=named["subjects"],
        determiners=named["determiners"],
    )


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class of governors, with examples in which stars mark the deed."""

    verbs: str
    nouns: str
    other: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


@cache
def governing_table() -> Mapping[str, Class]:
    """Load the classes, once per process."""
    source = resources.files("chancery.read") / "data" / "governing.toml"
    return msgspec.toml.decode(source.read_bytes(), type=dict[str, Class])


class _Words(NamedTuple):
    verbs: Mapping[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    verbs: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for name, row in governing_table().items():
        for verb in row.verbs.split():
            for form in verb_forms(verb):
                verbs.setdefault(form, []).append(name)
        for noun in row.nouns.split():
            for form in noun_forms(noun):
                others.setdefault(form, []).append(name)
        for word in row.other.split():
            others.setdefault(word, []).append(name)
    return _Words(
        {form: tuple(dict.fromkeys(names)) for form, names in verbs.items()},
        {form: tuple(dict.fromkeys(names)) for form, names in others.items()},
    )


class Scope:
    """One sentence's tree, asked for the signs of its words."""

    def __init__(self, tree: Tree, words: tuple[str, ...]) -> None:
        self.tree = tree
        self.words = tuple(word.lower() for word in words)

    def signs(self, word: int) -> list[str]:
        """Return the signs of a word for a deed, each once, in a fixed order."""
        return list(dict.fromkeys(self._signs(word)))

    def classes(self, word: int) -> tuple[str, ...]:
        """Return the classes of governors that a word belongs to."""
        table = _words()
        verbal = self.tree.upos[word] in ("VERB", "AUX")
        form = self.words[word]
        found = table.verbs.get(form, ()) if verbal else table.others.get(form, ())
        return found or (table.others.get(form, ()) if verbal else ())

    def _signs(self, word: int) -> Iterator[str]:
        tree = self.tree
        yield f"class:{tree.upos[word]}"
        yield f"tag:{tree.xpos[word]}"
        yield f"rel:{tree.deprels[word]}"
        held = self._held(word)
        if held != word:
            yield f"held:{tree.upos[held]}"
        for name in self.classes(word):
            yield f"own:{name}"
        yield from self._group(held)
        yield from self._around(held)
        yield from self._above(held)
        yield from self._nearest(held)
        yield from self._whole(held)

    def _held(self, word: int) -> int:
        """Return the word that carries the clause: for an auxiliary or a copula its head."""
        head = self.tree.heads[word]
        if self.tree.deprels[word] not in BELOW or head == ROOT:
            return word
        # "The deal was that they would leave": the copula tells a clause of its own.
        return head if word in self.helpers(head) else word

    def _above(self, place: int) -> Iterator[str]:
        """Yield the signs of the governors, nearest first, and of all of them together."""
        way = self.way(place)
        yield f"{way}:{self.tree.deprels[place]}"
        for level, (held, governor) in enumerate(self.governors(place), 1):
            relation = self.tree.deprels[held]
            group = [sign for sign in self._group(governor) if not sign.startswith("mark:")]
            names = self.classes(governor) or (f"other-{self.tree.upos[governor]}",)
            denied = "not" in group
            yield f"{level}:{relation}"
            for sign in group:
                yield f"{level}:{sign}"
            for name in names:
                yield f"{level}:{name}"
                yield f"over:{name}"
                if level == 1:
                    yield f"1:{name}:{relation.partition(':')[0]}"
                    yield f"{way}:{name}"
                    if denied:
                        yield f"1:not:{name}"
            for mark in self._marks(held) if level > 1 else ():
                yield f"over:mark:{mark}"
            if denied:
                yield "over:not"
            for sign in group:
                if sign.startswith("way:") and sign[4:] in scope_words().open_ways:
                    yield f"over:{sign}"

    def governors(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield each governor above a place, with the word below it that it governs."""
        tree = self.tree
        for _ in range(HIGHEST):
            while tree.deprels[place] == "conj" and tree.heads[place] != ROOT:
                place = tree.heads[place]
            governor = tree.heads[place]
            if governor == ROOT:
                return
            yield place, governor
            place = governor

    def _group(self, place: int) -> Iterator[str]:
        """Yield what the verb group at a place says: tense, modal, voice, denial, marks."""
        helpers, shared = self.helpers(place), self._shared(place)
        row = sorted({*helpers, place})
        forms = [self.words[one] for one in helpers]
        way = self._way(place, row)
        yield f"way:{way}"
        if any(form in ("have", "has", "had", "'ve", "having") for form in forms):
            yield "perfect"
        if any(self.tree.deprels[one] == "aux:pass" for one in helpers):
            yield "passive"
        elif self.tree.xpos[place] == "VBG" and helpers:
            yield "lasting"
        if any(self.tree.deprels[one] == "cop" for one in helpers):
            yield "being"
        if self._denied(place, helpers):
            yield "not"
        for mark in self._marks(shared if shared is not None else place):
            yield f"mark:{mark}"

    def helpers(self, place: int) -> list[int]:
        """Return the auxiliaries and copula of a word; a joined one shares those of its row."""
        tree = self.tree
        own = [c for c in tree.children[place] if tree.deprels[c].startswith("aux")]
        if not own or tree.upos[place] != "VERB":
            own = sorted({*own, *(c for c in tree.children[place] if tree.deprels[c] == "cop")})
        shared = self._shared(place)
        if own or shared is None:
            return own
        return [c for c in tree.children[shared] if tree.deprels[c].startswith("aux")]

    def _shared(self, place: int) -> int | None:
        """Return the first of the row of a joined verb that is not finite by itself."""
        tree = self.tree
        if tree.deprels[place] != "conj" or tree.xpos[place] not in ("VB", "VBN", "VBG"):
            return None
        if any(tree.deprels[c].startswith(("aux", "nsubj", "mark")) for c in tree.children[place]):
            return None
        while tree.deprels[place] == "conj" and tree.heads[place] != ROOT:
            place = tree.heads[place]
        return place

    def way(self, place: int) -> str:
        """Return how the verb group of a word is told: `past`, `will`, `be-to`, `to`, `none` …"""
        return self._way(place, sorted({*self.helpers(place), place}))

    def _way(self, place: int, row: list[int]) -> str:
        tags = [self.tree.xpos[one] for one in row]
        shared = self._shared(place)
        below = self.tree.children[shared if shared is not None else place]
        to = any(self.tree.xpos[c] == "TO" and self.tree.deprels[c] == "mark" for c in below)
        for one, tag in zip(row, tags, strict=True):
            if tag == "MD":
                return scope_words().modals.get(self.words[one], self.words[one])
            if tag in ("VBD", "VBZ", "VBP"):
                if to and self.words[one] in ("is", "are", "was", "were", "am", "'s", "'re"):
                    return "be-to"
                return "past" if tag == "VBD" else "present"
        if to:
            return "to"
        named = {"VB": "bare", "VBG": "ing", "VBN": "participle"}
        return named.get(self.tree.xpos[place], "none")

    def _nearest(self, place: int) -> Iterator[str]:
        """Yield how the nearest verb is told that is finite or infinitive, the word's own first."""
        chain = [place, *(governor for _, governor in self.governors(place))]
        told = [(one, self.way(one)) for one in chain]
        for one, way in told:
            if way not in ("none", "ing", "participle", "bare"):
                yield f"near:{way}"
                for name in self.classes(one):
                    if one != place:
                        yield f"near:{way}:{name}"
                break
        for _, way in told:
            if way not in ("none", "ing", "participle", "bare", "to"):
                yield f"finite:{way}"
                break

    def _denied(self, place: int, helpers: list[int]) -> bool:
        near = {*self.tree.children[place], *helpers}
        if any(self.words[one] in scope_words().negations for one in near):
            return True
        parts = ("nsubj", "obj", "nsubj:pass", "obl", "advmod")
        return any(
            self.words[below] in scope_words().negations
            and self.tree.deprels[below] in ("det", "advmod")
            for one in near
            if self.tree.deprels[one] in parts
            for below in self.tree.children[one]
        )

    def _marks(self, place: int) -> Iterator[str]:
        for child in self.tree.children[place]:
            if (
                self.tree.deprels[child] in ("mark", "case", "advmod")
                and self.words[child] in scope_words().marks
            ):
                yield self.words[child]

    def _around(self, place: int) -> Iterator[str]:
        """Yield what hangs on a word: its subject, determiner, modifiers and conditions."""
        tree = self.tree
        shared = self._shared(place)
        children = tree.children[place]
        if shared is not None:
            children = tuple(sorted({*children, *self._led(shared)}))
        for child in children:
            form, relation = self.words[child], tree.deprels[child]
            if relation.startswith("nsubj"):
                yield f"subject:{scope_words().subjects.get(form, tree.upos[child])}"
            elif relation == "det" and form in scope_words().determiners:
                yield f"det:{scope_words().determiners[form]}"
            elif relation.startswith("nmod:poss"):
                yield "owned"
            elif relation == "advcl" and any(m in ("if", "unless") for m in self._marks(child)):
                yield "given"
            elif relation == "parataxis":
                for name in self.classes(child):
                    yield f"told:{name}"
            if form in scope_words().beside:
                yield f"beside:{form}"
            if relation in ("obl:tmod", "obl", "nmod", "obl:npmod", "nmod:tmod", "amod", "obj"):
                for below in tree.children[child]:
                    if self.words[below] in scope_words().beside:
                        yield f"below:{self.words[below]}"
            if relation.startswith(("obj", "xcomp", "ccomp", "obl", "advcl")):
                yield f"has:{relation.partition(':')[0]}"

    def _led(self, place: int) -> Iterator[int]:
        for child in self.tree.children[place]:
            if self.tree.deprels[child].startswith("nsubj"):
                yield child

    def _whole(self, place: int) -> Iterator[str]:
        """Yield what the sentence as a whole shows."""
        tree = self.tree
        if "?" in self.words[-3:]:
            yield "asked"
            if tree.deprels[place] == "root":
                yield "asked:root"
        if "!" in self.words[-3:]:
            yield "shouted"
        if self.words[-1] not in (".", "!", "?", "''", '"', "”"):
            yield "unended"
        unled = not any(tree.deprels[c].startswith("nsubj") for c in tree.children[place])
        if unled and tree.xpos[place] == "VB" and self.way(place) == "bare":
            yield "ordered" if not self.helpers(place) else "unled"
        root = tree.root
        if root != place:
            for sign in self._group(root):
                if sign.startswith("way:") or sign == "not":
                    yield f"root:{sign}"
        if sum(word in ('"', "``", "“") for word in self.words[:place]) % 2:
            yield "quoted"
        if "if" in self.words[:place]:
            yield "if-before"
