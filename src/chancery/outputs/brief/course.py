"""What led up to a subject and what followed: earlier and later happenings, by a documented sum.

The weights stand in `weights.toml` under `course`. Rows without a day of their own are not put on
the line of time by guess: they make groups of their own, under the report's words for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec

from chancery.model import Happening, When
from chancery.outputs.brief.material import Material
from chancery.outputs.brief.notes import NoteBook, line_of, support_of
from chancery.outputs.brief.nouns import Line, Saying
from chancery.outputs.brief.passages import names_somebody, subject_names
from chancery.outputs.brief.settings import questions, weights, wording
from chancery.outputs.brief.subject import Subject
from chancery.outputs.brief.wanted import content_words, overlaps, share_of
from chancery.outputs.words import listed, party

SHOWN: Final = frozenset({"happened", "ongoing", "planned"})
DAYS_OF_YEAR: Final = 365.25
NEAR_DAYS: Final = 14
"""What is only bounded by a day further from the subject's than this is left out."""


class Step(msgspec.Struct, frozen=True):
    """One step of a course: rows that tell one deed, and what they are worth."""

    rows: tuple[Happening, ...]
    score: float

    @property
    def lead(self) -> Happening:
        """Return the row that is shown."""
        return self.rows[0]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The steps before a subject, during and after it, and those that no day puts anywhere.

    `vague` are bounded so that they are not later than the subject, `unclear` not even that.
    """

    during: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    vague: tuple[Step, ...] = ()
    unclear: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    undated: tuple[Step, ...] = ()

    def steps(self) -> tuple[Step, ...]:
        """Return all steps, in the order of the page."""
        return (
            *self.before, *self.vague, *self.during, *self.unclear, *self.after, *self.undated
        )  # fmt: skip

    def rows(self) -> list[Happening]:
        """Return all rows of the course."""
        return [row for step in self.steps() for row in step.rows]


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The parties of a subject: those on it, and a third that its reasons name."""

    parties: tuple[str, ...]
    third: tuple[str, ...] = ()


def find_course(subject: Subject, sides: Sides, material: Material) -> Course:
    """Return the course that a subject stands in."""
    rows = _pool(subject, sides, material)
    rater = _Rater(subject, sides, rows, material)
    coded = sorted((rater.step(row) for row in rater.worth_reading()), key=_worth)
    best = coded[: weights().course.most_read]
    material.fetch_reports(material.lead(step.lead).report for step in best)
    open_rows = [step.lead for step in best if not step.lead.when.known]
    material.fetch_told({report for row in open_rows for report in row.reports}, "claims")
    read = (rater.read(step) for step in best if rater.may_stand(step.lead))
    steps = _alike(sorted(read, key=_worth), material)
    kept = [step for step in steps if step.score >= weights().course.least]
    parts: dict[str, list[Step]] = {
        name: [] for name in ("before", "vague", "unclear", "during", "after", "undated", "late")
    }
    for step in kept:
        parts[_part(step.lead, subject, material)].append(step)
    rule = weights().course
    return Course(
        before=_chosen(parts["before"], rule.most, material),
        vague=_chosen(parts["vague"], rule.most_vague, material),
        unclear=_chosen(parts["unclear"], rule.most_vague, material),
        during=_chosen(parts["during"], rule.most_during, material),
        after=_chosen(parts["after"], rule.most_after, material),
        undated=_chosen(parts["undated"], rule.most_undated, material),
    )


def _pool(subject: Subject, sides: Sides, material: Material) -> list[Happening]:
    """Return what may belong to the course: of both sides, of a third one with one of them."""
    codes, most = sides.parties, weights().found.most_rows
    groups: list[tuple[str, ...]] = [(one, two) for one in codes for two in codes if one < two]
    if len(codes) == 1:
        groups = [(codes[0],)]
    groups += [(third, one) for third in sides.third for one in codes if third != one]
    found: dict[str, Happening] = {}
    for group in groups:
        rows = material.happenings(group, limit=most, min=weights().course.least_certainty_told)
        found |= {row.id: row for row in rows}
    home = sorted({report for row in subject.rows for report in row.reports})
    found |= {row.id: row for row in material.happenings_told(home)}
    for row in subject.rows:
        found.pop(row.id, None)
    return sorted(found.values(), key=lambda row: row.id)


def without_tellings(course: Course, subject: Subject) -> tuple[Course, list[Happening]]:
    """Take out of a course what tells of the subject itself: of its kind, parties and days.

    It would be told twice; its reports count among those that tell of the subject.
    """
    home, lead = questions().family, subject.lead
    sides = {party(code) for code in (*lead.actors, *lead.targets)}

    def is_telling(row: Happening) -> bool:
        same = {party(code) for code in (*row.actors, *row.targets)} == sides
        day = overlaps(row.when, subject.when) and row.when.first and row.when.last
        return bool(same and day) and home(row.frame) == home(lead.frame) and (
            row.standing == lead.standing
        )  # fmt: skip

    told = [row for step in course.during for row in step.rows if is_telling(row)]
    during = tuple(step for step in course.during if not is_telling(step.lead))
    return msgspec.structs.replace(course, during=during), told


