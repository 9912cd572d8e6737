"""Reads the treebanks and the names layer: CoNLL-U and IOB2 files in, `Example`s out.

Names are PER, LOC, ORG and DEM (a demonym, from the names layer's OTH). A word whose name
tag nobody settled is `UNTAGGED` and bears no loss.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NAME_KINDS = ("PER", "LOC", "ORG", "DEM")
UNTAGGED = "?"
DEMONYM_CLASSES = {"JJ", "NNPS"}
DOCUMENT_DONE = "B-O"
JOINING = {"of", "for", "and", "the", "on", "-"}
GUM_KINDS = {"person": "PER", "place": "LOC", "organization": "ORG"}


@dataclass
class Example:
    """One sentence; lists have one entry per word, `heads` counts from 1 with 0 for the root."""

    key: str
    words: list[str]
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    space_after: list[bool] = field(default_factory=list)
    text: str = ""
    document: str = ""
    new_paragraph: bool = False
    misc: list[str] = field(default_factory=list)
    more: dict[str, list[str]] = field(default_factory=dict)

    def column(self, name: str) -> list[str]:
        """Return what a head learns, a label per word; untagged where the example has none."""
        values: list[str] = self.more.get(name) or getattr(self, name, [])
        return values or [UNTAGGED] * len(self.words)


def read_conllu(path: Path) -> Iterator[Example]:
    """Yield the sentences of a CoNLL-U file; contracted tokens and empty nodes are no words."""
    document, paragraph = "", False
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        example = Example(key="", words=[])
        for line in block.split("\n"):
            if line.startswith("# newdoc"):
                document = line.partition("= ")[2]
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# sent_id = "):
                example.key = line[12:]
            elif line.startswith("# text = "):
                example.text = line[9:]
            elif not line.startswith("#"):
                _add_word(example, line.split("\t"))
        example.document, example.new_paragraph = document, paragraph
        paragraph = False
        yield example


def _add_word(example: Example, columns: list[str]) -> None:
    if not columns[0].isdigit():
        return
    example.words.append(columns[1])
    example.upos.append(columns[3])
    example.xpos.append(columns[4])
    example.heads.append(int(columns[6]))
    example.labels.append(columns[7])
    example.misc.append(columns[9])
    example.space_after.append("SpaceAfter=No" not in columns[9])


def read_names(path: Path) -> dict[str, list[str]]:
    """Return the name tags of each sentence of an IOB2 file, by sentence id."""
    tags: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        key, found = "", []
        for line in block.split("\n"):
            if line.startswith("# sent_id = "):
                key = line[12:]
            elif line and not line.startswith("#"):
                tag = line.split("\t")[2] if "\t" in line else "O"
                found.append("O" if tag == DOCUMENT_DONE else tag)
        tags[key] = found
    return tags


def add_names(examples: Iterable[Example], tags: Mapping[str, list[str]]) -> None:
    """Give each example its name tags; where the word counts differ, none."""
    for example in examples:
        found = tags.get(example.key, [])
        if len(found) != len(example.words):
            example.names = [UNTAGGED] * len(example.words)
            continue
        example.names = [
            _demonym_or_nothing(tag, fine) if tag.endswith("-OTH") else tag
            for tag, fine in zip(found, example.xpos, strict=True)
        ]


def _demonym_or_nothing(tag: str, fine: str) -> str:
    """Keep of the layer's "other" names the adjectives and plurals: "Iraqi", "Americans"."""
    return f"{tag[0]}-DEM" if fine in DEMONYM_CLASSES else "O"


def title_words(examples: Iterable[Example]) -> frozenset[str]:
    """Return words that stand right before a person's name but outside it ("President")."""
    outside: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for example in examples:
        for index, (word, tag) in enumerate(zip(example.words, example.names, strict=True)):
            following = example.names[index + 1 : index + 2]
            if tag == "O" and following == ["B-PER"] and word[:1].isupper():
                outside[word] += 1
            elif tag == "B-PER":
                within[word] += 1
    return frozenset(word for word, n in outside.items() if n >= 2 and n > within[word])


# GUM marks every noun phrase and its kind. A run of proper nouns at the core of a phrase for a
# person, place or organisation is taken as a name; other proper nouns stay untagged.


