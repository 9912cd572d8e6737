"""A tiny real model, trained as the shipped one is but small enough to keep beside the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Mention, When
from chancery.read.encoder import Encoder
from chancery.read.mentions import find_mentions
from chancery.read.parse import parse
from chancery.read.sentences import split_sentences
from chancery.read.states import Line, lay_out

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny_model"


@pytest.fixture(scope="session")
def tiny() -> Encoder:
    return Encoder.load(TINY)


@pytest.fixture(scope="session")
def line_of() -> Callable[[str], Line]:
    """Return what lays out a sentence with its mentions and the shipped parser's tree."""
    lexicon, encoder = Lexicon.load(), Encoder.load()
    day = date(2020, 2, 3)
    published = When(first=day, last=day, basis="stated")

    def laid(text: str) -> Line:
        sentence, *_ = sentences = split_sentences(text)
        mentions = find_mentions(text, sentences, lexicon, published)
        return lay_out(text, sentence, parse(text, sentence, encoder), mentions, is_title=False)

    return laid


@pytest.fixture(scope="session")
def mentions_of() -> Callable[[str], dict[str, Mention]]:
    """Return what finds the mentions of a text of 3 February 2020, by their words."""
    lexicon, day = Lexicon.load(), date(2020, 2, 3)
    published = When(first=day, last=day, basis="stated")

    def found(text: str) -> dict[str, Mention]:
        mentions = find_mentions(text, split_sentences(text), lexicon, published)
        return {mention.span.of(text): mention for mention in mentions}

    return found
