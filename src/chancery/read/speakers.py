"""Finds the words that name a speaker beside a cue, and what kind of voice they are.

There is no parser here: a noun phrase is what can be walked to from the verb without crossing a
word that ends one. An appositive or relative clause between commas belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from chancery.model import Mention, Span, VoiceKind
from chancery.read.cues import OPEN_MARKS, voice_words

LONGEST_SPEAKER: Final = 40
"""Words."""

LONGEST_APPOSITIVE: Final = 28
"""Words."""

QUOTE_MARKS: Final = OPEN_MARKS | {"”", "»", "’"}
_DASHES: Final = frozenset({"-", "–", "—", "--", "_"})


class Words(NamedTuple):
    """A sentence's words: their spans, their forms, and the forms in lower case."""

    spans: Sequence[Span]
    forms: Sequence[str]
    lower: Sequence[str]
    times: frozenset[int] = frozenset()

    def span(self, first: int, last: int) -> Span:
        """Return the span from one word to another, both included."""
        return Span(self.spans[first].start, self.spans[last].end)


def words_of(text: str, spans: Sequence[Span], times: Sequence[Span] = ()) -> Words:
    """Gather a sentence's words; `times` are the places of its dates, which name no speaker."""
    forms = [span.of(text) for span in spans]
    starts = [span.start for span in spans]
    dated = frozenset(
        index
        for time in times
        for index in range(bisect_left(starts, time.start), bisect_left(starts, time.end))
    )
    return Words(spans, forms, [form.lower().replace("’", "'") for form in forms], dated)


def is_quote_mark(form: str) -> bool:
    """Say whether a word is a quotation mark."""
    return form in QUOTE_MARKS


def speaker_before(words: Words, verb: int) -> tuple[int, int] | None:
    """Return the first and last word of the noun phrase that a verb has for its subject."""
    tables = voice_words()
    last = verb - 1
    while last >= 0 and (
        last in words.times
        or (words.lower[last] == "on" and last + 1 in words.times)
        or words.lower[last] in tables.adverbs
        or words.lower[last] in tables.auxiliaries
        or (words.lower[last].endswith("ly") and words.forms[last].islower())
    ):
        last -= 1
    if last < 0:
        return None
    if words.lower[last] in {"who", "which", "that"}:
        last -= 1
        if last >= 0 and words.forms[last] == ",":
            last -= 1
        phrase = _phrase_ending(words, last) if last >= 0 else None
        return phrase if phrase and _can_speak(words, *phrase) else None
    if words.forms[last] == ",":
        return _with_appositive(words, last)
    return _with_title_before(words, _phrase_ending(words, last))


def subject_of(words: Words) -> tuple[int, int] | None:
    """Return the noun phrase a sentence begins with, past a lead such as "In a statement, …"."""
    first = 0
    led = words.lower[:1] == ["according"] or words.lower[0] in voice_words().prepositions
    if led and "," in words.forms:
        first = words.forms.index(",") + 1
    last = first - 1
    for index in range(first, min(len(words.forms), first + LONGEST_SPEAKER)):
        form = words.forms[index]
        opens = words.lower[index] in voice_words().determiners | voice_words().pronouns
        if not (opens or _continues(words, index)) or (form.islower() and form.endswith("ed")):
            break
        last = index
    return (first, last) if last >= first and _can_speak(words, first, last) else None


