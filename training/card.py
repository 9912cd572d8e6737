"""Writes the model card beside the weights, from `card.md` and the scores of `evaluate.py`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CARD = "CARD.md"
ROWS = (
    ("EWT test (web)", "ewt"),
    ("GUM test, open part", "gum"),
    ("PUD (news and Wikipedia)", "pud"),
    ("PUD, the 500 news sentences", "pud news"),
)


def figures(scores: dict[str, Any]) -> str:
    """Return the tables of the card."""
    lines = ["| gold words | UPOS | XPOS | UAS | LAS |", "|---|---|---|---|---|"]
    for title, part in ROWS:
        row = scores[part]
        cells = " | ".join(f"{row[name]:.1f}" for name in ("upos", "xpos", "uas", "las"))
        lines.append(f"| {title} | {cells} |")
    lines += ["", "| raw text | sentence F1 | word F1 | LAS F1 |", "|---|---|---|---|"]
    for title, part in (("PUD news, in paragraphs", "pud news raw"), ("GUM news", "gum news raw")):
        row = scores[part]
        cells = " | ".join(f"{row[name]:.1f}" for name in ("sentences", "words", "las"))
        lines.append(f"| {title} | {cells} |")
    lines += ["", "| names (PER, LOC, ORG) | precision | recall | F1 |", "|---|---|---|---|"]
    named = (
        ("UNER EWT test", "names"),
        ("own news set, model alone", "news names"),
        ("own news set, with the lexicon", "news names, lexicon"),
    )
    for title, part in named:
        row = scores[part]
        cells = " | ".join(f"{row[name]:.1f}" for name in ("precision", "recall", "f1"))
        lines.append(f"| {title} | {cells} |")
    embedding = scores["embedding"]
    lines += [
        "",
        f"Embeddings on GUM test: cosine to the original {embedding['cosine to original']:.3f} "
        f"(5th percentile {embedding['cosine, 5th percentile']:.3f}); nearest sentence of the same "
        f"document {embedding['same document']:.1f} % "
        f"(original {embedding['same document, original']:.1f} %).",
    ]
    return "\n".join(lines)


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    arguments = parser.parse_args()
    scores = json.loads(arguments.scores.read_text(encoding="utf-8"))
    template = (HERE / "card.md").read_text(encoding="utf-8")
    card = template.replace("{figures}", figures(scores))
    (arguments.out / CARD).write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
