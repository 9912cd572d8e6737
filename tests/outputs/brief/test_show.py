"""A brief as text and Markdown: quotations in their marks, report text made harmless."""

from __future__ import annotations

from datetime import date

from chancery.model import Cite, Span, When
from chancery.outputs.brief import (
    Brief,
    Line,
    Note,
    Question,
    Saying,
    Section,
    Told,
    brief_lines,
    brief_markdown,
)
from chancery.outputs.brief.show import quoted, refs

WORDS = "It was *bold* \x1b[31m and <b>wide</b>."


def made() -> Brief:
    cite = Cite(
        claim="", report="rep_00000000000000aa", source=None, title="A # title",
        published=When(first=date(2020, 1, 1), last=date(2020, 1, 1)), words=WORDS,
        span=Span(0, len(WORDS)), trigger=Span(3, 6), paragraph=1, sentence=WORDS,
    )  # fmt: skip
    line = Line(
        text="A → B", rows=("hap_00000000000000aa",), date="2020", support="1r/1o", notes=(1,),
        sayings=(Saying(words=WORDS[:14], voice="● own voice", note=1),),
    )  # fmt: skip
    return Brief(
        question=Question(words="why [x](y)?", asks="why", about="x"),
        title="Why [x](y)?",
        subjects=("hap_00000000000000aa",),
        sections=(Section(key="led up", title="WHAT LED UP", lines=(line,)),),
        notes=(Note(number=1, letter="A", cite=cite),),
        reports=(Told(letter="A", report=cite.report, words="1 Jan 2020 · A # title"),),
        coverage="from 1 report",
        snapshot="snp_00000000000000aa",
    )


def test_text_shows_control_characters() -> None:
    text = "\n".join(brief_lines(made(), 60))
    assert "\x1b" not in text
    assert "␛[31m" in text
    assert "“It was *bold* …”  ●\u00a0own voice [1]" in text
    assert "[1] A ¶1, characters 0–" in text
    assert text.endswith("from 1 report")


def test_markdown_is_escaped() -> None:
    text = brief_markdown(made())
    assert "# Why \\[x\\](y)?" in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "\\*bold\\*" in text


def test_quotations_show_where_words_are_left_out() -> None:
    answer = made()
    saying = Saying(words="was *bold*", voice="", note=1)
    assert quoted(saying, answer.notes) == "“… was *bold* …”"


def test_runs_of_notes_are_drawn_together() -> None:
    assert refs([1, 2, 3, 5]) == "[1–3] [5]"
