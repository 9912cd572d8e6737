"""Frames: kinds of deeds, the words that tell them, and examples that run as tests.

In comes a folder of TOML files, one frame each (`expel-diplomats.toml`); out come `FrameEntry`s.
A cue is written as words: the first word of a verb cue stands for all its forms, `a|b` for either
word, `~` for up to four words in between, `+` for one to four, and a last word that is a
preposition says that the target follows it: `impose|slap ~ sanctions on`. Nouns stand for singular
and plural.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from chancery.errors import Problem
from chancery.lexicon.verbs import noun_forms, verb_forms
from chancery.model import EventType, Frame

CueKind: TypeAlias = Literal["verb", "noun"]
GAPS: Final = {"~": 0, "+": 1}
"""Signs of a gap, with the fewest words it takes."""
FEWEST_EXAMPLES: Final = 5
FEWEST_COUNTER_EXAMPLES: Final = 3
ARROW: Final = " => "

QUAD: Final[dict[str, int]] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
    "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER's quad classes; SANCTION is material conflict, as the type's own section has it."""

MODES: Final[dict[str, frozenset[str]]] = {
    "CONSULT": frozenset({"visit", "third-party", "multilateral", "phone"}),
    "RETREAT": frozenset(
        {"withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"}
    ),
    "REQUEST": frozenset({"assist", "change", "yield", "meet"}),
    "REJECT": frozenset({"assist", "change", "yield", "meet"}),
    "ACCUSE": frozenset({"disapprove", "investigate", "allege"}),
    "THREATEN": frozenset(
        {"restrict", "arrest", "relations", "expel", "territory", "violence", "ban", "rights"}
    ),
    "PROTEST": frozenset({"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"}),
    "SANCTION": frozenset({"convict", "expel", "withdraw", "discontinue"}),
    "MOBILIZE": frozenset({"troops", "weapons", "police", "militia"}),
    "COERCE": frozenset(
        {
            "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
            "misinformation", "cyber",
        }
    ),
    "ASSAULT": frozenset(
        {
            "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
            "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
            "unconventional",
        }
    ),
}  # fmt: skip
"""PLOVER's modes by type; a type that is not listed has none."""


DIRECTED: Final = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "ASSAULT", "AID"})
"""Types of which a mere noun ("demands", "criticism") tells a deed only with its target."""


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """Words that tell a deed.

    `parts` are the words in order, each as the forms it may take; a sign of `GAPS` alone is a
    gap. `forms` gives the tags of the first word's forms (see `verbs.py`), empty for a noun.
    `target` lists what may bring in the done-to: `object`, or a preposition. A `mutual` deed has
    its parties on one side; one that `needs_target` is none where nobody stands as target; an
    `agentless` one is kept where its doer is not named. `of` says which side a noun's "of" names.
    """

    frame: str
    kind: CueKind
    parts: tuple[tuple[str, ...], ...]
    forms: dict[str, str] = {}
    target: tuple[str, ...] = ("object",)
    mutual: bool = False
    needs_target: bool = False
    agentless: bool = False
    of: Literal["actor", "target", "none"] = "target"


class FrameEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A frame with its cues, examples (`words => claim`) and counter-examples (words alone)."""

    frame: Frame
    cues: tuple[Cue, ...]
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


class FrameFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frame's table as a person writes it; `weak_verbs` tell the deed only with a target."""

    type: EventType
    phrase: str
    cameo: str
    intensity: float
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    weak_verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    target: tuple[str, ...] = ("object",)
    noun_target: tuple[str, ...] = ("against", "on", "of", "in", "to", "with", "for")
    noun_of: Literal["actor", "target", "none"] = "target"
    mutual: bool = False
    needs_target: bool = False
    agentless: bool = False
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


def load_frames(folder: Path) -> tuple[dict[str, FrameEntry], list[Problem]]:
    """Load every frame of a folder, by id; faults come back as problems that name the field."""
    entries: dict[str, FrameEntry] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        table = _decode(path, problems)
        if table is None:
            continue
        faults = list(_faults(path.stem, table))
        problems += faults
        if not faults:
            entries[path.stem] = _entry(path.stem, table)
    return entries, problems


def _decode(path: Path, problems: list[Problem]) -> FrameFile | None:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), FrameFile)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(_fault(path.stem, "", f"not TOML in UTF-8: {error}"))
    except msgspec.ValidationError as error:
        message, _, field = str(error).partition(" - at `")
        problems.append(_fault(path.stem, field.rstrip("`"), message))
    return None


