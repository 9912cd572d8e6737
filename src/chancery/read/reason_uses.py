"""Which uses of a cue give a reason: "after the coup" does, "after two days" does not.

In: a sentence, a cue in it, its phrase and the deed that the phrase hangs on. `holds` says whether
the deed is for that reason; each cue that has other uses too has a rule of its own (`RULES`).
"""

from __future__ import annotations

from typing import Final

from chancery.read.parse import ROOT
from chancery.read.reason_cues import CueMatch, reason_words
from chancery.read.reason_phrases import MARKS, SUBJECTS, Line, Phrase, climb, inner_deed

PAST_SUBJECTS: Final = frozenset({"he", "she", "they", "we", "i"})
POINTERS: Final = frozenset({"the", "this", "that", "these", "those", "no", "any", "what", "other"})
"""Before "reasons" or "grounds" they leave the reason itself untold."""

FOR_THAT: Final = frozenset({"NOUN", "VERB", "AUX", "ADJ"})
NO_PURPOSE: Final = frozenset(
    {"only", "as", "how", "whether", "not", "what", "when", "where", "-", "on"}
)
"""Before "to" they make no purpose of it."""

NO_END: Final = frozenset({"include", "eligible", "able"})
"""After "to" they tell what is within, or a condition, and no purpose."""

ANSWERS: Final = ("answering", "judging", "punishing")
ASIDE: Final = frozenset(
    {"advcl", "acl", "parataxis", "xcomp", "conj", "dep", "advcl:pred", "nsubj"}
)
UNABLE: Final = frozenset({"no", "not", "n't", "cannot", "can", "could", "nobody", "none"})
ENABLING: Final = frozenset({"can", "could", "may", "might", "will", "would"})
NEGATIONS: Final = frozenset({"not", "n't", "never"})
TELLING: Final = frozenset({"statement", "statements", "tweet", "letter", "remarks", "view"})


def holds(line: Line, match: CueMatch, phrase: Phrase, deed: int) -> bool:
    """Say whether a cue gives a reason here, and not a time, a place or an object."""
    cue, words = match.cue, reason_words()
    noun = line.tree.upos[deed] != "VERB"
    verb = line.lower[deed]
    if cue.deeds and not words.is_of(cue.deeds, verb, noun=noun):
        return False
    head = _reason_head(line, phrase, match)
    if cue.takes == "infinitive" and not _is_purpose(line, match, phrase, deed):
        return False
    if cue.takes == "gerund" and not line.lower[phrase.first].endswith("ing"):
        return False
    if cue.takes == "clause" and not _is_ground(line, match, phrase, deed):
        return False
    if cue.takes == "statement":
        return not _is_telling(line, deed)
    rule = RULES.get(cue.phrase)
    if cue.beside and not _is_beside(line, match):
        return False
    return rule is None or rule(line, match, head, deed)


def _reason_head(line: Line, phrase: Phrase, match: CueMatch) -> int:
    """Return the highest word of a passage."""
    tree = line.tree
    for place in range(phrase.first, phrase.last + 1):
        above = tree.heads[place]
        highest = above == ROOT or not phrase.first <= above <= phrase.last
        if highest and tree.upos[place] not in ("PUNCT", "ADP", "SCONJ", "DET"):
            return place
    return phrase.first


def _is_purpose(line: Line, match: CueMatch, phrase: Phrase, deed: int) -> bool:
    """Say whether an infinitive is one, and no other thing that "to" starts, and a purpose."""
    tree = line.tree
    if match.cue.phrase != ("to",):
        return _leads_infinitive(line, match, deed)
    verb = tree.heads[match.first]
    if tree.deprels[match.first] != "mark" or tree.xpos[verb] == "VBG":
        return False
    aux = line.child(verb, frozenset({"aux:pass"})) is not None
    if line.lower[verb] in NO_END or (aux and tree.deprels[verb] == "acl"):
        return False
    marked = any(tree.deprels[c] == "mark" and c != match.first for c in tree.children[verb])
    if marked or not phrase.first <= verb <= phrase.last:
        return False
    if tree.heads[verb] == ROOT or line.lower[match.first - 1] in NO_PURPOSE:
        return False
    return _is_end(line, match, verb, deed)


