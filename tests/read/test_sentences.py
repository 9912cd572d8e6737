"""Words and sentences: how newspaper text falls apart, and that offsets always hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import Span
from chancery.read.sentences import LONGEST_SENTENCE, split_sentences
from chancery.read.words import split_words


def words_of(text: str) -> list[str]:
    return [word.of(text) for word in split_words(text)]


def sentences_of(text: str, asides: tuple[Span, ...] = ()) -> list[str]:
    return [sentence.span.of(text) for sentence in split_sentences(text, asides)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't and won’t.", "They|do|n't|and|wo|n’t|."),
        ("Minsk's envoy isn't theirs'", "Minsk|'s|envoy|is|n't|theirs|'"),
        ("I cannot, you're gonna", "I|can|not|,|you|'re|gon|na"),
        ("O'Brien and D'Souza", "O'Brien|and|D'Souza"),
        ("a long-range, anti-ship missile", "a|long|-|range|,|anti-ship|missile"),
        ("the ex-minister's U.S.-led force", "the|ex-minister|'s|U.S.|-|led|force"),
        ("Mr. Ray of Acme Inc. paid $1,200.50", "Mr.|Ray|of|Acme|Inc.|paid|$|1,200.50"),
        ("at 10:30 p.m. on the 21st", "at|10:30|p.m.|on|the|21st"),
        ("George W. Bush in the 1990s", "George|W.|Bush|in|the|1990s"),
        ("see https://a.example/b?c=1, or x@y.org", "see|https://a.example/b?c=1|,|or|x@y.org"),
        ("US$3bn – 40% (of it)…", "US$|3|bn|–|40|%|(|of|it|)|…"),
        ("“Why?!” he asked...", "“|Why|?!|”|he|asked|..."),
        ("Turkey–Syria border", "Turkey|–|Syria|border"),
        ("Łódź, Kyiv’s São Paulo", "Łódź|,|Kyiv|’s|São|Paulo"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert words_of(text) == words.split("|")


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left.", "She stayed."],
        ["Mr. Smith met Gen. Lee in St. Petersburg.", "They talked."],
        ["It happened in the U.S.", "The army denied it."],
        ["The U.S. Army denied it."],
        ["J. R. Ray and George W. Bush came at 5 p.m. on Monday."],
        ["Talks began at 5 p.m.", "The envoys left early."],
        ["“We will go.", "We will win,” he said."],
        ["“Will they go?” Mr Ray asked.", "Nobody knew."],
        ["“They must go!”", "The crowd had come early."],
        ["It fell 3.5 percent in Jan. 2019 to 1.2 million."],
        ["He (the envoy. Not the minister) left."],
        ["She waited… and left."],
        ["“It is over.”", "He left."],
        ["Foo Corp. and Bar Ltd. agreed.", "“Good,” he said."],
        ["The vote was on Sept. 5.", "Turnout was low."],
    ],
)
def test_sentence_ends(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_the_title_line_is_a_sentence_by_itself() -> None:
    text = "Envoys expelled over spy row\nMinsk expelled two envoys. They left on Friday."
    assert sentences_of(text) == [
        "Envoys expelled over spy row",
        "Minsk expelled two envoys.",
        "They left on Friday.",
    ]


def test_wrapped_lines_are_joined_and_others_are_not() -> None:
    wrapped = (
        "Title\n\nThe ministry said that the envoys\nwould leave. It gave no reason for\nthis."
    )
    assert sentences_of(wrapped) == [
        "Title",
        "The ministry said that the envoys\nwould leave.",
        "It gave no reason for\nthis.",
    ]
    listed = "Title\n\nThe parties agreed:\n- to stop firing\n- to free all prisoners of war"
    assert sentences_of(listed) == [
        "Title",
        "The parties agreed:",
        "- to stop firing",
        "- to free all prisoners of war",
    ]


@pytest.mark.parametrize(
    ("lead", "rest"),
    [
        ("MINSK, Belarus (AP) —", "The president spoke."),
        ("WASHINGTON (Reuters) -", "Two envoys left."),
        ("LONDON –", "“No comment,” he said."),
        ("14:05 GMT", "Police close the road."),
        ("10.45am –", "The minister arrives."),
    ],
)
def test_datelines_and_clock_times_stand_alone(lead: str, rest: str) -> None:
    assert sentences_of(f"Title\n{lead} {rest}") == ["Title", lead, rest]


def test_asides_are_left_out() -> None:
    text = "Title\nBy A. Writer\nThe envoys left. More on this story"
    asides = (Span(6, 18), Span(text.index("More"), len(text)))
    assert sentences_of(text, asides) == ["Title", "The envoys left."]


def test_a_sentence_too_long_is_cut_at_a_safe_place() -> None:
    text = "; ".join(["the envoys met the ministers of both states"] * 60) + "."
    found = split_sentences(text)
    assert len(found) > 1
    assert all(len(sentence.words) <= LONGEST_SENTENCE for sentence in found)
    assert all(sentence.span.of(text).endswith((";", ".")) for sentence in found)
    assert [word for s in found for word in s.words] == split_words(text)


@given(
    st.text(alphabet=st.sampled_from("aB.U!?\"'“”() \n-—;:,1é\u2028\x0b\t$&@#/’n't")) | st.text()
)
def test_offsets_hold_for_any_text(text: str) -> None:
    found = split_sentences(text)
    words = [word for sentence in found for word in sentence.words]
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(word.of(text) and not word.of(text).isspace() for word in words)
    covered = "".join(word.of(text) for word in words)
    assert covered == "".join(text.split())
    assert all((s.span.start, s.span.end) == (s.words[0].start, s.words[-1].end) for s in found)


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
def test_no_word_lies_in_an_aside(text: str, pairs: list[tuple[int, int]]) -> None:
    asides = [Span(min(pair), max(pair)) for pair in pairs]
    words = [word for sentence in split_sentences(text, asides) for word in sentence.words]
    assert not any(word.overlaps(aside) for word in words for aside in asides)


@pytest.mark.parametrize("part", ["A-", "a.b-", " (", "a@", "word, ", "re-", '?" ', "A "])
def test_repetition_without_end_is_no_trap(part: str) -> None:
    text = "Title\n" + part * 20_000
    found = split_sentences(text)
    assert sum(len(sentence.words) for sentence in found) > 1
