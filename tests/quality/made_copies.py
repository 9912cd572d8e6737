"""Makes copies of reports by recorded edits, as outlets make them of one another's texts.

    python tests/quality/made_copies.py COUNT [SEED]

In: reports (id, title, text, published, publisher). Out: as many copies, each with the id of its
original (`copy_of`) and the names of its edits in the order in which they were made (`edits`).
The same reports and the same seed give the same copies. Words that are put in (leads, credits,
outlets) are ours.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FILES = ("corpus.jsonl", "general.jsonl")
LEAST_WORDS = 60
"""Of a text that is copied: a third of a shorter one is no text."""
LEAST_LEFT = 30
"""Words that a cut leaves at least."""
MOST_EDITS = 5
MOST_DAYS_LATER = 4

OUTLETS = (
    "The Harbour Gazette", "Lakeside Post", "Meridian Wire", "Northern Courier",
    "The Prairie Ledger", "Capitol Notebook", "Baltic Observer", "Delta Tribune",
)  # fmt: skip
AGENCIES = ("AFP", "Reuters", "AP", "dpa", "Xinhua", "Interfax", "EFE")
LEADS = (
    "Here is what we know so far about a story that many of our readers have asked about.",
    "The announcement drew wide attention in the region and beyond.",
    "The news came late in the day and was taken up at once by several newspapers.",
    "Officials gave few details, but the main points are now clear. More is expected soon.",
    "It is the latest turn in a long story that our correspondents have followed for months.",
)
TAILS = (
    "Read more on this story in our evening edition.",
    "This report was updated with more details.",
    "Our newsroom is independent and lives from its readers. Subscribe today.",
    "Additional reporting by Mira Holt and Jonas Abara; editing by Ellen Pryce.",
)
HEADLINES = ("What we know so far", "In brief", "World news in short", "Update", "Overnight report")
WRITERS = ("Mira Holt", "Jonas Abara", "Ellen Pryce", "Tomas Reiner")
CITIES = ("LONDON", "BRUSSELS", "GENEVA", "VIENNA", "ISTANBUL")

BRITISH = {
    "organize": "organise", "organized": "organised", "organization": "organisation",
    "recognize": "recognise", "recognized": "recognised", "emphasize": "emphasise",
    "emphasized": "emphasised", "realize": "realise", "defense": "defence", "color": "colour",
    "labor": "labour", "neighbor": "neighbour", "neighbors": "neighbours", "honor": "honour",
    "favor": "favour", "behavior": "behaviour", "center": "centre", "centers": "centres",
    "theater": "theatre", "program": "programme", "programs": "programmes", "license": "licence",
    "traveled": "travelled", "canceled": "cancelled", "modernization": "modernisation",
    "stabilize": "stabilise", "analyze": "analyse", "catalog": "catalogue",
    "authorize": "authorise", "authorized": "authorised", "mobilize": "mobilise",
    "finalize": "finalise", "normalization": "normalisation", "harbor": "harbour",
    "percent": "per cent", "toward": "towards",
}  # fmt: skip
OTHER_WORDS = {
    "said": "stated", "also": "as well", "but": "however", "talks": "negotiations",
    "discussed": "talked over", "important": "significant", "noted": "pointed out",
    "including": "among them", "about": "around", "began": "started", "because": "since",
    "help": "assist", "killed": "left dead", "large": "big", "several": "a number of",
    "met": "held a meeting", "continue": "go on", "stressed": "underlined", "both": "the two",
    "children": "youngsters", "support": "backing", "problems": "issues",
    "during": "in the course of",
    "show": "demonstrate", "many": "a great many", "must": "has to", "according": "in line",
}  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])")

Row = dict[str, Any]
Edit = Callable[[Row, random.Random], bool]


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, roughly."""
    found: list[str] = []
    at = 0
    for match in _SENTENCE.finditer(text):
        found.append(text[at : match.end()].strip())
        at = match.end()
    return [one for one in [*found, text[at:].strip()] if one]


def paragraphs(text: str) -> list[str]:
    return [one for one in re.split(r"\n\s*\n|\n", text) if one.strip()]


def count_words(text: str) -> int:
    return len(text.split())


def _keep(row: Row, text: str) -> bool:
    if count_words(text) < LEAST_LEFT or text == row["text"]:
        return False
    row["text"] = text
    return True