def usual_kinds(examples: Iterable[Example]) -> dict[str, str]:
    """Return the kind that each name of the names layer mostly has: a state stays a place."""
    seen: dict[str, Counter[str]] = {}
    for example in examples:
        for first, end, kind in name_spans(example.names):
            seen.setdefault(" ".join(example.words[first:end]), Counter())[kind] += 1
    return {name: kinds.most_common(1)[0][0] for name, kinds in seen.items()}


def name_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return (first, end, kind) of the names that tags spell out, demonyms included."""
    spans, start = set(), -1
    for index, tag in enumerate([*tags, "O"]):
        before = tags[index - 1] if index else "O"
        if start >= 0 and tag != f"I-{before[2:]}":
            spans.add((start, index, before[2:]))
            start = -1
        if tag[0] == "B" or (tag[0] == "I" and start < 0):
            start = index
    return spans


def add_names_from_gum(
    examples: Iterable[Example], titles: frozenset[str], usual: Mapping[str, str]
) -> None:
    """Derive name tags from GUM's entities (column MISC), leaving the unsure words untagged."""
    for example in examples:
        proper = [tag in {"NNP", "NNPS"} for tag in example.xpos]
        example.names = [
            UNTAGGED if fine in {"NNP", "NNPS"} or (fine == "JJ" and word[0].isupper()) else "O"
            for word, fine in zip(example.words, example.xpos, strict=True)
        ]
        # Shorter phrases first, so that "Kansas" gives way to "University of Kansas".
        for kind, start, end in sorted(_entities(example.misc), key=lambda e: e[2] - e[1]):
            for first, last in _proper_runs(example, proper, start, end, kind):
                _tag_run(example, kind, first, last, titles, usual)


_ENTITY = re.compile(r"\((?P<opened>[^()]+)(?P<at_once>\))?|(?P<closed>\d+)\)")


def _entities(misc: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, first word, word after the last) of each entity closed in this sentence."""
    waiting: list[tuple[str, str, int]] = []
    for index, column in enumerate(misc):
        value = next((p[7:] for p in column.split("|") if p.startswith("Entity=")), "")
        for match in _ENTITY.finditer(value):
            if match["opened"]:
                number, kind, *_ = [*match["opened"].split("-"), ""]
                waiting.append((number, kind, index))
            place = _matching(waiting, match["closed"] or match["opened"].split("-")[0])
            if (match["closed"] or match["at_once"]) and place is not None:
                _, kind, start = waiting.pop(place)
                yield kind, start, index + 1


def _matching(open_entities: list[tuple[str, str, int]], number: str) -> int | None:
    """Return the place of the last open entity of that number."""
    for place in range(len(open_entities) - 1, -1, -1):
        if open_entities[place][0] == number:
            return place
    return None


def _proper_runs(
    example: Example, proper: list[bool], start: int, end: int, kind: str
) -> Iterator[tuple[int, int]]:
    """Yield the stretch of proper nouns at the phrase's head, with what joins it to others.

    For bodies and places that takes in "of", "for", "and" before a further proper noun.
    """
    core = next((i for i in range(start, end) if not start <= example.heads[i] - 1 < end), end - 1)
    if not proper[core]:
        return
    joining = {"-"} if kind == "person" else JOINING
    first = last = core
    while first > start and (proper[first - 1] or example.words[first - 1] == "-"):
        first -= 1
    while last + 1 < end and (proper[last + 1] or example.words[last + 1] in joining):
        last += 1
        if example.words[last] == "and" and not all(proper[last + 1 : min(last + 2, end)]):
            break
    while not proper[first]:
        first += 1
    while not proper[last]:
        last -= 1
    yield first, last + 1


def _tag_run(
    example: Example, kind: str, first: int, last: int,
    titles: frozenset[str], usual: Mapping[str, str],
) -> None:  # fmt: skip
    """Tag a run by its phrase's kind; posts before a person's name are no part of it."""
    while kind == "person" and first < last and example.words[first] in titles:
        example.names[first] = "O"
        first += 1
    name_kind = GUM_KINDS.get(kind)
    name_kind = name_kind and usual.get(" ".join(example.words[first:last]), name_kind)
    for index in range(first, last):
        if name_kind is None:
            example.names[index] = "O"
        elif example.xpos[last - 1] != "NNPS" or name_kind in {"ORG", "LOC"}:
            example.names[index] = f"{'B' if index == first else 'I'}-{name_kind}"
