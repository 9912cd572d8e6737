"""A draft is what a format's reader found out about one report; finishing makes it a Report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from chancery.errors import Problem
from chancery.ingest.asides import find_asides
from chancery.ingest.days import BadDay, parse_published
from chancery.ingest.language import name_of, told_language
from chancery.ingest.limits import MAX_FIELD_CHARS
from chancery.ingest.opening import find_opening
from chancery.model import Aside, Report, When

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
REPLACEMENT: Final = "\ufffd"
UNDATED: Final = "undated"
SHORT_ID_CHARS: Final = len("rep_") + 8


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One report as a format's reader found it.

    `body` is exactly as received. `given` are the words in which the input states when it was
    published; `when` is set instead where a reader has worked it out already. `place` is where
    problems are reported: a file, or `file:line`. `not_taken` names the fields of a record that
    stand for none of ours.
    """

    place: str
    body: str
    title: str = ""
    given: str | None = None
    when: When | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    key: str | None = None
    asides: tuple[Aside, ...] = ()
    not_taken: str = ""
    problems: tuple[Problem, ...] = ()


def problem(code: str, message: str, place: str, hint: str, report: str | None = None) -> Problem:
    """Make a problem of the stage `ingest`; file names need not be Unicode, what is told must."""
    return Problem(
        stage="ingest",
        code=code,
        message=_storable(message),
        place=_storable(place),
        hint=hint,
        report=report,
    )


def finish(draft: Draft) -> Iterator[Report | Problem]:
    """Yield the report a draft describes, then what was wrong with it, each naming the report.

    A draft without any words gives a problem alone.
    """
    if not draft.body.strip() and not draft.title.strip():
        yield from draft.problems
        yield problem(
            "no-text", "no text in it", draft.place, "an article needs at least one sentence"
        )
        return
    report, problems = _make(draft)
    yield report
    if not report.published.known and "bad-date" not in {each.code for each in problems}:
        hint = f"set one with: chancery report date {report.id[:SHORT_ID_CHARS]} 2020-05"
        if draft.not_taken and draft.given is None:
            hint = f"is it in one of {draft.not_taken}? name it: --map published=NAME; or {hint}"
        problems.append(problem(UNDATED, "no date found", draft.place, hint))
    for each in (*draft.problems, *problems):
        yield msgspec.structs.replace(each, report=report.id)


def _make(draft: Draft) -> tuple[Report, list[Problem]]:
    problems: list[Problem] = []
    title = _storable(draft.title)
    body = _storable(draft.body)
    text = f"{title}\n{body}" if title else body
    if _UNSTORABLE.search(draft.title + draft.body) or _CONTROLS.search(text):
        problems.append(
            problem(
                "control-characters",
                "control characters in the text (NUL, escape sequences or broken Unicode)",
                draft.place,
                "the report is kept; NUL and lone surrogates became U+FFFD, one for one",
            )
        )
    opening = find_opening(text, len(title) + 1 if title else 0)
    when = draft.when or _given(draft, problems) or opening.when or When()
    asides = _merged(draft.asides, opening.asides, find_asides(text, bool(title)))
    language, doubt = told_language(text, draft.language, draft.place)
    problems += doubt
    source, url, key = _short(draft.source), _short(draft.url), _short(draft.key)
    report = Report(
        id=Report.make_id(text=text, title=title, published=when, source=source, url=url, key=key),
        text=text,
        title=title,
        published=when,
        source=source,
        url=url,
        language=language,
        key=key,
        asides=asides,
    )
    if language not in ("en", "und"):
        problems.append(
            problem(
                "language",
                f"written in {name_of(language)}: kept, searchable, not read",
                draft.place,
                "only English is read; set the field 'language' if this is wrong",
            )
        )
    return report, problems


def _given(draft: Draft, problems: list[Problem]) -> When | None:
    """Read the words that state the day; a day that is none is a problem, never a guess."""
    if draft.given is None or not draft.given.strip():
        return None
    try:
        return parse_published(draft.given)
    except BadDay as fault:
        problems.append(
            problem(
                "bad-date",
                f"published {draft.given[:60]!r}: {fault.message}",
                draft.place,
                "kept without a date; write days as 2020-02-10",
            )
        )
        return None


def _storable(text: str) -> str:
    """Replace what neither UTF-8 nor SQLite can hold, one character for one."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def _short(words: str | None) -> str | None:
    """Return a field's words on one line, or none where there are none."""
    if words is None:
        return None
    return " ".join(_storable(words[:MAX_FIELD_CHARS]).split()) or None


def _merged(*groups: tuple[Aside, ...]) -> tuple[Aside, ...]:
    """Join asides in order of place; of two that overlap the earlier, then the longer is kept."""
    kept: list[Aside] = []
    every = [aside for group in groups for aside in group]
    for aside in sorted(every, key=lambda aside: (aside.span.start, -aside.span.end)):
        if not kept or kept[-1].span.end <= aside.span.start:
            kept.append(aside)
    return tuple(kept)
