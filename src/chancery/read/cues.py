"""Finds the words that hand a passage to somebody: "said", "according to", "pointed out".

The verbs and their forms lie in `data/voices.toml`. Words of many senses count only where what
follows or precedes them shows that speech is meant.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple, TypeAlias

from chancery.model import Span, Stance

SPEECH_REACH: Final = 12
"""Words after a verb of many senses within which a quotation shows that speech is meant."""

CueKind: TypeAlias = Literal["say", "about", "source"]

OPEN_MARKS: Final = frozenset({'"', "“", "``", "«", "‘", "„", "''"})


class VoiceWords(NamedTuple):
    """The tables of `data/voices.toml`; `forms` gives each verb form its base."""

    forms: Mapping[str, str]
    about: frozenset[str]
    particles: Mapping[str, frozenset[str]]
    weak: frozenset[str]
    idioms: Mapping[str, frozenset[str]]
    institutions: frozenset[str]
    addressing: frozenset[str]
    addressed: frozenset[str]
    media: frozenset[str]
    inverting: frozenset[str]
    leads: tuple[tuple[str, ...], ...]
    stances: Mapping[str, Stance]
    documents: frozenset[str]
    anonymous: frozenset[str]
    stops: frozenset[str]
    prepositions: frozenset[str]
    inner_prepositions: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    adverbs: frozenset[str]
    auxiliaries: frozenset[str]
    titles: frozenset[str]
    definite_people: frozenset[str]
    future_marks: frozenset[str]
    future_phrases: tuple[str, ...]
    speech_headings: tuple[str, ...]
    first_person: frozenset[str]


class Cue(NamedTuple):
    """A cue in a sentence: its first and last word, the verb's base, and how it takes its parts."""

    first: int
    last: int
    base: str
    kind: CueKind


@cache
def voice_words() -> VoiceWords:
    """Load the tables, once per process."""
    source = resources.files("chancery.read") / "data" / "voices.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    irregular = table["irregular"]
    verbs = table["verbs"]
    bases = {*verbs["say"]["words"].split(), *verbs["about"]["words"].split()}
    bases |= set(verbs["with_particle"])
    stops = table["stops"]
    stances: dict[str, Stance] = {}
    for stance in ("denies", "doubts", "foresees"):
        for base in table["stances"][stance].split():
            stances[base] = stance
    return VoiceWords(
        forms={form: base for base in sorted(bases) for form in _forms(base, irregular)},
        about=frozenset(verbs["about"]["words"].split()),
        particles={
            base: frozenset(words.split()) for base, words in verbs["with_particle"].items()
        },
        weak=frozenset(table["weak"]["forms"].split()),
        idioms={base: frozenset(words.split()) for base, words in table["idioms"].items()},
        institutions=frozenset(table["institutions"]["nouns"].split()),
        addressing=frozenset(table["addressing"]["verbs"].split()),
        addressed=frozenset(table["addressing"]["people"].split()),
        media=frozenset(table["media"]["nouns"].split()),
        inverting=frozenset(table["inverting"]["verbs"].split()),
        leads=tuple(tuple(lead.split()) for lead in table["sources"]["leads"]),
        stances=stances,
        documents=frozenset(table["documents"]["nouns"].split()),
        anonymous=frozenset(table["anonymous"]["nouns"].split()),
        stops=frozenset(stops["words"].split()),
        prepositions=frozenset(stops["prepositions"].split()),
        inner_prepositions=frozenset(stops["inner_prepositions"].split()),
        determiners=frozenset(stops["determiners"].split()),
        pronouns=frozenset(stops["pronouns"].split()),
        adverbs=frozenset(stops["adverbs"].split()),
        auxiliaries=frozenset(stops["auxiliaries"].split()),
        titles=frozenset(table["titles"]["words"].split()),
        definite_people=frozenset(table["titles"]["definite_people"].split()),
        future_marks=frozenset(table["future"]["marks"].split()),
        future_phrases=tuple(table["future"]["phrases"]),
        speech_headings=tuple(table["speeches"]["headings"]),
        first_person=frozenset(table["speeches"]["first_person"]),
    )


def _forms(base: str, irregular: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a verb's forms: the listed ones, or those the spelling rules of English give."""
    if base in irregular:
        return {base, *irregular[base]}
    if base.endswith("e"):
        return {base, f"{base}s", f"{base}d", f"{base[:-1]}ing"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"}
    plural = f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
    return {base, plural, f"{base}ed", f"{base}ing"}


def find_cues(text: str, words: Sequence[Span]) -> Iterator[Cue]:
    """Yield a sentence's cues in order; `words` are its words."""
    forms = [word.of(text) for word in words]
    lower = [form.lower().replace("’", "'") for form in forms]
    for index, form in enumerate(lower):
        if lead := _source_lead(lower, index):
            yield Cue(index, index + lead - 1, "according", "source")
        elif (
            form in voice_words().forms
            and not forms[index][:1].isupper()
            and (cue := _verb_cue(lower, index))
        ):
            yield cue


def _source_lead(lower: Sequence[str], index: int) -> int:
    for lead in voice_words().leads:
        if tuple(lower[index : index + len(lead)]) == lead:
            return len(lead)
    return 0


def _verb_cue(lower: Sequence[str], index: int) -> Cue | None:
    """Return the cue that a verb form is here, or none where it is a noun or another sense."""
    tables = voice_words()
    form, base = lower[index], tables.forms[lower[index]]
    following = lower[index + 1] if index + 1 < len(lower) else ""
    before = lower[index - 1] if index else ""
    if before in {"to", "not", "n't", "-"} or (
        before in tables.determiners and before not in {"that", "this"}
    ):
        return None
    last, kind = index, _kind_of(base)
    if base in tables.particles:
        if following in tables.particles[base]:
            last = index + 1
            kind = (
                "about"
                if following in {"for", "on", "of", "to", "about"} and base != "go"
                else "say"
            )
            following = lower[last + 1] if last + 1 < len(lower) else ""
        elif base not in tables.about:
            return None
    if following in tables.idioms.get(base, ()):
        return None
    if form in tables.weak and last == index and not _shows_speech(lower, index):
        return None
    auxiliary = _past_adverbs(lower, index)
    if auxiliary in _PASSIVE and not form.endswith("ing"):
        return None
    first = index
    while first and lower[first - 1] in _PERFECT | _PASSIVE:
        first -= 1
    return Cue(first, last, base, kind)


_PERFECT: Final = frozenset({"has", "have", "had", "'s", "'ve"})
_PASSIVE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def _past_adverbs(lower: Sequence[str], index: int) -> str:
    """Return the word before a verb and its adverbs: "is" in "is often called"."""
    before = index - 1
    while before >= 0 and (
        lower[before] in voice_words().adverbs or (lower[before].endswith("ly"))
    ):
        before -= 1
    return lower[before] if before >= 0 else ""


def _kind_of(base: str) -> CueKind:
    return "about" if base in voice_words().about else "say"


def _shows_speech(lower: Sequence[str], index: int) -> bool:
    """Say whether a clause, colon or quotation is near: "found that", "report: …", ", he noted"."""
    after = lower[index + 1 : index + 1 + SPEECH_REACH]
    if after and after[0] in {":", ",", "whether", "how", "why", "what"}:
        return True
    stop = next((place for place, form in enumerate(after) if form in {",", ".", ";"}), len(after))
    near = after[:stop]
    return "that" in near[:4] or not OPEN_MARKS.isdisjoint(near)
