"""The grammar of verdicts: what can be said about a claim, a report, a name, a voice, a rule.

    clm_…        join clm_… | split clm_… | reject | type FRAME | date EDTF | actor CODE+CODE
                 target CODE+CODE | lead | lead FIELD | right | wrong
    rep_…        date EDTF | withdrawn
    name:WORDS   is CODE | is not CODE
    fct_…        outcome STATE clm_… clm_…
    rule:FILTER  reject | type FRAME | date EDTF | actor CODE+CODE | target CODE+CODE
    sam_…        right | wrong
    stm_…        credibility 1…6
    voice:SLUG   reliability A…F | same SLUG
    source:SLUG  reliability A…F
    own:WORDS    entry {JSON}
    dec_…        undo
    clm_, rep_, fct_, sam_ and name: also take `seen TOPIC` and `later DAY TOPIC` (see `queue.py`)

What arrives may come from a stranger's file: lengths are bounded, control characters refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeAlias, get_args

import msgspec

from chancery.errors import UsageError
from chancery.ledger.filters import parse_days
from chancery.ledger.rules import parse_rule
from chancery.model import Span
from chancery.reconciled import OutcomeState

Stretch: TypeAlias = tuple[date | None, date | None]
"""First and last day, either of them open."""

NAME: Final = "name:"
RULE: Final = "rule:"
OWN: Final = "own:"
VOICE: Final = "voice:"
SOURCE: Final = "source:"
RELIABILITY: Final = "reliability"
CREDIBILITY: Final = "credibility"
SAME: Final = "same"
GRADES: Final[Mapping[str, str]] = {RELIABILITY: "ABCDEF", CREDIBILITY: "123456"}
"""The two scales of NATO's STANAG 2511, from the best down; the last is *cannot be judged*."""
UNDO: Final = "undo"
NOBODY: Final = "-"
LEAD_FIELDS: Final = (
    "actors", "frame", "mode", "quantities", "standing", "targets", "type", "voice", "when", "where"
)  # fmt: skip
ALL_FIELDS: Final = "*"
MOST_CLAIMS: Final = 1000
"""More claims than this are a matter for a rule, not for one decision."""
LONGEST: Final[Mapping[str, int]] = {"about": 500, "verdict": 20_000, "reason": 5_000, "who": 200}

_ID: Final = re.compile(r"(clm|rep|fct|sam|stm|dec|hap)_[0-9a-f]{16}")
_CODE: Final = re.compile(r"[A-Z][A-Za-z0-9._]*")
_TOPIC: Final = re.compile(r"[a-z][a-z0-9-]*(?: [a-z0-9_]+)?")
_SLUG: Final = re.compile(r"[\w~-]+")
_FRAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)


class Verdict(msgspec.Struct, frozen=True):
    """A verdict taken apart: its kind, and what of the rest belongs to that kind.

    `claims` are the ids it names, `codes` those of a side (empty: nobody known), `value` a frame, a
    field, a state of a forecast, a grade, another voice, or the JSON of an entry.
    """

    kind: str
    value: str = ""
    claims: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    days: Stretch = (None, None)


def parse_verdict(about: str, verdict: str) -> Verdict:
    """Take a verdict apart; raises `UsageError` for one that means nothing about this subject."""
    kind, _, rest = verdict.strip().partition(" ")
    read = _READERS.get(subject_of(about), {}).get(kind)
    if read is None:
        raise UsageError(
            f"no such verdict about {about}: {verdict!r}", hint=_hint(subject_of(about))
        )
    try:
        return read(kind, rest.strip())
    except UsageError as error:
        hint = error.hint or _hint(subject_of(about))
        raise UsageError(f"{about}: {error.message}", hint=hint) from error


def subject_of(about: str) -> str:
    """Return what a decision is about, by the beginning of its name: `clm_`, `name:` and so on."""
    beginnings = [*_READERS, "dec_", "hap_"]
    return next((one for one in beginnings if about.startswith(one)), "")


