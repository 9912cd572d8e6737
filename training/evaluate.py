"""Scores a model's folder on the test parts: `python training/evaluate.py [--model FOLDER]`.

Needs no PyTorch, except with `--original`, which compares embeddings with the original encoder's.
Figures are percent. `--sample N` keeps every N-th sentence (documents, for raw text).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from treebank import UNTAGGED, Example, add_names, read_conllu, read_names  # noqa: E402

from chancery.lexicon import Lexicon  # noqa: E402
from chancery.model import Span  # noqa: E402
from chancery.read.encoder import Encoder  # noqa: E402
from chancery.read.names import names_with_lexicon  # noqa: E402
from chancery.read.parse import ROOT, Tree, parse  # noqa: E402
from chancery.read.sentences import Sentence, split_sentences  # noqa: E402
from chancery.read.words import split_words  # noqa: E402

TREEBANK = HERE.parents[1] / "shared" / "treebank"
CORPUS = HERE.parents[1] / "shared" / "corpus"
NEWS_NAMES = HERE.parent / "tests" / "quality" / "news_names.jsonl"
TESTS = {
    "ewt": "ewt/en_ewt-ud-test.conllu",
    "pud": "pud/en_pud-ud-test.conllu",
    "gum": "gum-open/en_gum-open-test.conllu",
}
NAMES = "uner-ewt/en_ewt-ud-test.iob2"
PUD_PARAGRAPH, PUD_DOCUMENT = 5, 50
STOPPED = tuple(".!?…:;,\"”’'-–—")


# Gold words ----------------------------------------------------------------------------------


def as_sentence(words: Sequence[str]) -> tuple[str, Sentence]:
    """Lay gold words out with single spaces, as a text with one sentence."""
    text = " ".join(words)
    spans, start = [], 0
    for word in words:
        spans.append(Span(start, start + len(word)))
        start += len(word) + 1
    return text, Sentence(span=Span(0, len(text)), words=tuple(spans))


def parse_gold(examples: Iterable[Example], encoder: Encoder) -> list[tuple[Example, Tree]]:
    """Parse sentences with their gold words."""
    parsed = []
    for example in examples:
        tree = parse(*as_sentence(example.words), encoder)
        if tree is None:
            raise ValueError(f"{example.key} is too long")
        parsed.append((example, tree))
    return parsed


def score_gold(parsed: Sequence[tuple[Example, Tree]]) -> dict[str, float]:
    """UPOS, XPOS, UAS and LAS (punctuation counted, labels with their subtypes)."""
    right = {"upos": 0, "xpos": 0, "uas": 0, "las": 0}
    words = 0
    for example, tree in parsed:
        words += len(example.words)
        right["upos"] += sum(a == b for a, b in zip(example.upos, tree.upos, strict=True))
        right["xpos"] += sum(a == b for a, b in zip(example.xpos, tree.xpos, strict=True))
        arcs = [a - 1 == b for a, b in zip(example.heads, tree.heads, strict=True)]
        labels = [a == b for a, b in zip(example.labels, tree.deprels, strict=True)]
        right["uas"] += sum(arcs)
        right["las"] += sum(map(all, zip(arcs, labels, strict=True)))
    return {name: _percent(count, words) for name, count in right.items()}


def score_relations(
    parsed: Sequence[tuple[Example, Tree]], relations: Sequence[str]
) -> dict[str, float]:
    """F1 of single relations, arc and label both right."""
    scores = {}
    for relation in relations:
        gold = {
            (number, word, example.heads[word] - 1)
            for number, (example, _) in enumerate(parsed)
            for word, label in enumerate(example.labels)
            if label == relation
        }
        found = {
            (number, word, tree.heads[word])
            for number, (_, tree) in enumerate(parsed)
            for word, label in enumerate(tree.deprels)
            if label == relation
        }
        scores[relation] = f1(len(gold), len(found), len(gold & found))
    return scores


def score_names(parsed: Sequence[tuple[Example, Tree]]) -> dict[str, float]:
    """Precision, recall and F1 of persons, places and bodies, exact spans and kinds."""
    gold: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    for number, (example, tree) in enumerate(parsed):
        if UNTAGGED in example.names:
            continue
        gold |= {(number, *span) for span in gold_names(example.names)}
        found |= {(number, *name) for name in tree.names if name.kind != "DEM"}
    both = len(gold & found)
    return {
        "precision": _percent(both, len(found)),
        "recall": _percent(both, len(gold)),
        "f1": f1(len(gold), len(found), both),
    }


def gold_names(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return (first, last, kind) of the names in well-formed IOB2 tags."""
    names: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-") and tag != "B-DEM":
            names.append((index, index, tag[2:]))
        elif tag.startswith("I-") and tag != "I-DEM":
            names[-1] = (names[-1][0], index, names[-1][2])
    return set(names)


