from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import OWN_VOICE, Mention, Span, Statement, When
from chancery.read.dates import find_times
from chancery.read.sentences import split_sentences
from chancery.read.voices import find_statements, voice_of


def statements_in(text: str, mentions: list[Mention] | None = None) -> list[Statement]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, When())
    return find_statements("rep_0000", text, sentences, mentions or [], times)


def told(text: str) -> list[tuple[str, str | None]]:
    return [
        (item.content.of(text), item.voice.name.of(text) if item.voice.name else None)
        for item in statements_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker", "mode"),
    [
        ("Anna Berg said the talks had failed.", "the talks had failed", "Anna Berg", "indirect"),
        ("Anna Berg said that the talks had failed.", "that the talks had failed", "Anna Berg",
         "indirect"),
        ("The talks had failed, officials said.", "The talks had failed", "officials", "indirect"),
        ("According to two envoys, the talks had failed.", "the talks had failed", "two envoys",
         "indirect"),
        ("The talks had failed, according to Anna Berg.", "The talks had failed", "Anna Berg",
         "indirect"),
        ("“The talks have failed,” Anna Berg said.", "The talks have failed", "Anna Berg",
         "direct"),
        ('"The talks have failed," said Anna Berg, who led them.', "The talks have failed",
         "Anna Berg, who led them", "direct"),
        ("«The talks have failed», Anna Berg said.", "The talks have failed", "Anna Berg",
         "direct"),
        ("Anna Berg told reporters on Friday that the talks had failed.",
         "that the talks had failed", "Anna Berg", "indirect"),
        ("Anna Berg, a former envoy to Oslo, said the talks had failed.", "the talks had failed",
         "Anna Berg, a former envoy to Oslo,", "indirect"),
        ("Anna Berg said the talks were “a waste of time.”", "the talks were “a waste of time.”",
         "Anna Berg", "mixed"),
        ("On Friday, the ministry said the talks had failed.", "the talks had failed",
         "the ministry", "indirect"),
        ("The answer, according to two envoys, was a refusal.",
         "The answer, according to two envoys, was a refusal", "two envoys", "indirect"),
    ],
)  # fmt: skip
def test_one_statement(text: str, content: str, speaker: str, mode: str) -> None:
    (item,) = statements_in(text)
    assert item.content.of(text) == content
    assert item.voice.name is not None
    assert item.voice.name.of(text).rstrip(",") == speaker.rstrip(",")
    assert item.mode == mode


def test_a_split_quotation_is_one_statement_a_piece() -> None:
    text = "“It is late,” Anna Berg said, “and we must go home.”"
    assert told(text) == [("It is late", "Anna Berg"), ("and we must go home", "Anna Berg")]


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    text = "“We came in peace,” Anna Berg said. “We found none.\n\n“We left in great haste.”"
    assert {speaker for _, speaker in told(text)} == {"Anna Berg"}
    assert told(text)[-1][0] == "We left in great haste"


def test_a_later_quotation_takes_the_speaker_of_its_paragraph() -> None:
    text = "“It is late,” Anna Berg said. “We have a long way to go.”"
    assert told(text)[1] == ("We have a long way to go", "Anna Berg")


@pytest.mark.parametrize(
    "text",
    [
        "He ran the so-called “deep state” office.",
        "The “Friends of Peace” group met on Friday.",
        "The reports were sent to the capital.",
        "The ministry declined to comment.",
        "Norway is often called a land of fjords.",
        "The envoy has been widely described as a liar.",
        "The group has claimed responsibility for the blast.",
    ],
)
def test_no_statement(text: str) -> None:
    assert statements_in(text) == []


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Anna Berg", "named"),
        ("The White House", "named"),
        ("The ministry", "named"),
        ("Spokeswoman Anna Berg", "named"),
        ("A senior State Department official", "anonymous"),
        ("Two diplomats", "anonymous"),
        ("Officials in Kyiv", "anonymous"),
        ("A ministry spokesman", "anonymous"),
        ("The report", "document"),
        ("A poll by Gallup", "document"),
    ],
)
def test_kinds_of_voice(speaker: str, kind: str) -> None:
    (item,) = statements_in(f"{speaker} said that the talks had failed.")
    assert item.voice.kind == kind


@pytest.mark.parametrize(
    ("verb", "stance"),
    [("denied", "denies"), ("doubted", "doubts"), ("predicted", "foresees"), ("said", "says")],
)
def test_stances(verb: str, stance: str) -> None:
    (item,) = statements_in(f"Anna Berg {verb} that the talks had failed.")
    assert item.voice.stance == stance


def test_a_forecast_has_its_deadline() -> None:
    text = "Anna Berg said the number of envoys would double by 2031."
    (item,) = statements_in(text)
    assert item.foresees
    assert item.deadline is not None
    assert item.deadline.edtf() == "../2031-12-31"


def test_a_surname_is_filled_in_from_before() -> None:
    text = "Ambassador Anna Berg arrived. “We must talk now,” Berg said."
    (item,) = statements_in(text)
    assert item.voice.full_name == "Anna Berg"


def test_a_mention_gives_the_actor() -> None:
    text = "The ministry said the talks had failed."
    (item,) = statements_in(text, [Mention(span=Span(0, 12), actor="NOR.GOV", score=1.0)])
    assert item.voice.actor == "NOR.GOV"


def test_the_innermost_voice_counts() -> None:
    text = "Anna Berg said that Olaf Lund told them that the talks had failed."
    items = statements_in(text)
    start = text.index("talks")
    voice = voice_of(Span(start, start + 5), items)
    assert voice.name is not None
    assert voice.name.of(text) == "Olaf Lund"
    assert len(items) == 2


def test_words_outside_any_statement_are_the_outlet_s_own() -> None:
    text = "The envoys left. Anna Berg said the talks had failed."
    assert voice_of(Span(4, 10), statements_in(text)) == OWN_VOICE


def test_a_signed_statement_is_the_signer_s_word() -> None:
    text = (
        "Statement by President Anna Berg\n"
        "We stand with our friends in these hard days. I call for an end to the war at last."
    )
    assert {speaker for _, speaker in told(text)} == {"President Anna Berg"}


PIECES = """
said told that , . “ ” " ' : Anna Berg officials the a report according to who and
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=30))
def test_any_words_give_statements_within_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for item in statements_in(text):
        assert 0 <= item.content.start < item.content.end <= len(text)
        assert item.voice.name is None or item.voice.name.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        '"a b c d e f," he said. ' * 2_000,
        "X said that " * 5_000,
        "“ a " * 10_000,
        ", a, b" * 10_000 + " said",
        "Aa Bb Cc said. " * 3_000,
        "'a " * 15_000,
    ],
)
def test_long_odd_input_takes_linear_time(text: str) -> None:
    sentences = split_sentences(text)
    started = time.process_time()
    find_statements("rep_0000", text, sentences, [], [])
    assert time.process_time() - started < 10