def _is_end(line: Line, match: CueMatch, verb: int, deed: int) -> bool:
    """Tell "met to discuss" from "agreed to discuss" and "the decision to discuss"."""
    tree, words = line.tree, reason_words()
    relation, above = tree.deprels[verb], tree.heads[verb]
    governor = line.lower[above]
    if relation == "xcomp" and line.child(above, frozenset({"compound:prt"})) is not None:
        # "turned out to watch" beside "turned out to be".
        came = line.lower[match.first - 1] == "out" and line.lower[verb] != "be"
        return came and line.child(verb, frozenset({"cop"})) is None
    if relation == "advcl":
        owned = line.child(above, frozenset({"obj"}))
        if owned is not None and line.lower[owned] in words.completed:
            return False
        if inner_deed(line, above, match.first) is not None:
            return True
        takes = words.infinitive if owned is None else words.of_object
        placed = tree.upos[above] in ("VERB", "NOUN", "PROPN") or governor in ("there", "here")
        return placed and governor not in takes
    if relation != "acl" or governor in words.completed:
        return False
    if above == deed:
        return True
    direct = tree.heads[above] == deed and tree.deprels[above] not in SUBJECTS
    return direct and line.lower[deed] not in words.of_object | words.about


def _leads_infinitive(line: Line, match: CueMatch, deed: int) -> bool:
    """Say whether "to" follows "in a bid", "hoping" and the like, and no finite verb is meant."""
    tree = line.tree
    if len(match.cue.phrase) > 1 or match.cue.kind == "cause":
        return True
    if line.child(match.first, frozenset({"aux", "nsubj", "mark", "case"})) is not None:
        return False
    if tree.deprels[match.first] != "acl":
        return tree.deprels[match.first] == "advcl" or tree.xpos[match.first] == "VBN"
    above = tree.heads[match.first]
    return above == deed or line.lower[above] in reason_words().pointing


def _is_ground(line: Line, match: CueMatch, phrase: Phrase, deed: int) -> bool:
    """Tell "as it held" and "since none had come" from "as he spoke" and "since he won"."""
    tree, words = line.tree, reason_words()
    if tree.deprels[match.first] != "mark":
        return False
    verb = tree.heads[match.first]
    if tree.deprels[verb] != "advcl":
        return False
    if match.cue.phrase == ("since",):
        perfect = {line.lower[c] for c in tree.children[deed] if tree.deprels[c] == "aux"}
        apart = match.first == 0 or line.lower[match.first - 1] in MARKS | {"and", "but"}
        return apart and perfect.isdisjoint({"has", "have", "'ve"})
    subject = line.child(verb, SUBJECTS)
    if subject is None or line.lower[subject] in ("you", "we"):
        return False
    apart = match.first == 0 or line.lower[match.first - 1] == ","
    below = {line.lower[child] for child in tree.children[verb]} | {line.lower[subject]}
    below |= {line.lower[child] for child in tree.children[subject]}
    if line.child(verb, frozenset({"cop"})) is not None or (match.first and below & UNABLE):
        return apart
    return line.lower[verb] in words.stative and (apart or line.lower[subject] in PAST_SUBJECTS)


def _is_telling(line: Line, deed: int) -> bool:
    """Say whether a deed is speech itself: "issued a statement saying"."""
    below = {line.lower[child] for child in line.tree.children[deed]}
    return line.lower[deed] in reason_words().speech or not below.isdisjoint(TELLING)