def _with_title_before(words: Words, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """Take in an office told before the name: "the party's leader, Jeremy Corbyn, said"."""
    if phrase is None or phrase[0] < 2 or words.forms[phrase[0] - 1] != ",":
        return phrase
    office = _phrase_ending(words, phrase[0] - 2)
    tables = voice_words()
    nouns = tables.definite_people | tables.anonymous
    if office and words.lower[office[1]] in nouns and _starts_clause(words, office[0]):
        return office[0], phrase[1]
    return phrase


def _with_appositive(words: Words, comma: int) -> tuple[int, int] | None:
    """Go back over "…, a former minister who …," to the name before it."""
    for index in range(comma - 1, max(-1, comma - LONGEST_APPOSITIVE), -1):
        if is_quote_mark(words.forms[index]) or words.forms[index] in {";", ":"}:
            return None
        if words.forms[index] != "," or index == comma - 1:
            continue
        phrase = _phrase_ending(words, index - 1) if index else None
        if phrase and _starts_clause(words, phrase[0]) and _can_speak(words, *phrase):
            return phrase[0], comma - 1
    return None


def _starts_clause(words: Words, first: int) -> bool:
    """Say whether a phrase begins a sentence, or follows a quotation, a comma or a conjunction."""
    if first == 0:
        return True
    before = words.lower[first - 1]
    return (
        is_quote_mark(before)
        or before in {",", ";", ":", "and", "but", "that", "as", "while"} | _DASHES
    )


def _can_speak(words: Words, first: int, last: int) -> bool:
    """Say whether a phrase names somebody: a name, a pronoun, or a noun that stands for people."""
    tables = voice_words()
    for index in range(first, last + 1):
        lower = words.lower[index]
        if (
            lower in tables.anonymous
            or lower in tables.definite_people
            or lower in tables.documents
        ):
            return True
        if lower in tables.pronouns or (
            words.forms[index][:1].isupper() and lower not in tables.prepositions
        ):
            return True
    return False


def _phrase_ending(words: Words, last: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends at a word, walking left."""
    tables = voice_words()
    if words.lower[last] in tables.pronouns:
        return last, last
    if not _belongs(words, last):
        return None
    first = last
    while first > 0 and last - first < LONGEST_SPEAKER:
        before = words.lower[first - 1]
        if before == "that" and not _points(words, first):
            break
        if before in tables.determiners and before != "no":
            first -= 1
            if first and words.lower[first - 1] in {"of", "for", "at"} and first - 1 > 0:
                first -= 1
                continue
            if first and words.lower[first - 1] in tables.determiners - {"that", "this"}:
                first -= 1
            if (
                first
                and words.lower[first - 1] in tables.inner_prepositions
                and _noun_before(words, first - 1)
            ):
                first -= 1
                continue
            break
        if not _continues(words, first - 1):
            break
        first -= 1
    while first < last and (
        words.lower[first] in tables.prepositions
        or words.lower[first] in {"and", "&", "of", "for", "'s", "-"}
    ):
        first += 1
    return first, last


def _points(words: Words, index: int) -> bool:
    """Say whether "that" before a word points ("that official") rather than opens a clause."""
    form = words.forms[index]
    return form.islower() and not form.endswith("s") and form not in voice_words().determiners


def _continues(words: Words, index: int) -> bool:
    """Say whether a noun phrase reaches back over a word: a noun, "and" or "of" between nouns."""
    lower = words.lower[index]
    if lower in {"and", "&"}:
        return index > 0 and _coordinates(words, index)
    if lower in voice_words().inner_prepositions and index > 0 and _noun_before(words, index):
        return True
    return _belongs(words, index)


def _belongs(words: Words, index: int) -> bool:
    """Say whether a word can stand within a noun phrase."""
    tables = voice_words()
    form, lower = words.forms[index], words.lower[index]
    if index in words.times:
        return False
    if lower in tables.stops or lower in tables.prepositions or is_quote_mark(form):
        return False
    if (
        lower in tables.forms
        and form.islower()
        and lower not in tables.weak
        and lower not in tables.documents
    ):
        return False
    if form in {"'s", "’s", "-", "&", "."}:
        return True
    if (
        lower in {"of", "for"}
        or form in {",", ";", ":", "(", ")", "!", "?", "…"}
        or form in _DASHES
    ):
        return False
    return form[:1].isalnum() or form[:1] in "$#@"


def _noun_before(words: Words, preposition: int) -> bool:
    """Say whether a preposition hangs on a noun: "officials in Kiev", not "met in Kiev"."""
    before = words.forms[preposition - 1]
    lower = words.lower[preposition - 1]
    tables = voice_words()
    if words.lower[preposition] == "by":
        return lower in tables.documents
    if words.lower[preposition] == "of":
        return _belongs(words, preposition - 1) or lower in {"some", "many", "one", "most"}
    if lower in tables.anonymous or lower in tables.definite_people or lower in tables.documents:
        return True
    return before[:1].isupper() and lower not in tables.pronouns and preposition - 1 > 0


def _coordinates(words: Words, conjunction: int) -> bool:
    """Say whether "and" joins two names rather than two clauses."""
    left, right = words.forms[conjunction - 1], words.forms[conjunction + 1]
    return (
        left[:1].isupper()
        and (right[:1].isupper() or right.islower())
        and words.lower[conjunction - 1] not in voice_words().pronouns
        and right[:1].isupper()
    )


def speaker_after(
    words: Words, verb: int, limit: int, *, is_source: bool = False
) -> tuple[int, int] | None:
    """Return the noun phrase after a verb or "according to": "said Berg, who led …"."""
    tables = voice_words()
    first = verb + 1
    if first >= limit:
        return None
    if words.lower[first] in tables.pronouns:
        return first, first
    last = first - 1
    index = first
    by_whom = False
    while index < limit:
        form, lower = words.forms[index], words.lower[index]
        if lower in {"by", "from", "released", "published", "issued"} and (
            by_whom or _is_document(words, index)
        ):
            by_whom = True
            index += 1
            continue
        if is_quote_mark(form) or form in {";", ":", "(", ")"} or form in _DASHES - {"-"}:
            break
        if form == ",":
            if not _appositive_follows(words, index, limit, is_source):
                break
            end = _appositive_end(words, index, limit)
            return first, end
        if lower in {
            "that",
            "when",
            "as",
            "after",
            "before",
            "while",
            "during",
            "because",
            "if",
            "to",
            "by",
            "but",
            "adding",
        }:
            break
        if lower in {"in", "on", "at"} and not (last >= first and _noun_before(words, index)):
            break
        if lower == "on" or (lower in tables.forms and form.islower() and lower not in tables.weak):
            break
        last = index
        index += 1
    while last >= first and words.forms[last] in {".", ",", "'s", "-"}:
        last -= 1
    return (first, last) if last >= first else None


def _is_document(words: Words, index: int) -> bool:
    """Say whether the word before is a text, so that "by" tells whose: "a poll published by …"."""
    return index > 0 and words.lower[index - 1] in voice_words().documents


def _appositive_follows(words: Words, comma: int, limit: int, is_source: bool) -> bool:
    """Say whether what follows a comma describes the name before it."""
    if comma + 1 >= limit:
        return False
    following = words.lower[comma + 1]
    if following in {"a", "an", "who", "whose", "which"}:
        return True
    if is_source:
        return False
    return following in {"the", "his", "her", "its", "one"} or following in voice_words().titles


def _appositive_end(words: Words, comma: int, limit: int) -> int:
    """Return the last word of the description: up to the next comma, quotation or the end."""
    for index in range(comma + 1, min(limit, comma + LONGEST_APPOSITIVE)):
        if words.forms[index] in {",", ";", ":"} or is_quote_mark(words.forms[index]):
            return index - 1
    end = min(limit, comma + LONGEST_APPOSITIVE) - 1
    return end - 1 if words.forms[end] in {".", "!", "?"} else end


def kind_of(text: str, speaker: Span) -> VoiceKind:
    """Say whether a speaker is named, anonymous or a document, by the words that name it.

    "Two senior officials" and "a State Department spokesman" stay without a name; an office that
    one person holds ("the president"), a body and a name are named.
    """
    tables = voice_words()
    forms = re.findall(r"[\w’'.-]+", speaker.of(text).split(",")[0])
    lower = [form.lower().replace("’", "'").strip(".") for form in forms]
    head = _head(lower)
    if head in tables.pronouns:
        return "named" if head in {"he", "she", "i", "we"} else "anonymous"
    indefinite = bool(lower) and lower[0] in INDEFINITE
    names = [
        form for form in forms if form[:1].isupper() and form.lower() not in tables.determiners
    ]
    if head in tables.documents:
        return "document"
    if head in tables.anonymous and not _name_follows(forms, lower):
        return "anonymous"
    if head in tables.definite_people or head in tables.institutions:
        return "anonymous" if indefinite else "named"
    return "named" if names else "anonymous"


INDEFINITE: Final = frozenset(
    {"a", "an", "one", "two", "three", "several", "some", "another", "many", "most", "few"}
)


def _head(lower: Sequence[str]) -> str:
    """Return the head of a noun phrase: the last word before the first preposition."""
    for index, word in enumerate(lower):
        if index and word in voice_words().prepositions | {
            "of",
            "for",
            "who",
            "with",
            "familiar",
            "close",
        }:
            return lower[index - 1]
    return lower[-1] if lower else ""


def _name_follows(forms: Sequence[str], lower: Sequence[str]) -> bool:
    """Say whether a name stands after the noun: "spokeswoman Haley Morris"."""
    tables = voice_words()
    marks = [index for index, word in enumerate(lower) if word in tables.anonymous]
    return bool(marks) and marks[-1] + 1 < len(forms) and forms[marks[-1] + 1][:1].isupper()


_NAME: Final = re.compile(
    r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|bin|al|de|van|von|der|den|da|di|el))*"
)


def last_name(text: str, speaker: Span) -> str:
    """Return the last word of the person's name in a speaker's words, or an empty string.

    "The Kremlin" and "the Belarusians" are no persons.
    """
    first_part = speaker.of(text).split(",")[0]
    people = voice_words().titles | voice_words().definite_people | voice_words().anonymous
    words = first_part.lower().split()
    if words[:1] == ["the"] and people.isdisjoint(words):
        return ""
    names = [
        name for name in _NAME.findall(first_part) if name.lower() not in voice_words().determiners
    ]
    last = names[-1].split()[-1].rstrip(".").removesuffix("'s").removesuffix("’s") if names else ""
    return "" if last.lower() in voice_words().institutions else last


class MentionIndex:
    """Mentions by where they start, to find the one that tells who a speaker is."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(
            (mention for mention in mentions if mention.actor), key=lambda mention: mention.span
        )
        self._starts = [mention.span.start for mention in self._mentions]

    def of_speaker(self, speaker: Span) -> Mention | None:
        """Return the mention within a speaker's words: one with a person's name, else the last."""
        first = bisect_left(self._starts, speaker.start)
        inside = self._mentions[first : bisect_left(self._starts, speaker.end)]
        named = [mention for mention in inside if mention.name]
        return named[0] if named else inside[-1] if inside else None