def first_third(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    return _keep(row, " ".join(parts[: max(1, -(-len(parts) // 3))]))


def last_half(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    return _keep(row, " ".join(parts[len(parts) // 2 :]))


def middle(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    return _keep(row, " ".join(parts[len(parts) // 4 : max(3 * len(parts) // 4, 1)]))


def by_length(row: Row, chance: random.Random) -> bool:
    words = row["text"].split(" ")
    return _keep(row, " ".join(words[: int(len(words) * chance.uniform(0.35, 0.8))]) + " …")


def drop_sentences(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    return _keep(row, " ".join(one for one in parts if chance.random() > 0.3))


def drop_paragraphs(row: Row, chance: random.Random) -> bool:
    parts = paragraphs(row["text"])
    return _keep(row, "\n\n".join(one for one in parts if chance.random() > 0.35))


def new_lead(row: Row, chance: random.Random) -> bool:
    row["text"] = f"{chance.choice(LEADS)}\n\n{row['text']}"
    return True


def new_tail(row: Row, chance: random.Random) -> bool:
    row["text"] = f"{row['text']}\n\n{chance.choice(TAILS)}"
    return True


def agency_line(row: Row, chance: random.Random) -> bool:
    agency = chance.choice(AGENCIES)
    ways = (f"{chance.choice(CITIES)} ({agency}) - ", f"({agency}) — ", f"{agency} – ")
    row["text"] = chance.choice(ways) + row["text"]
    return True


def credit(row: Row, chance: random.Random) -> bool:
    ways = (
        f"By {chance.choice(WRITERS)}, {row['publisher']}",
        f"By {chance.choice(WRITERS)}",
        f"Source: {chance.choice(AGENCIES)}",
        f"From our correspondent, {row['publisher']}",
    )
    line = chance.choice(ways)
    first = chance.random() < 0.5
    row["text"] = f"{line}\n\n{row['text']}" if first else f"{row['text']}\n\n{line}"
    return True


def other_outlet(row: Row, chance: random.Random) -> bool:
    old, row["publisher"] = row["publisher"], chance.choice(OUTLETS)
    changed = row["text"].replace(old, row["publisher"]) if old else row["text"]
    row["text"] = re.sub(r"\bWikinews\b|\bReuters\b|\bthe BBC\b", row["publisher"], changed)
    return True


def spelling(row: Row, chance: random.Random) -> bool:
    table = BRITISH if chance.random() < 0.5 else {v: k for k, v in BRITISH.items()}
    return _replace(row, table, 1.0, chance)


def other_words(row: Row, chance: random.Random) -> bool:
    return _replace(row, OTHER_WORDS, 0.6, chance)


def _replace(row: Row, table: dict[str, str], share: float, chance: random.Random) -> bool:
    def change(match: re.Match[str]) -> str:
        other = table[match[0].lower()]
        if chance.random() > share:
            return match[0]
        return other[0].upper() + other[1:] if match[0][0].isupper() else other

    words = "|".join(map(re.escape, sorted(table, key=lambda word: (-len(word), word))))
    return _keep(row, re.sub(rf"\b(?:{words})\b", change, row["text"], flags=re.IGNORECASE))


def shuffle(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    chance.shuffle(parts)
    return _keep(row, " ".join(parts))


def turn_paragraphs(row: Row, chance: random.Random) -> bool:
    parts = paragraphs(row["text"])
    chance.shuffle(parts)
    return _keep(row, "\n\n".join(parts))


def headline(row: Row, chance: random.Random) -> bool:
    words = row["title"].split()
    ways = (chance.choice(HEADLINES), " ".join(words[len(words) // 2 :]), row["title"].upper(), "")
    row["title"] = chance.choice(ways)
    return True


def merge(row: Row, chance: random.Random) -> bool:
    return _keep(row, " ".join(paragraphs(row["text"])))


def split(row: Row, chance: random.Random) -> bool:
    parts = sentences(row["text"])
    return _keep(row, "".join(one + ("\n\n" if chance.random() < 0.5 else " ") for one in parts))


def numbers(row: Row, chance: random.Random) -> bool:
    def spelled(match: re.Match[str]) -> str:
        return NUMBERS[int(match[0])] if int(match[0]) < len(NUMBERS) else match[0]

    bare = r"(?<![\d.,:/-])\b\d{1,2}\b(?![.,:/-]?\d|(?:st|nd|rd|th)\b)"
    changed = re.sub(bare, spelled, row["text"])
    if chance.random() < 0.5:

        def figure(match: re.Match[str]) -> str:
            return str(NUMBERS.index(match[0].lower()))

        changed = re.sub(rf"\b(?:{'|'.join(NUMBERS[2:])})\b", figure, row["text"])
    return _keep(row, re.sub(r"(?<=\d),(?=\d{3})", "", changed))


def marks(row: Row, chance: random.Random) -> bool:
    text = re.sub(r"[“”«»„]", '"', row["text"])
    text = text.replace("’", "'").replace("–", "-").replace("—", "-")
    if chance.random() < 0.5:
        text = re.sub(r'"([^"\n]{2,400})"', r"“\1”", text).replace("'", "’")
    return _keep(row, text)


HARD: tuple[Edit, ...] = (first_third, last_half, middle, by_length)
SOFT: tuple[Edit, ...] = (
    drop_sentences, drop_paragraphs, new_lead, new_tail, agency_line, credit, other_outlet,
    spelling, other_words, shuffle, turn_paragraphs, headline, merge, split, numbers, marks,
)  # fmt: skip
HARD_SHARE = 0.4


def make_copy(original: Row, seed: int) -> Row:
    """Copy one report with several edits; which ones depends on its id and the seed."""
    digest = hashlib.sha256(f"{seed} {original['id']}".encode()).digest()
    chance = random.Random(int.from_bytes(digest[:8], "big"))
    row = dict(original)
    chosen = chance.sample(SOFT, chance.randint(1, MOST_EDITS))
    if chance.random() < HARD_SHARE:
        chosen.insert(0, chance.choice(HARD))
    edits = [edit.__name__ for edit in chosen if edit(row, chance)]
    later = timedelta(days=chance.choice((0, 0, 0, 1, 2, MOST_DAYS_LATER)))
    day = date.fromisoformat(original["published"][:10]) + later
    return row | {
        "id": f"copy-{digest.hex()[:12]}",
        "url": "",
        "published": day.isoformat(),
        "copy_of": original["id"],
        "edits": edits,
    }


def make_copies(rows: Iterable[Row], count: int, seed: int = 0) -> list[Row]:
    """Copy as many reports, each once, drawn by the hash of their ids."""
    long = [row for row in rows if count_words(row["text"]) >= LEAST_WORDS]
    drawn = sorted(long, key=lambda row: hashlib.sha256(f"{seed}{row['id']}".encode()).digest())
    return [make_copy(row, seed) for row in drawn[:count]]


def corpus() -> list[Row]:
    """Return all reports of the development corpus."""
    lines = [line for name in FILES for line in (SHARED / name).read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def main(arguments: Sequence[str]) -> None:
    for row in make_copies(corpus(), *map(int, arguments)):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