def _answers(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Say whether what follows "after" is what somebody answers, and no mere time."""
    tree, words = line.tree, reason_words()
    before = line.lower[match.first - 1] if match.first else ""
    if before in words.soon:
        return False
    answer = words.is_of(ANSWERS, line.lower[deed], noun=tree.upos[deed] != "VERB")
    if not answer and line.lower[deed] in words.speech | words.verbs["moving"]:
        return False
    if tree.deprels[match.first] != "mark" or tree.upos[head] not in ("VERB", "AUX", "ADJ"):
        judged = (
            words.is_of(("judging", "punishing"), line.lower[deed]) and tree.upos[head] == "NOUN"
        )
        return line.lower[head] in words.provocations or (
            judged and line.lower[head] not in words.times
        )
    subject = line.child(head, SUBJECTS)
    passive = line.child(head, frozenset({"aux:pass"})) is not None
    if subject is None and not passive:
        return False
    if line.lower[head] in words.passing:
        thing = line.child(head, frozenset({"obj"}))
        return thing is not None and line.lower[thing] in words.provocations
    if subject is None or line.lower[subject] not in PAST_SUBJECTS:
        return True
    suffered = line.child(deed, frozenset({"aux:pass"})) is not None
    return (answer and passive) or suffered


def _is_matter(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Say whether "over" brings in a matter, and no stretch of time, place or number."""
    tree, words = line.tree, reason_words()
    if tree.deprels[match.first] not in ("case", "mark"):
        return False
    if line.lower[head] in words.times or tree.upos[head] == "NUM":
        return False
    noun = tree.upos[deed] != "VERB"
    if line.lower[deed] in words.speech or line.lower[head] in words.rivals:
        return False
    if words.is_of((*ANSWERS, "quarrelling"), line.lower[deed], noun=noun):
        return True
    governor = tree.heads[climb(line, match.first)]
    mastery = line.lower[governor] in words.mastery
    return (
        not noun
        and not mastery
        and line.lower[deed] not in words.above
        and tree.upos[head] == "NOUN"
    )


def _is_for_that(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Say whether "for" brings in what somebody is judged for, or what he goes for."""
    tree, words = line.tree, reason_words()
    if tree.deprels[match.first] not in ("case", "mark"):
        return False
    if line.lower[head] in words.grounds:
        return head - match.last > 1 and line.lower[match.last + 1] not in POINTERS
    noun = tree.upos[deed] != "VERB"
    if not noun and words.is_of(("moving",), line.lower[deed]) and line.lower[head] in words.ends:
        return True
    if line.lower[head] in words.merits and line.child(head, frozenset({"nmod:poss"})) is not None:
        return True
    if line.lower[head] in words.times or tree.upos[head] not in FOR_THAT:
        return False
    governor = tree.heads[climb(line, match.first)]
    if tree.upos[governor] == "NOUN" and line.lower[governor] in words.nouns["judging"]:
        return True
    owned = tree.deprels[governor] in ("obj", "nsubj:pass") or tree.xpos[head] == "VBG"
    thing = line.child(deed, frozenset({"obj"}))
    if thing is not None and line.lower[thing] in words.nouns["judging"]:
        return True
    if governor != deed and not (owned and tree.heads[governor] == deed):
        return False
    return words.is_of(("judging", "punishing"), line.lower[deed], noun=noun)


def _is_beside(line: Line, match: CueMatch) -> bool:
    """Tell "wary of an attack, it closed" from "it is wary of" and "a state wary of"."""
    if line.child(match.first, frozenset({"cop", "aux", "nsubj"})) is not None:
        return False
    before = line.lower[match.first - 1] if match.first else ","
    return before in (",", "and") and line.tree.deprels[match.first] in ASIDE


def _is_preposition(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell "thanks to mediation" from "convey thanks to you"."""
    return line.tree.deprels[match.first] not in ("obj", "root", "conj")


def _is_enabling(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell "so they can farm" from "so they left" and "so large"."""
    aux = {line.lower[child] for child in line.tree.children[head]}
    apart = match.first > 0 and line.lower[match.first - 1] != ","
    return apart and line.tree.deprels[head] == "advcl" and not aux.isdisjoint(ENABLING)


def _is_accused(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell "expelled an envoy accused of spying" from "extradite people accused of crimes"."""
    governor = line.tree.heads[match.first]
    if governor == ROOT or line.lower[governor] not in reason_words().anybody:
        return True
    return line.child(governor, frozenset({"nummod"})) is not None


def _surrounds(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    return line.lower[head] not in reason_words().surroundings


def _is_given(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell "given the risk" from "was given the medal"."""
    return line.tree.deprels[match.first] in ("case", "mark") or (
        line.child(match.first, frozenset({"aux:pass", "nsubj:pass", "obl:agent"})) is None
        and line.tree.deprels[match.first] == "advcl"
    )


def _is_no_source(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell a reason that is cited from a source: "Reuters, citing two diplomats, reported"."""
    told = line.lower[deed] in reason_words().speech
    children = {line.lower[child] for child in line.tree.children[deed]}
    told = told and children.isdisjoint(NEGATIONS)
    return not told and line.tree.deprels[match.first] != "acl"


def _is_charge(line: Line, match: CueMatch, head: int, deed: int) -> bool:
    """Tell "jailed on corruption charges" and "on moral grounds" from "jailed on Monday"."""
    words = reason_words()
    if line.lower[head] in words.grounds:
        return head - match.last > 1 and line.lower[match.last + 1] not in POINTERS
    return line.lower[head] in words.charges and words.is_of(("punishing",), line.lower[deed])


RULES: Final = {
    ("after",): _answers,
    ("following",): _answers,
    ("in", "the", "wake", "of"): _answers,
    ("over",): _is_matter,
    ("for",): _is_for_that,
    ("amid",): _surrounds,
    ("amidst",): _surrounds,
    ("so",): _is_enabling,
    ("thanks", "to"): _is_preposition,
    ("given",): _is_given,
    ("citing",): _is_no_source,
    ("on",): _is_charge,
    ("accused", "of"): _is_accused,
    ("suspected", "of"): _is_accused,
    ("convicted", "of"): _is_accused,
    ("charged", "with"): _is_accused,
    ("responsible", "for"): _is_accused,
    ("involved", "in"): _is_accused,
}
