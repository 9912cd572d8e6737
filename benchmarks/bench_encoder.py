"""How fast raw reports become trees, names and embeddings, on one core, beside the bare model.

Run: `python benchmarks/bench_encoder.py`. The reports are PUD's sentences joined to texts of about
600 words (`../shared/treebank`). The bare model is the same session run on the same sentences,
laid out beforehand, with nothing read off its scores. Both are timed in turn and the medians kept;
processor time is what counts, so that a busy machine does not blur the figures.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training")]
PUD = ROOT.parent / "shared" / "treebank" / "pud" / "en_pud-ud-test.conllu"
WORDS_A_REPORT = 600
ROUNDS = 3


def reports() -> list[str]:
    from treebank import read_conllu

    texts: list[str] = []
    sentences: list[str] = []
    words = 0
    for example in read_conllu(PUD):
        sentences.append(example.text)
        words += len(example.words)
        if words >= WORDS_A_REPORT:
            texts.append("\n\n".join(sentences))
            sentences, words = [], 0
    return texts


def main() -> None:
    if not PUD.is_file():
        print("skipped: the treebanks are not beside this repository")
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = reports()

    begun = time.process_time()
    from chancery.read.encoder import Encoder

    encoder = Encoder.load()
    loaded = time.process_time() - begun
    from chancery.read.parse import parse
    from chancery.read.sentences import split_sentences

    def read_all() -> int:
        count = 0
        for text in texts:
            for sentence in split_sentences(text):
                parse(text, sentence, encoder)
                count += len(sentence.words)
        return count

    feeds = [
        encoder.feeds([word.of(text) for word in sentence.words])
        for text in texts
        for sentence in split_sentences(text)
    ]

    def run_bare() -> None:
        for feed in feeds:
            encoder.run(feed)

    words = read_all()
    whole, bare = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        run_bare()
        bare.append(time.process_time() - begun)
        begun = time.process_time()
        read_all()
        whole.append(time.process_time() - begun)
    shares = [b / w for b, w in zip(bare, whole, strict=True)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load {loaded:.2f} s (with onnxruntime's import); peak memory {peak:.0f} MB")
    print(f"{len(texts)} reports of {words / len(texts):.0f} words, one core, median of {ROUNDS}")
    print(f"bare model  {words / statistics.median(bare):8.0f} words/s")
    print(f"raw text    {words / statistics.median(whole):8.0f} words/s", end="")
    print(f"  {len(texts) / statistics.median(whole):.1f} reports/s")
    print(f"share       {statistics.median(shares):8.2f}")


if __name__ == "__main__":
    main()
