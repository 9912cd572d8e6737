"""What the model's scores come to: roles, what belongs together, and how words are laid out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from chancery.lexicon import Lexicon
from chancery.model import Report, Span, Statement
from chancery.read import Reader
from chancery.read.attributions import Attribution
from chancery.read.dates import find_times
from chancery.read.encoder import Encoder, RoleScores
from chancery.read.encodings import Encodings
from chancery.read.page import Page
from chancery.read.role_layout import (
    CONTENT,
    CUE,
    LONGEST_WINDOW,
    ROLES,
    SOURCE,
    STEPS,
    Layout,
    distances,
    lay_out_words,
)
from chancery.read.roles import Relation, Stretch, relations, together
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements, ruled_attributions

NEVER = -1e4
TEXT = "Ode Berg said that the dam had failed. “It will hold,” Ana Vik told reporters."


def scores(roles: str, cues: dict[int, int], sources: dict[int, int]) -> RoleScores:
    """Make scores that are sure of a role a letter: - none, S s source, C c cue, T t content."""
    count, letters = len(roles), "-SsCcTt"
    sure = np.zeros((count, len(ROLES)), np.float32)
    for place, letter in enumerate(roles):
        sure[place, letters.index(letter)] = 9
    moves = np.zeros((len(ROLES), len(ROLES)), np.float32)
    for inside in (2, 4, 6):
        moves[[n for n in range(7) if n not in (inside, inside - 1)], inside] = NEVER
    pointers = [np.zeros((count, count), np.float32) for _ in range(2)]
    for pointer, pairs in zip(pointers, (cues, sources), strict=True):
        for place, other in pairs.items():
            pointer[place, other] = 9
    begins = np.asarray([0, 0, NEVER, 0, NEVER, 0, NEVER], np.float32)
    return RoleScores(sure, *pointers, moves, begins)


def found(text: str, encoder: Encoder | None = None) -> list[Statement]:
    sentences = split_sentences(text)
    encodings = Encodings(text, sentences, encoder) if encoder else None
    times = find_times(text, sentences, Report(id="rep_0", text=text).published)
    return find_statements("rep_0", text, sentences, [], times, encodings)


def layout_of(text: str) -> Layout:
    page = Page(text, split_sentences(text), [])
    return lay_out_words(page, ruled_attributions(page), [None] * len(page.sentences))


def test_a_content_goes_to_its_cue_and_a_cue_to_its_source() -> None:
    said = scores("SsC-TttSCTt", {4: 2, 5: 2, 6: 2, 9: 8, 10: 8}, {2: 0, 8: 7})
    assert relations(said) == [
        Relation(Stretch(SOURCE, 0, 2), Stretch(CUE, 2, 3), (Stretch(CONTENT, 4, 7),)),
        Relation(Stretch(SOURCE, 7, 8), Stretch(CUE, 8, 9), (Stretch(CONTENT, 9, 11),)),
    ]


def test_a_content_may_be_without_a_cue_and_a_cue_without_a_source() -> None:
    assert relations(scores("TtCT", {0: 0, 1: 0, 3: 2}, {0: 0, 2: 2})) == [
        Relation(None, None, (Stretch(CONTENT, 0, 2),)),
        Relation(None, Stretch(CUE, 2, 3), (Stretch(CONTENT, 3, 4),)),
    ]


def test_a_cue_that_brings_nothing_in_is_none() -> None:
    assert relations(scores("SC--", {}, {1: 0})) == []


def test_roles_are_well_formed() -> None:
    (relation,) = relations(scores("-tt-", {1: 1, 2: 1}, {1: 1}))
    assert relation.contents == (Stretch(CONTENT, 1, 3),)


def test_the_rules_name_a_speaker_where_the_model_does_not() -> None:
    said = Span(14, 37)
    learnt = Attribution(None, None, "say", (said,))
    ruled = Attribution(Span(0, 8), Span(9, 13), "say", (said,))
    assert together([learnt], [ruled], [ruled]) == [ruled]
    other = ruled._replace(pieces=(Span(40, 52),))
    assert together([learnt], [other], []) == [learnt]
    assert together([learnt], [other], [other]) == [learnt, other]


def test_words_are_laid_out_with_what_the_rules_hold_them_for() -> None:
    layout = layout_of(TEXT)
    words = [word.of(TEXT) for word in layout.words]
    told = dict(zip(words, layout.told, strict=True))
    assert (told["Ode"], told["said"], told["that"], told["dam"]) == (1, 3, 5, 6)
    quotes = dict(zip(words, layout.quotes, strict=True))
    assert (quotes["“"], quotes["hold"], quotes["”"], quotes["told"]) == (1, 2, 3, 0)


def test_windows_are_whole_sentences_and_leave_no_word_out() -> None:
    text = "\n".join(" ".join(["The dam held for a week."] * 9) for _ in range(12))
    layout = layout_of(text)
    windows = layout.windows()
    assert [first for first, _ in windows] == [0, *(end for _, end in windows[:-1])]
    assert windows[-1][1] == len(layout.words)
    assert all(end - first <= LONGEST_WINDOW for first, end in windows)
    assert all(layout.paragraphs[end - 1] != layout.paragraphs[end] for _, end in windows[:-1])


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    layout = layout_of("dam " * (LONGEST_WINDOW + 5))
    assert layout.windows() == [(0, LONGEST_WINDOW), (LONGEST_WINDOW, len(layout.words))]


def test_distances_have_numbers_that_grow_and_a_side() -> None:
    numbers = distances(300)
    assert numbers[5, 5] == 0
    assert numbers[0, 3] == STEPS + 3
    assert numbers[3, 0] == 3
    forward: Sequence[int] = numbers[0, 1:].tolist()
    assert list(forward) == sorted(forward)
    assert numbers.max() < 2 * STEPS


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_the_model_reads_who_says_what(encoder: Encoder) -> None:
    first, second = found(TEXT, encoder)
    assert first.content.of(TEXT) == "that the dam had failed"
    assert second.content.of(TEXT) == "It will hold"
    names = [statement.voice.name for statement in (first, second)]
    assert [name and name.of(TEXT) for name in names] == ["Ode Berg", "Ana Vik"]
    assert (first.mode, second.mode) == ("indirect", "direct")


def test_reading_again_finds_the_same(encoder: Encoder) -> None:
    assert found(TEXT, encoder) == found(TEXT, Encoder.load())


def test_a_text_without_words_has_no_statements(encoder: Encoder) -> None:
    assert found("", encoder) == []


def test_a_text_that_cannot_be_encoded_is_read_by_the_rules(encoder: Encoder) -> None:
    text = "Ode Berg said that the dam had failed " + "zxqwvkjhgpzxqwv " * 180 + "."
    (sentence,) = split_sentences(text)
    assert not encoder.fits([word.of(text) for word in sentence.words])
    assert found(text, encoder) == found(text)


def test_the_reader_without_a_model_reads_by_the_rules() -> None:
    report = Report(id="rep_0", text=TEXT, language="en")
    reading = Reader.load("frames", Lexicon.load()).read_one(report)
    assert list(reading.statements) == found(TEXT)