def score_news_names(
    encoder: Encoder, lexicon: Lexicon | None, sample: int = 1
) -> dict[str, float]:
    """Score names on our own news set: exact spans and kinds, demonyms aside."""
    reports = _corpus_texts()
    gold: set[tuple[str, int, int, str]] = set()
    found: set[tuple[str, int, int, str]] = set()
    for line in NEWS_NAMES.read_text(encoding="utf-8").splitlines()[::sample]:
        row = json.loads(line)
        text, (start, end) = reports[row["report"]], row["sentence"]
        gold |= {(row["report"], *name) for name in row["names"]}
        sentence = Sentence(span=Span(start, end), words=tuple(split_words(text, start, end)))
        tree = parse(text, sentence, encoder)
        matches = lexicon.find_names(text) if lexicon else []
        for name in names_with_lexicon(tree, matches) if tree else ():
            place = (tree.words[name.first].start, tree.words[name.last].end)
            if name.kind != "DEM":
                found.add((row["report"], *place, name.kind))
    both = len(gold & found)
    return {
        "precision": _percent(both, len(found)),
        "recall": _percent(both, len(gold)),
        "f1": f1(len(gold), len(found), both),
    }


def _corpus_texts() -> dict[str, str]:
    texts = {}
    for file in ("corpus.jsonl", "general.jsonl"):
        with (CORPUS / file).open(encoding="utf-8") as lines:
            reports = list(map(json.loads, lines))
        for report in reports:
            texts[report["id"]] = f"{report['title']}\n{report['text']}"
    return texts


# Raw text ------------------------------------------------------------------------------------


@dataclass
class RawDocument:
    """A text joined from gold sentences, and where those and their words stand in it."""

    text: str
    sentences: list[Span]
    words: list[list[Span]]
    examples: list[Example]


def join_raw(
    groups: Iterable[Sequence[Example]], starts: Callable[[Example, Example | None], bool]
) -> list[RawDocument]:
    """Join each group's sentences to one text, with an empty line before each paragraph."""
    documents = []
    for group in groups:
        document = RawDocument("", [], [], [])
        before: Example | None = None
        for example in group:
            if document.text:
                document.text += "\n\n" if starts(example, before) else " "
            start = len(document.text)
            document.text += example.text
            document.sentences.append(Span(start, len(document.text)))
            document.words.append(_place_words(example, start))
            document.examples.append(example)
            before = example
        documents.append(document)
    return documents


def _place_words(example: Example, start: int) -> list[Span]:
    """Find each gold word in the sentence's text, in order."""
    spans, place = [], 0
    for word in example.words:
        found = example.text.find(word, place)
        place = found if found >= 0 else place
        spans.append(Span(start + place, start + place + len(word)))
        place += len(word)
    return spans


def pud_documents(examples: Sequence[Example]) -> list[RawDocument]:
    """PUD in paragraphs of five sentences, ten paragraphs a document: its order has no more."""
    order = {example.key: number for number, example in enumerate(examples)}
    groups = [examples[n : n + PUD_DOCUMENT] for n in range(0, len(examples), PUD_DOCUMENT)]
    return join_raw(groups, lambda example, _: order[example.key] % PUD_PARAGRAPH == 0)


def gum_documents(examples: Sequence[Example]) -> list[RawDocument]:
    """GUM's documents; a caption or date that ends in a bare word had a line to itself."""
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.document, []).append(example)

    def starts(example: Example, before: Example | None) -> bool:
        return example.new_paragraph or (before is not None and not before.text.endswith(STOPPED))

    return join_raw(groups.values(), starts)


def score_raw(documents: Sequence[RawDocument], encoder: Encoder | None) -> dict[str, float]:
    """F1 of sentences, words, and (with an encoder) labelled arcs by the words' places."""
    counts = {name: [0, 0, 0] for name in ("sentences", "words", "las")}
    for document in documents:
        found = split_sentences(document.text)
        _count(counts["sentences"], set(document.sentences), {s.span for s in found})
        gold_words = {word for words in document.words for word in words}
        _count(counts["words"], gold_words, {word for s in found for word in s.words})
        if encoder:
            trees = [parse(document.text, sentence, encoder) for sentence in found]
            _count(counts["las"], _gold_arcs(document), _found_arcs(trees))
    return {name: f1(*count) for name, count in counts.items() if count[0]}


Arc = tuple[Span, Span | None, str]


def _gold_arcs(document: RawDocument) -> set[Arc]:
    return {
        (words[n], words[head - 1] if head else None, label)
        for words, example in zip(document.words, document.examples, strict=True)
        for n, (head, label) in enumerate(zip(example.heads, example.labels, strict=True))
    }


def _found_arcs(trees: Iterable[Tree | None]) -> set[Arc]:
    return {
        (tree.words[n], None if head == ROOT else tree.words[head], label)
        for tree in trees
        if tree
        for n, (head, label) in enumerate(zip(tree.heads, tree.deprels, strict=True))
    }