def check_subject(about: str) -> None:
    """Refuse a subject that is no id, or nothing after its colon; raises `UsageError`."""
    subject = subject_of(about)
    if subject.endswith("_") and not _ID.fullmatch(about):
        raise UsageError(f"not an id: {about!r}", hint=f"ids look like {subject}4f2a91c077d05e3b")
    if subject.endswith(":") and not about[len(subject) :].strip():
        raise UsageError(f"nothing after {subject!r}", hint=_hint(subject))
    if subject == RULE:
        parse_rule(about[len(RULE) :])


def check_words(**fields: str) -> None:
    """Refuse fields that are too long or hold control characters; raises `UsageError`."""
    for name, words in fields.items():
        if len(words) > LONGEST[name]:
            raise UsageError(
                f"{name} has {len(words):,} characters", hint=f"at most {LONGEST[name]:,}"
            )
        if found := _UNSAFE.search(words):
            raise UsageError(
                f"{name} holds the control character U+{ord(found.group()):04X}",
                hint="write it without",
            )


def is_claim_id(words: str) -> bool:
    """Say whether this is the whole id of a claim."""
    return words.startswith("clm_") and _ID.fullmatch(words) is not None


def is_span(span: Span) -> bool:
    """Say whether a span can lie in a text at all."""
    return 0 <= span.start < span.end < 1 << 31


def parse_stretch(words: str) -> Stretch:
    """Return the first and last day of `2020-05`, `2020-02-01/2020-02-10`, `../2020` or `..`.

    A subset of EDTF (ISO 8601-2); an open end is none. Raises `UsageError` for anything else.
    """
    first, slash, last = words.partition("/")
    begins, ends = _end(first)[0], _end(last if slash else first)[1]
    if begins and ends and ends < begins:
        raise UsageError(f"{words!r} ends before it begins", hint="swap the two days?")
    return begins, ends


def _end(words: str) -> Stretch:
    return (None, None) if words.strip() == ".." else parse_days(words)


# One reader for each kind -----------------------------------------------------------------------


def _bare(kind: str, rest: str) -> Verdict:
    if rest:
        raise UsageError(f"{kind} takes nothing after it: {rest!r}")
    return Verdict(kind)


def _other(kind: str, rest: str) -> Verdict:
    if not is_claim_id(rest):
        raise UsageError(f"{kind} names one claim, not {rest!r}", hint=f"{kind} clm_…")
    return Verdict(kind, claims=(rest,))


def _frame(kind: str, rest: str) -> Verdict:
    if not _FRAME.fullmatch(rest):
        raise UsageError(f"not a frame: {rest!r}", hint="frames look like expel-diplomats")
    return Verdict(kind, rest)


def _days(kind: str, rest: str) -> Verdict:
    return Verdict(kind, rest, days=parse_stretch(rest))


def _side(kind: str, rest: str) -> Verdict:
    codes = () if rest == NOBODY else tuple(rest.split("+"))
    if odd := [code for code in codes if not _CODE.fullmatch(code)]:
        raise UsageError(f"not an actor's code: {odd[0]!r}", hint="codes look like BLR, BLR.GOV")
    return Verdict(kind, codes=tuple(sorted(set(codes))))


def _lead(kind: str, rest: str) -> Verdict:
    if rest and rest not in LEAD_FIELDS:
        raise UsageError(f"no field {rest!r}", hint=f"one of: {', '.join(LEAD_FIELDS)}")
    return Verdict(kind, rest or ALL_FIELDS)


def _same_person(kind: str, rest: str) -> Verdict:
    negated = rest.startswith("not ")
    code = rest.removeprefix("not ").strip()
    side = _side(kind, code)
    if len(side.codes) != 1:
        raise UsageError(f"a name is one actor's, not {code!r}")
    return msgspec.structs.replace(side, kind="is not" if negated else "is")


def _outcome(kind: str, rest: str) -> Verdict:
    words = rest.split()
    claims = tuple(word for word in words if word.startswith("clm_"))
    state = " ".join(words[: len(words) - len(claims)])
    if state not in get_args(OutcomeState):
        raise UsageError(
            f"no outcome {state!r}", hint=f"one of: {', '.join(get_args(OutcomeState))}"
        )
    if len(claims) > MOST_CLAIMS or not all(map(is_claim_id, claims)):
        raise UsageError(
            "the evidence of an outcome are ids of claims", hint="outcome partly clm_…"
        )
    return Verdict(kind, state, claims=claims)