def _faults(name: str, table: FrameFile) -> list[Problem]:
    faults = []
    if table.mode is not None and table.mode not in MODES.get(table.type, ()):
        known = ", ".join(sorted(MODES.get(table.type, ()))) or "none"
        faults.append(_fault(name, "$.mode", f"{table.type} has no mode {table.mode!r}: {known}"))
    if not table.cameo.isdigit() or not 2 <= len(table.cameo) <= 4:
        faults.append(_fault(name, "$.cameo", f"{table.cameo!r} is no CAMEO code of 2-4 digits"))
    if not -10 <= table.intensity <= 10:
        faults.append(_fault(name, "$.intensity", f"{table.intensity} is not within -10 and 10"))
    if not table.verbs and not table.nouns:
        faults.append(_fault(name, "$.verbs", "a frame needs a verb or a noun"))
    for field in ("verbs", "weak_verbs", "nouns"):
        faults += _cue_faults(name, field, getattr(table, field))
    return faults + _example_faults(name, table)


def _cue_faults(name: str, field: str, cues: tuple[str, ...]) -> list[Problem]:
    return [
        _fault(name, f"$.{field}[{place}]", f"{cue!r} must begin and end with a word")
        for place, cue in enumerate(cues)
        if not cue.split() or {cue.split()[0], cue.split()[-1]} & set(GAPS) or cue != cue.lower()
    ]


def _example_faults(name: str, table: FrameFile) -> list[Problem]:
    faults = []
    if len(table.examples) < FEWEST_EXAMPLES:
        faults.append(_fault(name, "$.examples", f"fewer than {FEWEST_EXAMPLES} examples"))
    if len(table.not_examples) < FEWEST_COUNTER_EXAMPLES:
        message = f"fewer than {FEWEST_COUNTER_EXAMPLES} counter-examples"
        faults.append(_fault(name, "$.not_examples", message))
    for place, example in enumerate(table.examples):
        claim = example.partition(ARROW)[2].partition(",")[0].split()
        if len(claim) != 3 or claim[1] != name:
            message = f"expected 'words{ARROW}ACTORS {name} TARGETS', got {example!r}"
            faults.append(_fault(name, f"$.examples[{place}]", message))
    return faults


def _fault(name: str, field: str, message: str) -> Problem:
    place = f"lexicon/frames/{name}.toml"
    return Problem(
        stage="lexicon",
        code="bad-frame",
        message=message,
        place=f"{place}: {field}" if field else place,
        hint="docs/lexicon.md lists the fields of a frame",
    )


def _entry(name: str, table: FrameFile) -> FrameEntry:
    frame = Frame(
        id=name, type=table.type, mode=table.mode, phrase=table.phrase, cameo=table.cameo,
        intensity=table.intensity, quad=QUAD[table.type],
    )  # fmt: skip
    verbs = (
        *(_verb_cue(name, words, table, weak=False) for words in table.verbs),
        *(_verb_cue(name, words, table, weak=True) for words in table.weak_verbs),
    )
    nouns = (_noun_cue(name, words, table) for words in table.nouns)
    return FrameEntry(
        frame=frame,
        cues=(*verbs, *nouns),
        examples=table.examples,
        not_examples=table.not_examples,
    )


def _verb_cue(name: str, words: str, table: FrameFile, *, weak: bool) -> Cue:
    first, *rest = words.split()
    forms: dict[str, str] = {}
    for lemma in first.split("|"):
        for form, tags in verb_forms(lemma).items():
            forms[form] = "".join(sorted({*forms.get(form, ""), *tags}))
    return Cue(
        frame=name, kind="verb", parts=(tuple(forms), *(tuple(part.split("|")) for part in rest)),
        forms=forms, target=table.target, mutual=table.mutual,
        needs_target=table.needs_target or weak,
        agentless=table.agentless,
    )  # fmt: skip


def _noun_cue(name: str, words: str, table: FrameFile) -> Cue:
    *before, last = words.split()
    nouns = tuple(form for noun in last.split("|") for form in noun_forms(noun))
    return Cue(
        frame=name, kind="noun", parts=(*(tuple(part.split("|")) for part in before), nouns),
        target=table.noun_target, mutual=table.mutual, agentless=table.agentless, of=table.noun_of,
        needs_target=table.needs_target or table.type in DIRECTED,
    )  # fmt: skip