class _Rater:
    """Rates rows for the course of one subject."""

    def __init__(
        self, subject: Subject, sides: Sides, rows: Sequence[Happening], material: Material
    ) -> None:
        self.subject, self.sides, self.rows, self.material = subject, sides, rows, material
        self._reports = {report for row in subject.rows for report in row.reports}
        self._kin = {
            report
            for row in rows
            if len(sides.parties) > 1 and set(sides.parties) <= set(material.parties(row))
            for report in row.reports
        }
        self._words = content_words(
            " ".join(material.sentence_words(material.lead(row)) for row in subject.rows)
        )
        self._names = subject_names(subject, material)
        material.fetch_links(subject.rows)
        linked = (link for row in subject.rows for link in material.links(row))
        self._linked = {name for link in linked for name in (link.first, link.second)}

    def may_be(self, row: Happening) -> bool:
        """Say whether a row is sure enough to be shown, and about anybody that matters."""
        rule, material = weights().course, self.material
        parties = set(material.parties(row))
        touched = parties & {*self.sides.parties, *self.sides.third}
        told = self._reports & set(row.reports)
        least = rule.least_certainty_told if told else rule.least_certainty
        sure = (row.certainty or 0.0) >= least and row.standing in SHOWN
        return bool(touched) and sure and not _is_late(row, self.subject)

    def may_stand(self, row: Happening) -> bool:
        """Say whether the words of a row bear out what is coded of it."""
        material, lead = self.material, self.material.lead(row)
        parties = set(material.parties(row))
        if not (material.sides(lead)[0] and material.trusted(lead) and material.together(lead)):
            return False
        mentions = (*lead.actors, *lead.targets)
        if any(material.names_another(one, lead.report) for one in mentions):
            return False
        beside = not self._reports & set(row.reports)
        if material.stands_for_another(lead) or (beside and material.in_passing(lead)):
            return False
        if not (material.firm(lead) or self._plain(row, parties)):
            return False
        return row.when.known or row.id in self._linked or any(
            names_somebody(report, self.subject, material) for report in row.reports
        )  # fmt: skip

    def _plain(self, row: Happening, parties: set[str]) -> bool:
        """Say whether a deed told in other words than the lexicon's may stand all the same.

        So it may between both sides, or between one of them and the third party, if it is likely.
        """
        own, third = set(self.sides.parties), set(self.sides.third)
        if row.frame in weights().course.remarks and not (row.when.first and row.when.last):
            return False
        likely = (row.certainty or 0.0) >= weights().course.least_certainty_unlike
        with_third = len(parties) == 2 and bool(parties & own) and bool(parties & third)
        return parties == own or (with_third and likely)

    def worth_reading(self) -> list[Happening]:
        """Return the rows that may be among the best, whoever takes part in them by name.

        Only their leading claims are fetched.
        """
        rule = weights().course
        rated = [(self.coded(row), row) for row in self.rows if self.may_be(row)]
        best = sorted((score for score, _ in rated), reverse=True)[: rule.most_read][-1:]
        kept = [row for score, row in rated if score + rule.person >= best[0]]
        self.material.fetch_leads(kept)
        return kept

    def step(self, row: Happening) -> Step:
        """Rate one row."""
        lead = self.material.lead(row)
        named = bool(self._names & {one.name for one in lead.actors + lead.targets})
        return Step((row,), round(self.coded(row) + weights().course.person * named, 6))

    def coded(self, row: Happening) -> float:
        """Rate what is coded of a row, but for the people in it."""
        weight, material = weights().course, self.material
        parties, own = set(material.parties(row)), set(self.sides.parties)
        both = len(own) > 1 and own <= parties
        third = bool(parties & set(self.sides.third)) and bool(parties & own)
        frame = material.lexicon.frames.get(row.frame)
        told = bool(self._reports & set(row.reports))
        return (
            (weight.both if both else weight.third if third else weight.one)
            + (weight.told if told else weight.kin * bool(self._kin & set(row.reports)))
            + weight.link * (row.id in self._linked)
            + weight.gravity * (abs(frame.intensity) / 10 if frame else 0.0)
            + weight.certainty * (row.certainty or 0.0)
            + weight.recent / (1 + _years_between(row.when, self.subject.when))
            + weight.own_day * bool(row.when.first and row.when.last)
            + weight.remark * (row.frame in weight.remarks)
            + weight.remark_elsewhere * (row.frame in weight.remarks and not told)
        )

    def read(self, step: Step) -> Step:
        """Rate the words of a row as well."""
        rule, lead = weights().course, self.material.lead(step.lead)
        words = rule.words * share_of(self._words, self.material.sentence_words(lead))
        return Step(step.rows, round(step.score + words, 6))


def _years_between(one: When, other: When) -> float:
    days = [when.first or when.last for when in (one, other)]
    if days[0] is None or days[1] is None:
        return 1.0
    return abs((days[0] - days[1]).days) / DAYS_OF_YEAR


def _worth(step: Step) -> tuple[float, str]:
    return -step.score, step.lead.id


