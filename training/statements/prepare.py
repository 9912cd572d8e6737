"""Reads all annotated texts once: `python training/statements/prepare.py --out FOLDER`.

Writes `examples.pickle`, every text's words with the right answers, and `states.npy`, what the
encoder says of each word, one text after the other. Needs the gold sets beside the repository.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "src"), str(HERE), str(HERE.parent)]

import numpy as np  # noqa: E402
from gold import Annotated, articles, polnear  # noqa: E402
from windows import Example, example_of  # noqa: E402

from chancery.read.encoder import Encoder  # noqa: E402
from chancery.read.encodings import Encodings  # noqa: E402
from chancery.read.page import Page  # noqa: E402
from chancery.read.role_layout import lay_out_words  # noqa: E402
from chancery.read.roles import states_of  # noqa: E402
from chancery.read.sentences import split_sentences  # noqa: E402
from chancery.read.voices import ruled_attributions  # noqa: E402


def read(gold: Annotated, encoder: Encoder) -> tuple[Example, np.ndarray]:
    """Lay a text out, and return it with the states of its words."""
    sentences = split_sentences(gold.text)
    page = Page(gold.text, sentences, [])
    encodings = Encodings(gold.text, sentences, encoder)
    states = states_of(encodings)
    trees = [encodings.tree(number) for number in range(len(sentences))]
    layout = lay_out_words(page, ruled_attributions(page), trees)
    return example_of(gold, layout), states.astype(np.float16)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = Encoder.load()
    examples, rows = [], []
    for number, gold in enumerate([*polnear(), *articles()]):
        example, states = read(gold, encoder)
        examples.append(example)
        rows.append(states)
        if number % 100 == 0:
            print(f"{number} texts", flush=True)
    with (arguments.out / "examples.pickle").open("wb") as file:
        pickle.dump(examples, file)
    np.save(arguments.out / "states.npy", np.concatenate(rows))


if __name__ == "__main__":
    main()
