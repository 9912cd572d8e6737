"""What stays of a report when it is translated and translated back: its signature.

Names survive in another spelling, numbers as they are, and sentences keep their order and much of
their meaning. A signature holds the three, so that the ledger can tell a re-translated copy of a
report without reading it again. It is made of what the reader has worked out already.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from chancery.lexicon.romanise import romanise
from chancery.lexicon.sounds import sounds_of
from chancery.model import Report, Signature, Span
from chancery.read.encodings import Encodings
from chancery.read.sentences import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE: Final = 64
"""Numbers to a sentence: enough to tell like from unlike, few enough to keep for each."""

STEP: Final = 1 / 256
"""Of a number between −1 and 1, kept as a whole number of steps, −127…127."""

LEAST_WORDS: Final = 4
"""Of a sentence that has a meaning worth keeping."""

LEAST_LETTERS: Final = 3
"""Of a name."""

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS: Final = re.compile(r"[.,](?=\d{3}(?!\d))")
_POSSESSIVE: Final = re.compile(r"['’]s$|['’]")


def make_signature(
    report: Report, sentences: Sequence[Sentence], encodings: Encodings | None
) -> Signature:
    """Return a report's signature; without a model it has no meanings of sentences."""
    text = report.text
    body = [
        (number, sentence)
        for number, sentence in enumerate(sentences)
        if sentence.span.start >= len(report.title)
    ]
    common = {word.of(text) for _, one in body for word in one.words if text[word.start].islower()}
    marks: dict[str, None] = {}
    for number, sentence in body:
        named = _named(number, encodings)
        marks |= dict.fromkeys(_marks(text, sentence.words, named, common))
    return Signature(
        marks=tuple(marks),
        keys=tuple(sorted({key for mark in marks if (key := key_of(mark))})),
        meanings=_meanings(body, encodings),
    )


def _named(number: int, encodings: Encodings | None) -> set[int]:
    """Return which words of a sentence stand in a name that the model found."""
    tree = encodings.tree(number) if encodings else None
    names = tree.names if tree else ()
    return {word for name in names for word in range(name.first, name.last + 1)}


def _marks(text: str, words: Sequence[Span], named: set[int], common: set[str]) -> Iterator[str]:
    """Yield the names and numbers of a sentence: "kilka", "#87000000"."""
    forms = [word.of(text) for word in words]
    table = _table()
    for place, form in enumerate(forms):
        number = _number_of(form)
        if number is not None:
            after = forms[place + 1].casefold() if place + 1 < len(forms) else ""
            yield _written(number * table["scales"].get(after, 1))
        elif (
            form[0].isupper()
            and len(form) >= LEAST_LETTERS
            and (place in named or (place and form.lower() not in common))
        ):
            yield _POSSESSIVE.sub("", romanise(form))


def _written(number: float) -> str:
    return f"#{int(number)}" if number.is_integer() else f"#{number}"


def _number_of(form: str) -> float | None:
    spelled = _table()["numbers"].get(form.casefold())
    if spelled is not None:
        return float(spelled)
    if not _NUMBER.fullmatch(form):
        return None
    plain = _THOUSANDS.sub("", form)
    digits = plain.replace(",", ".") if plain.count(",") + plain.count(".") == 1 else plain
    return float(re.sub(r"[:,]", "", digits if digits.count(".") < 2 else digits.replace(".", "")))


def key_of(mark: str) -> str | None:
    """Return what a mark is looked up by: a name's consonants as they sound, or a number.

    None where that says too little: small numbers, years, names of few consonants.
    """
    keys = _table()["keys"]
    if mark.startswith("#"):
        number = float(mark[1:])
        first, last = keys["years"]
        return mark if number >= keys["least_number"] and not first <= number <= last else None
    letters = ""
    for sound in sounds_of(mark):
        letter = _confused().get(sound, sound)
        if letter not in keys["vowels"] and not letters.endswith(letter):
            letters += letter
    return letters if len(letters) >= keys["least_letters"] else None


def _meanings(body: Sequence[tuple[int, Sentence]], encodings: Encodings | None) -> str:
    """Return the sentences' embeddings, made smaller by a fixed projection onto signs.

    D. Achlioptas, Journal of Computer and System Sciences 66 (2003): each is multiplied by a matrix
    of signs, brought to length 1 and kept in whole steps, one byte a number, all in base64.
    """
    import numpy as np

    found = [
        tree.meaning
        for number, sentence in body
        if encodings and len(sentence.words) >= LEAST_WORDS and (tree := encodings.tree(number))
    ]
    if not found:
        return ""
    small = np.stack(found).astype(np.float64) @ _signs(len(found[0]))
    small /= np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
    steps = np.clip(np.rint(small / STEP), -127, 127).astype(np.int8)
    return base64.b64encode(steps.tobytes()).decode("ascii")


@cache
def _signs(size: int) -> NDArray[np.float64]:
    """Return a matrix of −1 and 1, size × 64, from the bits of a hash: the same everywhere."""
    import numpy as np

    bits = hashlib.shake_256(b"chancery signature").digest(size * SIZE // 8)
    signs = np.unpackbits(np.frombuffer(bits, np.uint8)).astype(np.float64) * 2 - 1
    matrix: NDArray[np.float64] = signs.reshape(size, SIZE)
    return matrix


@cache
def _table() -> dict[str, Any]:
    source = resources.files("chancery.read") / "data" / "signature.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _confused() -> dict[str, str]:
    return {sound: group[0] for group in _table()["keys"]["confused"] for sound in group}