def _is_late(row: Happening, subject: Subject) -> bool:
    """Say whether a row's days put it beyond what may have led up to the subject or followed it."""
    when, other = row.when, subject.when
    if not when.known or not other.known:
        return False
    if other.first and when.last and when.last < other.first:
        return row.standing == "planned"
    if other.last and when.first and when.first > other.last:
        return (when.first - other.last).days > weights().course.longest_after
    bound = when.last or when.first
    if (when.first and when.last) or not (bound and other.last):
        return False
    told = set(row.reports) & {report for one in subject.rows for report in one.reports}
    return not told and _apart(bound, other.last) > NEAR_DAYS


def _part(row: Happening, subject: Subject, material: Material) -> str:
    """Say on which side of the subject a row's days put it, if on any."""
    when, other = row.when, subject.when
    if not when.known or not other.known:
        return "undated"
    if _is_late(row, subject):
        return "late"
    if other.first and when.last and when.last < other.first:
        return "before"
    if other.last and when.first and when.first > other.last:
        return "after"
    if not (when.first and when.last):
        if _beside(row, subject, material):
            return "during"
        before = when.last and other.last and when.last <= other.last
        return "vague" if before and row.frame not in weights().course.remarks else "unclear"
    return "before" if other.first and when.first < other.first else "during"


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)


def _beside(row: Happening, subject: Subject, material: Material) -> bool:
    """Say whether a row without a day of its own belongs beside the subject rather than before it.

    So it does where the same person acts, or where it is of the subject's own kind.
    """
    if row.standing == "planned":
        return True
    acting = {one.name for one in material.lead(row).actors if one.name}
    same = {one.name for one in material.lead(subject.lead).actors if one.name}
    family = questions().family
    both = set(material.parties(row)) == set(material.parties(subject.lead))
    return bool(acting & same) or (both and family(row.frame) == family(subject.lead.frame))


def _alike(steps: Sequence[Step], material: Material) -> list[Step]:
    """Make one step of rows that tell one kind of deed between the same sides on the same days.

    So are rows of one sentence: it is quoted once.
    """
    kept: list[Step] = []
    for step in steps:
        at = next((at for at, one in enumerate(kept) if _same(one, step, material)), None)
        if at is None:
            kept.append(step)
        else:
            kept[at] = Step((*kept[at].rows, *step.rows), kept[at].score)
    return kept


def _same(one: Step, other: Step, material: Material) -> bool:
    leads = [material.lead(step.lead) for step in (one, other)]
    spans = [(lead.report, material.sentence(lead.report, lead.words)) for lead in leads]
    if spans[0] == spans[1]:
        return True
    if one.lead.frame != other.lead.frame:
        return False
    sides = [set(material.parties(step.lead)) for step in (one, other)]
    touch = overlaps(one.lead.when, other.lead.when, weights().course.same_days)
    closed = all(step.lead.when.first and step.lead.when.last for step in (one, other))
    return sides[0] == sides[1] and bool(touch) and closed


def _chosen(steps: Sequence[Step], most: int, material: Material) -> tuple[Step, ...]:
    """Choose the best, not too many of one kind, in the order of their days."""
    count: Counter[tuple[object, ...]] = Counter()
    rule, kept = weights().course, list[Step]()
    for step in steps:
        lead = step.lead
        kind = lead.frame, tuple(sorted(material.parties(lead)))
        day = lead.reports[0], lead.when.first, lead.when.last
        if len(kept) < most and count[kind] < rule.most_alike and count[day] < rule.most_of_a_day:
            kept.append(step)
            count.update((kind, day))
    return tuple(sorted(kept, key=_day))


def _day(step: Step) -> tuple[date, date, str]:
    when = step.lead.when
    return when.first or when.last or date.max, when.last or date.max, step.lead.id


def course_lines(steps: Iterable[Step], book: NoteBook, group: str = "") -> list[Line]:
    """Make a line of each step: its days, who and to whom, and the words that tell it."""
    return [step_line(step, book, group) for step in steps]


def step_line(step: Step, book: NoteBook, group: str = "") -> Line:
    """Make the line of one step."""
    material = book.material
    sayings: list[Saying] = []
    seen = set[str]()
    for row in step.rows:
        lead = material.lead(row)
        saying = book.told(lead)
        if lead.report not in seen and len(sayings) < MOST_TELLINGS:
            sayings.append(saying)
            seen.add(lead.report)
    return line_of(
        material.pair(step.lead) + _standing(step.lead),
        sayings,
        [row.id for row in step.rows],
        support=listed((support_of(step.rows, material), *_marks(step.rows, material))),
        date=material.date(step.lead),
        group=wording().groups[group] if group else "",
    )


MOST_TELLINGS: Final = 3
"""Reports quoted for one step."""


def _marks(rows: Sequence[Happening], material: Material) -> list[str]:
    """Return what is odd about every report that tells a step, where a reader must be warned."""
    reports = {report for row in rows for report in row.reports}
    traits = [set(material.report(report).traits) for report in sorted(reports)]
    return [mark for mark in wording().warnings if all(mark in one for one in traits)]


def _standing(row: Happening) -> str:
    return "" if row.standing == "happened" else f" ({row.standing})"
