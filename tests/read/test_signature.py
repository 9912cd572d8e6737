"""What stays of a report when it is translated and translated back."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from chancery.model import Report, Signature
from chancery.read.encoder import Encoder
from chancery.read.encodings import Encodings
from chancery.read.sentences import split_sentences
from chancery.read.signature import LEAST_WORDS, SIZE, key_of, make_signature

TEXT = (
    "Envoys meet\nOn Tuesday the envoy of Peru, Rosaura Quillca, met twelve men in Juliaca. "
    "Peru lost 87 million dollars and 1,200 lorries. The Peruvian's word stands. He left."
)


def signature(text: str, encoder: Encoder | None = None) -> Signature:
    title = text.partition("\n")[0]
    sentences = list(split_sentences(text, []))
    encodings = Encodings(text, sentences, encoder) if encoder else None
    return make_signature(Report(id="rep_1", text=text, title=title), sentences, encodings)


def test_names_and_numbers_stand_in_the_order_of_first_mention() -> None:
    assert signature(TEXT).marks == (
        "tuesday", "peru", "rosaura", "quillca", "#12", "juliaca", "#87000000", "#1200", "peruvian",
    )  # fmt: skip


def test_what_is_written_small_elsewhere_is_no_name() -> None:
    assert signature("Talks\nThe Talks ended, as talks do. A man of Lima left.").marks == ("lima",)


def test_without_the_model_sentences_have_no_meaning() -> None:
    assert signature(TEXT).meanings == ""


def test_each_sentence_of_some_length_has_a_meaning_of_64_bytes(tiny: Encoder) -> None:
    found = signature(TEXT, tiny)
    body = [one for one in split_sentences(TEXT, []) if one.span.start >= len("Envoys meet")]
    long = [one for one in body if len(one.words) >= LEAST_WORDS]
    steps = np.frombuffer(base64.b64decode(found.meanings), np.int8).reshape(-1, SIZE)
    assert len(steps) == len(long) == 3
    lengths = np.linalg.norm(steps.astype(float) / 256, axis=1)
    assert np.allclose(lengths, 1, atol=0.05)
    assert signature(TEXT, tiny) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("lukashenko", "loekasjenko"), ("torrico", "torriko"), ("quillca", "kilka")],
)
def test_spellings_of_one_name_are_looked_up_alike(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) is not None


@pytest.mark.parametrize(
    ("mark", "key"),
    [("#87", "#87"), ("#7", None), ("#2023", None), ("io", None), ("#2500", "#2500")],
)
def test_small_numbers_years_and_short_names_look_up_nothing(mark: str, key: str | None) -> None:
    assert key_of(mark) == key