def _grade(kind: str, rest: str) -> Verdict:
    grade = rest.upper()
    if len(grade) != 1 or grade not in GRADES[kind]:
        raise UsageError(
            f"no {kind} {rest!r}", hint=f"one of: {', '.join(GRADES[kind])}; the last: not judged"
        )
    return Verdict(kind, grade)


def _same_voice(kind: str, rest: str) -> Verdict:
    slug = rest.removeprefix(VOICE)
    if not slug or not _SLUG.fullmatch(slug):
        raise UsageError(f"{kind} names one other voice, not {rest!r}", hint=f"{kind} SLUG")
    return Verdict(kind, slug)


def _topic(kind: str, rest: str) -> Verdict:
    if not _TOPIC.fullmatch(rest):
        raise UsageError(f"{kind} says of which question: not {rest!r}", hint=f"{kind} undated")
    return Verdict(kind, rest, claims=tuple(filter(is_claim_id, rest.split())))


def _later(kind: str, rest: str) -> Verdict:
    day, _, topic = rest.partition(" ")
    return msgspec.structs.replace(_topic(kind, topic), days=parse_stretch(day))


def _entry(kind: str, rest: str) -> Verdict:
    try:
        msgspec.json.decode(rest, type=dict[str, object])
    except msgspec.DecodeError as error:
        raise UsageError(f"not the JSON of an entry: {error}") from error
    return Verdict(kind, rest)


Reader: TypeAlias = Callable[[str, str], Verdict]
_FOR_MANY: Final[Mapping[str, Reader]] = {
    "reject": _bare, "type": _frame, "date": _days, "actor": _side, "target": _side,
}  # fmt: skip
_MARKS: Final[Mapping[str, Reader]] = {"right": _bare, "wrong": _bare}
ASIDE: Final[Mapping[str, Reader]] = {"seen": _topic, "later": _later}
"""What the review queue keeps of a question that is closed, or put off, without any change."""
_READERS: Final[Mapping[str, Mapping[str, Reader]]] = {
    "clm_": {"join": _other, "split": _other, **_FOR_MANY, "lead": _lead, **_MARKS, **ASIDE},
    "rep_": {"date": _days, "withdrawn": _bare, **ASIDE},
    "fct_": {"outcome": _outcome, **ASIDE},
    "sam_": {**_MARKS, **ASIDE},
    "stm_": {CREDIBILITY: _grade},
    NAME: {"is": _same_person, **ASIDE},
    VOICE: {RELIABILITY: _grade, SAME: _same_voice},
    SOURCE: {RELIABILITY: _grade},
    RULE: _FOR_MANY,
    OWN: {"entry": _entry},
}
_HINTS: Final[Mapping[str, str]] = {
    "clm_": "a claim or happening takes join clm_…, split clm_…, reject, type FRAME, date 2020-05, "
    "actor CODE, target CODE, lead, lead FIELD, right or wrong",
    "rep_": "a report takes `date 2020-05` or `withdrawn`",
    "fct_": "a forecast takes `outcome STATE clm_…`, such as `outcome borne out clm_77d0…`",
    "sam_": "a proposal that two voices are one takes `right` or `wrong`",
    "stm_": "a statement takes `credibility 1` to `credibility 6`",
    VOICE: "a voice takes `reliability A` to `reliability F`, or `same SLUG` for another one",
    SOURCE: "an outlet takes `reliability A` to `reliability F`",
    "dec_": "a decision takes `undo`",
    NAME: "a name takes `is CODE` or `is not CODE`: name:Loekashenko, is BLR.GOV",
    RULE: "a rule takes reject, type FRAME, date 2020-05, actor CODE or target CODE",
    OWN: "one's own knowledge takes `entry {…}`, as `chancery import chronology` writes it",
}


def _hint(subject: str) -> str:
    usual = (
        f"decide about clm_…, hap_…, rep_…, fct_…, stm_…, dec_…, {NAME}…, {VOICE}…, {SOURCE}…, "
        f"{RULE}… or {OWN}…"
    )
    return _HINTS.get("clm_" if subject == "hap_" else subject, usual)