def _count(counts: list[int], gold: set[Any], found: set[Any]) -> None:
    for place, number in enumerate((len(gold), len(found), len(gold & found))):
        counts[place] += number


# Embeddings ----------------------------------------------------------------------------------


def same_document_share(vectors: Any, documents: Sequence[str]) -> float:
    """Share of sentences whose nearest other sentence is of the same document."""
    similarity = vectors @ vectors.T
    for n in range(len(documents)):
        similarity[n, n] = -1
    nearest = similarity.argmax(1)
    hits = sum(documents[n] == documents[m] for n, m in enumerate(nearest))
    return _percent(hits, len(documents))


def original_embeddings(examples: Sequence[Example]) -> Any:
    """The original encoder's embeddings of the same pieces, each of length 1 (needs PyTorch)."""
    import torch
    from network import Network, original_folder

    from chancery.read.wordpiece import WordPiece

    config = {"encoder": {"dropout": 0.0, "word_dropout": 0.0}, "heads": []}
    network = Network(config, {})
    network.start_from_original()
    network.eval()
    pieces = WordPiece.load(original_folder() / "vocab.txt")
    vectors = []
    with torch.no_grad():
        for example in examples:
            ids, _, firsts = pieces.arrange(example.words)
            tensor = torch.tensor([ids])
            states = network(tensor, torch.zeros_like(tensor), torch.tensor([firsts]))
            vectors.append(torch.nn.functional.normalize(states.mean(), dim=-1)[0])
    return torch.stack(vectors).numpy()


# All together --------------------------------------------------------------------------------


def f1(gold: int, found: int, both: int) -> float:
    """Harmonic mean of precision and recall, in percent."""
    return _percent(2 * both, gold + found)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def news_of(part: str, examples: Sequence[Example]) -> list[Example]:
    """Keep PUD's news sentences (ids n…) or GUM's news documents."""
    if part == "pud":
        return [example for example in examples if example.key.startswith("n")]
    return [example for example in examples if "_news_" in example.document]


def evaluate(encoder: Encoder, sample: int = 1, *, original: bool = False) -> dict[str, Any]:
    """Return all scores, by test."""
    tests = {part: list(read_conllu(TREEBANK / file)) for part, file in TESTS.items()}
    add_names(tests["ewt"], read_names(TREEBANK / NAMES))
    scores: dict[str, Any] = {}
    parsed = {part: parse_gold(found[::sample], encoder) for part, found in tests.items()}
    for part, trees in parsed.items():
        scores[part] = score_gold(trees)
    scores["pud news"] = score_gold([p for p in parsed["pud"] if p[0].key.startswith("n")])
    scores["names"] = score_names(parsed["ewt"])
    scores["news names"] = score_news_names(encoder, None, sample)
    scores["news names, lexicon"] = score_news_names(encoder, Lexicon.load(), sample)
    pud_raw = pud_documents(tests["pud"])[::sample]
    scores["pud raw"] = score_raw(pud_raw, encoder)
    scores["pud news raw"] = score_raw(
        pud_documents(news_of("pud", tests["pud"]))[::sample], encoder
    )
    scores["gum news raw"] = score_raw(gum_documents(news_of("gum", tests["gum"])), encoder)
    scores["embedding"] = _score_embeddings(parsed["gum"], original)
    if sample == 1:
        scores["relations"] = {
            part: score_relations(trees, RELATIONS) for part, trees in parsed.items()
        }
        scores["words"] = {part: score_words(found) for part, found in tests.items()}
    return scores


RELATIONS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "ccomp", "xcomp", "advcl",
    "acl:relcl", "conj", "appos", "parataxis", "nmod", "root",
)  # fmt: skip


def score_words(examples: Sequence[Example]) -> float:
    """F1 of our own words in gold sentences."""
    counts = [0, 0, 0]
    for example in examples:
        _count(counts, set(_place_words(example, 0)), set(split_words(example.text)))
    return f1(*counts)


def _score_embeddings(parsed: Sequence[tuple[Example, Tree]], original: bool) -> dict[str, float]:
    import numpy as np

    vectors = np.stack([tree.meaning for _, tree in parsed])
    documents = [example.document for example, _ in parsed]
    scores = {"same document": same_document_share(vectors.copy(), documents)}
    if original:
        wanted = original_embeddings([example for example, _ in parsed])
        cosines = (wanted * vectors).sum(1)
        scores["cosine to original"] = round(float(cosines.mean()), 4)
        scores["cosine, 5th percentile"] = round(float(np.percentile(cosines, 5)), 4)
        scores["same document, original"] = same_document_share(wanted, documents)
    return scores


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a model's folder; the shipped one without")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--original", action="store_true")
    parser.add_argument("--out", type=Path, help="a file for the scores, beside standard output")
    arguments = parser.parse_args()
    encoder = Encoder.load(arguments.model)
    scores = evaluate(encoder, arguments.sample, original=arguments.original)
    text = json.dumps(scores, indent=1)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
