"""Condenses WordNet 3.0 into `read/data/kin_words.npz`: which words for deeds are akin.

    python training/coref/kin.py --wordnet /usr/share/wordnet

Of each verb, and of each noun and adjective that may tell a deed, the first senses are kept, and
the links of those synsets: the noun of a verb, what is more general, what follows. Kept are words
that our training texts (`../shared`, corpus and treebanks) have, and phrases that WordNet's own
tagged texts have. `read/kin_words.py` compares words by them.
"""

from __future__ import annotations

import argparse
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from chancery.read.kin_words import LINKS, lemmas_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TABLE = ROOT / "src" / "chancery" / "read" / "data" / "kin_words.npz"
PARTS = {"v": "verb", "n": "noun", "a": "adj", "s": "adj", "r": "adv"}
DEED_NOUNS = frozenset({4, 9, 10, 11, 12, 19, 21, 22, 26})
"""Lexicographer's files: acts, cognition, communication, events, feelings, phenomena, possession,
processes, states."""
PHRASE_NOUNS = frozenset({4, 11})
SENSES = 4
FEWEST = 1
"""A word is kept that our texts have so often …"""
COMMON = 20
"""… and a phrase all of whose words they have so often."""
BACK = {"~": "@"}
"""Links that only say another backwards are left out."""

Synset = tuple[str, str]


class WordNet(NamedTuple):
    """Links of synsets with their kind, their lexicographer's files, and synsets of lemmas."""

    links: dict[Synset, list[tuple[str, Synset]]]
    files: dict[Synset, int]
    senses: dict[tuple[str, str], list[Synset]]
    tagged: dict[tuple[str, str], int]


def read(folder: Path) -> WordNet:
    """Read the files of WordNet 3.0: verbs, nouns and adjectives."""
    net = WordNet({}, {}, {}, {})
    for part in ("verb", "noun", "adj"):
        for fields in lines_of(folder / f"data.{part}"):
            synset, words = (part, fields[0]), int(fields[3], 16)
            first = 4 + 2 * words
            pointers = fields[first + 1 : first + 1 + 4 * int(fields[first])]
            net.files[synset] = int(fields[1])
            net.links[synset] = [
                (pointers[at], (PARTS[pointers[at + 2]], pointers[at + 1]))
                for at in range(0, len(pointers), 4)
            ]
        for fields in lines_of(folder / f"index.{part}"):
            kinds = int(fields[3])
            net.senses[part, fields[0]] = [(part, offset) for offset in fields[4 + kinds + 2 :]]
            net.tagged[part, fields[0]] = int(fields[4 + kinds + 1])
    return net


def lines_of(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line but for those of the licence at the head."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith(" "):
            yield line.split("|")[0].split()


def frequencies() -> Counter[str]:
    """Count the words of the texts that may be trained on."""
    found: Counter[str] = Counter()
    for path in sorted((SHARED / "corpus").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.update(re.findall(r"[a-z]+", f"{row.get('title', '')} {row['text']}".lower()))
    for path in sorted((SHARED / "treebank").rglob("*train*.conllu")):
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        found.update(row[1].lower() for row in rows if len(row) > 3)
    return found


def kept(net: WordNet, told: Counter[str]) -> dict[str, list[Synset]]:
    """Return the words that are kept, as `v:foil`, with their senses."""
    known = {f"{part[0]}:{lemma}" for part, lemma in net.senses}
    often: Counter[str] = Counter()
    for form, count in told.items():
        for part in "vna":
            for lemma in lemmas_of(form, part, known):
                often[f"{part}:{lemma}"] += count
    found = {}
    for (part, lemma), senses in sorted(net.senses.items()):
        deeds = [s for s in senses if part == "verb" or tells_deed(net, s)][:SENSES]
        words = lemma.split("_")
        if not deeds or len(words) > 3 or not "".join(words).isalpha():
            continue
        phrase = part == "verb" or (part == "noun" and net.files[deeds[0]] in PHRASE_NOUNS)
        common = net.tagged[part, lemma] and all(told[word] > COMMON for word in words)
        name = f"{part[0]}:{lemma}"
        tagged = part == "verb" and net.tagged[part, lemma]
        if phrase and common if len(words) > 1 else tagged or often[name] >= FEWEST:
            found[name] = deeds
    return found


def tells_deed(net: WordNet, synset: Synset) -> bool:
    """Say whether a noun's synset may be a deed, or an adjective's comes of one."""
    if synset[0] == "noun":
        return net.files[synset] in DEED_NOUNS
    return any(kind in "+<" and other[0] in ("verb", "noun") for kind, other in net.links[synset])


def links_of(net: WordNet, words: dict[str, list[Synset]]) -> dict[tuple[Synset, Synset], str]:
    """Return the links that lead from one kept sense to another, over one synset at most."""
    own = {sense for senses in words.values() for sense in senses}
    near: Counter[Synset] = Counter()
    links: dict[tuple[Synset, Synset], str] = {}
    for synset in net.links:
        for kind, other in net.links[synset]:
            if kind in LINKS and other in net.links:
                one, two = (synset, other) if kind in "@*>" else tuple(sorted((synset, other)))
                if {one, two} & own:
                    links.setdefault((one, two), kind)
    for one, two in links:
        near.update({one, two})
    useful = own | {synset for synset, count in near.items() if count > 1}
    return {pair: kind for pair, kind in sorted(links.items()) if useful.issuperset(pair)}


def store(net: WordNet, words: dict[str, list[Synset]], path: Path) -> None:
    """Write the table, the same bytes for the same words."""
    links = links_of(net, words)
    synsets = sorted(
        {s for pair in links for s in pair} | {s for row in words.values() for s in row}
    )
    number = {synset: place for place, synset in enumerate(synsets)}
    froms = np.asarray([number[one] for one, _ in links], np.int64)
    arrays = {
        "words": np.frombuffer(" ".join(words).encode(), np.uint8),
        "counts": np.asarray([len(row) for row in words.values()], np.uint8),
        "senses": np.asarray([number[s] for row in words.values() for s in row], np.uint16),
        "steps": np.diff(froms, prepend=0).astype(np.uint16),
        "ends": np.asarray([number[two] for _, two in links], np.uint16),
        "kinds": np.frombuffer("".join(links.values()).encode(), np.uint8),
        "crowds": np.asarray([min(255, len(net.links[s])) for s in synsets], np.uint8),
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.save(buffer, array)
            info = zipfile.ZipInfo(f"{name}.npy")
            packed.writestr(info, buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    print(f"{path.name}: {len(words)} words, {len(synsets)} synsets, {len(links)} links,", end=" ")
    print(f"{path.stat().st_size} bytes")


def main() -> None:
    """Read WordNet and our texts, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    net = read(parser.parse_args().wordnet)
    store(net, kept(net, frequencies()), TABLE)


if __name__ == "__main__":
    main()
