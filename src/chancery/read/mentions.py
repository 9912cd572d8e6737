"""Who is named in a report: phrases in, mentions with actor codes out.

A name's code is the one held on the report's day. A role without a state ("police", "the
president") is given the state that the sentence places it in, else the one that the report is
about, with a lower score; where no state stands out it stays unlinked, with candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from chancery.lexicon import Lexicon, NameMatch
from chancery.model import Mention, Source, Span, When
from chancery.read.anaphora import Memory, Named
from chancery.read.datelines import find_dateline, home_of
from chancery.read.family import Family
from chancery.read.named_phrases import phrases_by_sentence
from chancery.read.phrases import Phrase, mention_words
from chancery.read.posts import code_of_issuer, offices, one_of
from chancery.read.sentences import Sentence

SCORES: Final = {"name": 0.95, "role": 0.9, "placed": 0.7, "home": 0.55}
"""How sure a link is: by name, by state and role, by the place in the sentence, by context."""

HOME_SHARE: Final = 0.5
"""A report is about a state that more than this share of its named states are."""

OPEN_BODIES: Final = ("IGO", "NGO", "MNC", "IMG", "ISM")


def find_mentions(
    text: str,
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
    published: When,
    issuer: Source | None = None,
) -> list[Mention]:
    """Return the mentions of actors in a text, sorted by span; several may share one span.

    Codes are as of `published`. A mention without an actor is a name or role that stays open.
    `issuer` is the office whose release the text is: "the President" there is its own.
    """
    return _Finder(text, sentences, lexicon, published, issuer).mentions()


class _Finder:
    """Resolves the phrases of one report, sentence by sentence."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        lexicon: Lexicon,
        published: When,
        issuer: Source | None,
    ) -> None:
        self.text = text
        self.issuer = issuer
        self.sentences = sentences
        self.lexicon = lexicon
        self.day = published.first
        self.phrases = phrases_by_sentence(text, sentences, lexicon)
        self.dateline = find_dateline(text, lexicon)
        self.home = self._home()
        self.named: dict[str, tuple[str | None, str]] = {}
        self.family = Family(text, self.named)
        self.memory = Memory(text)
        self.roles: dict[str, str] = {}

    def mentions(self) -> list[Mention]:
        self._keep_described()
        found: list[Mention] = []
        for sentence, phrases in zip(self.sentences, self.phrases, strict=True):
            here = [Named(phrase, tuple(self._resolve(phrase, phrases))) for phrase in phrases]
            pointing = self._surely(self.memory.find(sentence.span, here), here)
            spans = {mention.span for mention in pointing}
            here = [
                named for named in here if not any(named.phrase.span.overlaps(s) for s in spans)
            ]
            found += [mention for named in here for mention in named.mentions] + pointing
            self.memory.remember(here, pointing)
        return sorted(found, key=lambda mention: (mention.span, mention.actor or ""))

    def _keep_described(self) -> None:
        """Remember whom the report describes anywhere, since it may name him before."""
        for phrase in (phrase for phrases in self.phrases for phrase in phrases):
            if phrase.givers and (phrase.name or phrase.role):
                code = self._owner(phrase)
                code = _in_sector(code, phrase.role.entities[0]) if phrase.role else code
                self._keep_name(phrase.name.of(self.text) if phrase.name else None, code)
                self.family.keep(phrase, code)

    def _surely(self, pointing: Sequence[Mention], here: Sequence[Named]) -> list[Mention]:
        """Keep what a sentence's pronouns mean where one antecedent fits; leave others open."""
        spans = Counter(mention.span for mention in pointing)
        sure: list[Mention] = []
        person: Mention | None = None
        for mention in pointing:
            word = mention.span.of(self.text).lower()
            sort = next((kind for kind, words in _SINGULAR.items() if word in words), None)
            if sort and mention.actor and spans[mention.span] == 1:
                # Within a sentence "he … he" is most often one person.
                meant = person if sort == "person" and word not in ("him", "her") else None
                mention = self._meant(mention, word, sort, here, meant)
                person = mention if sort == "person" else person
            sure.append(mention)
        return sure

    def _meant(
        self, pointing: Mention, word: str, sort: str, here: Sequence[Named], same: Mention | None
    ) -> Mention:
        """Return what a pronoun means: of several that fit, those whom no preposition governs.

        A subject that opens an earlier sentence goes before all others. "Its" means the nearest,
        which is its clause's subject. Those left must be of one state, or it stays open.
        """
        own = [named for named in here if named.phrase.span < pointing.span]
        inner = [n for n in _of(own, sort) if word not in ("him", "her") and not self._adds(n)]
        earlier = next((s for s in reversed(self.memory.sentences) if _of(s, sort)), [])
        ahead = _of([named for named in here if named.phrase.span > pointing.span], sort)[:1]
        if ahead and not own and word in ("his", "her", "its") and self._opens(pointing, ahead[0]):
            inner = ahead
        if same and not inner:
            return msgspec.structs.replace(pointing, actor=same.actor, name=same.name)
        fitting = inner or _of(earlier, sort)
        free = [n for n in fitting if not _GOVERNED.search(self.text, *_before(n.phrase.span))]
        chosen = free[-1:] if word == "its" else free or fitting
        if sort == "person" and not inner and free and earlier[0] is free[0]:
            after = free[0].phrase.span.end
            chosen = free if _JOINED.match(self.text, after) else free[:1]
        actors = list(dict.fromkeys(m.actor for named in chosen for m in named.mentions))
        if not chosen:
            return pointing
        if len({(actor or "").split(".")[0] for actor in actors}) > 1:
            return Mention(span=pointing.span, candidates=tuple(a for a in actors if a))
        first = chosen[0].mentions[0]
        return msgspec.structs.replace(pointing, actor=first.actor, name=first.name)

    def _adds(self, named: Named) -> bool:
        """Say whether a lone role only adds to a name before it: "Jonas Petraitis, the envoy"."""
        lone = named.phrase.kind == "role" and not named.phrase.givers
        return lone and bool(_ADDED.search(self.text, *_before(named.phrase.span)))

    def _opens(self, pointing: Mention, named: Named) -> bool:
        """Say whether an owner is named only after the phrase that opens the sentence."""
        opening = self.text[: pointing.span.start].rpartition("\n")[2]
        led = self.text[: named.phrase.span.start].endswith(", ")
        return led and bool(_OPENS.search(opening))

    def _resolve(self, phrase: Phrase, phrases: Sequence[Phrase]) -> list[Mention]:
        if phrase.person:
            return [self._person(phrase, phrase.person)]
        if phrase.role:
            return self._role(phrase, phrase.role, phrases)
        if phrase.name and phrase.givers:
            return [self._owned(phrase, phrase.name.of(self.text))]
        if phrase.name:
            return [self._unknown(phrase.span)]
        if self._is_ethnic(phrase):
            return [self._resident(phrase, "", phrases)]
        return [self._entity(phrase, giver) for giver in phrase.givers]

    def _owned(self, phrase: Phrase, name: str) -> Mention:
        """Return a person of whom nothing is told but whose he is: "Jonas Petraitis of Poland"."""
        code = self._owner(phrase)
        self._keep_name(name, code)
        return Mention(span=phrase.span, actor=code, name=name, score=SCORES["role"])

    def _owner(self, phrase: Phrase) -> str | None:
        """Return whose somebody is; whoever is of a capital is not of its government."""
        giver = phrase.givers[0]
        code = self._giver(giver)
        return code.partition(".")[0] if code and giver.row == "capital" else code

    def _is_ethnic(self, phrase: Phrase) -> bool:
        """Say whether a people's name tells of descent alone: "ethnic Albanians"."""
        before = _ETHNIC.search(self.text, *_before(phrase.span))
        return bool(before) and bool(phrase.givers) and phrase.givers[0].kind == "demonym"

    def _resident(self, phrase: Phrase, sector: str, phrases: Sequence[Phrase]) -> Mention:
        """Return people known by their descent: they are of the state in which they live."""
        state = self._state_in_place(phrase, phrases)
        code = _in_sector(state, sector) if state and sector else state
        return Mention(span=phrase.span, actor=code, score=SCORES["placed"] if code else 0.0)

    def _entity(self, phrase: Phrase, match: NameMatch) -> Mention:
        codes = tuple(code for entity in match.entities if (code := self._code(entity)))
        is_place = bool(_AS_PLACE.search(self.text, *_before(phrase.span)))
        if match.row == "capital" and (is_place or self._is_dateline(phrase.span)):
            codes = tuple(code.split(".")[0] for code in codes)
        actor = self.lexicon.actors.get(match.entities[0])
        return Mention(
            span=phrase.span,
            actor=codes[0] if codes else None,
            name=actor.names[0] if actor and match.kind in ("body", "group") else None,
            candidates=codes[1:],
            score=SCORES["name"] if len(set(codes)) == 1 else SCORES["placed"],
        )

    def _person(self, phrase: Phrase, match: NameMatch) -> Mention:
        entity = self._likeliest(match)
        actor = self.lexicon.actors.get(entity)
        code = self._code(entity)
        if phrase.role and not self.lexicon.code(entity, self.day):
            code = self._by_title(phrase, phrase.role, code)
        if phrase.role and code:
            self.roles[one_of(phrase.role)] = code
        others = (self._code(other) for other in match.entities if other != entity)
        return Mention(
            span=phrase.span,
            actor=code,
            name=actor.names[0] if actor else None,
            candidates=tuple(dict.fromkeys(other for other in others if other)),
            score=SCORES["name"] if len(match.entities) == 1 else SCORES["placed"],
        )

    def _by_title(self, phrase: Phrase, title: NameMatch, state: str | None) -> str | None:
        """Return the code that a person's title gives, where no day tells the office held."""
        giver = self._giver(phrase.givers[0]) if phrase.givers else state
        return _in_sector(giver, title.entities[0]) if giver else state

    def _likeliest(self, match: NameMatch) -> str:
        """Prefer, of several bearers of a name, one of the state the report is about."""
        at_home = (entity for entity in match.entities if entity.split(".")[0] == self.home)
        return next(at_home, match.entities[0])

    def _code(self, entity: str) -> str | None:
        """Return an actor's code on the report's day, or its state where the office is open."""
        code = self.lexicon.code(entity, self.day)
        if code:
            return code
        actor = self.lexicon.actors.get(entity)
        return actor.part_of if actor else None

    def _role(self, phrase: Phrase, role: NameMatch, phrases: Sequence[Phrase]) -> list[Mention]:
        name = phrase.name.of(self.text) if phrase.name else None
        sector = role.entities[0]
        if not phrase.givers:
            return [self._lone_role(phrase, sector, name, phrases)]
        if self._is_ethnic(phrase):
            return [self._resident(phrase, sector, phrases)]
        mentions = []
        for giver in phrase.givers:
            code = _in_sector(self._giver(giver), sector)
            if code:
                self.roles[one_of(role)] = code
            self._keep_name(name, code)
            mentions.append(Mention(span=phrase.span, actor=code, name=name, score=SCORES["role"]))
        return mentions

    def _giver(self, match: NameMatch) -> str | None:
        return self._code(match.entities[0])

    def _lone_role(
        self, phrase: Phrase, sector: str, name: str | None, phrases: Sequence[Phrase]
    ) -> Mention:
        known = self.named.get(name.split()[-1]) if name else None
        known = known if name and known and known[1].endswith(name) else None
        words = set(phrase.role.span.of(self.text).lower().split()) if phrase.role else set()
        placed = self._state_in_place(phrase, phrases)
        abroad = bool(words & mention_words().diplomatic)
        state, score = None if abroad else placed, SCORES["placed"]
        beside = self._place_after(phrase, phrases)
        if beside and not (name or abroad or words & mention_words().abroad):
            state, score = beside, SCORES["role"]
            self.family.keep(phrase, _in_sector(beside, sector))
        elif not name and (kin := self.family.code_of(phrase)):
            return Mention(span=phrase.span, actor=kin, score=score)
        office = self._office(phrase.role, name) if phrase.role else None
        if office:
            self._keep_name(name, office)
            return Mention(span=phrase.span, actor=office, name=name, score=SCORES["role"])
        if state is None and phrase.role and not name:
            earlier = self.roles.get(one_of(phrase.role))
            if earlier and (abroad or _DEFINITE.search(self.text, *_before(phrase.span))):
                return Mention(span=phrase.span, actor=earlier, score=score)
        if state is None and not (abroad and self.home == placed):
            state, score = self.home, SCORES["home"]
        code = known[0] if known and known[0] else _in_sector(state, sector) if state else None
        self._keep_name(name, code)
        rivals = (
            ()
            if state
            else tuple(
                dict.fromkeys(_in_sector(code, sector) or "" for code in self.memory.states[-3:])
            )
        )
        return Mention(
            span=phrase.span, actor=code, name=name, candidates=rivals,
            score=score if code else 0.0,
        )  # fmt: skip

    def _state_in_place(self, phrase: Phrase, phrases: Sequence[Phrase]) -> str | None:
        """Return the state in which the sentence places a role: "police in Istanbul"."""
        for other in phrases:
            if not other.givers or other.role or other.givers[0].kind == "demonym":
                continue
            if _PLACED.search(self.text, *_before(other.span)):
                code = self._giver(other.givers[0])
                if code and code.split(".")[0] not in OPEN_BODIES and len(code.split(".")[0]) == 3:
                    return code.split(".")[0]
        return None

    def _office(self, role: NameMatch, name: str | None) -> str | None:
        """Return the code of an office that without a state's name is of one."""
        words = role.span.of(self.text).lower()
        office = offices("one_state").get(words)
        if office or name:
            return office
        if self.issuer and words in self.issuer.chief:
            return code_of_issuer(self.issuer)
        return offices("one_man").get(words)

    def _place_after(self, phrase: Phrase, phrases: Sequence[Phrase]) -> str | None:
        """Return the state of the place that hangs on a role itself: "relatives in Lima"."""
        for other in phrases:
            if not other.givers or other.role or other.name or other.givers[0].kind == "demonym":
                continue
            if _IN.fullmatch(self.text, phrase.span.end, other.span.start):
                code = self._giver(other.givers[0])
                state = code.split(".")[0] if code else ""
                return state if len(state) == 3 and state not in (*OPEN_BODIES, "UNO") else None
        return None

    def _unknown(self, span: Span) -> Mention:
        words = span.of(self.text)
        known = self.named.get(words.split()[-1])
        if known and (len(words.split()) == 1 or words == known[1]):
            return Mention(span=span, actor=known[0], name=known[1], score=SCORES["placed"])
        self._keep_name(words, None)
        return Mention(span=span, name=words)

    def _keep_name(self, name: str | None, code: str | None) -> None:
        if name and len(name.split()) > 1 and not self.named.get(name.split()[-1], (None,))[0]:
            self.named[name.split()[-1]] = (code, name)

    def _is_dateline(self, span: Span) -> bool:
        return self.dateline is not None and self.dateline.span.covers(span)

    def _home(self) -> str | None:
        """Return the state that the report is sent from or about, if one stands out."""
        counts: Counter[str] = Counter()
        for phrases in self.phrases:
            for phrase in phrases:
                if self._is_dateline(phrase.span):
                    continue
                for match in (*phrase.givers, *((phrase.person,) if phrase.person else ())):
                    counts[match.entities[0].split(".")[0]] += 1
        states = {code: n for code, n in counts.items() if code not in (*OPEN_BODIES, "UNO", "EUR")}
        sent_from = home_of(self.dateline, states) if self.dateline else None
        if sent_from or not states:
            return sent_from
        state, count = max(states.items(), key=lambda item: (item[1], item[0]))
        return state if count > HOME_SHARE * sum(states.values()) else None


_AS_PLACE: Final = re.compile(
    r"\b(?:in|at|near|outside|inside|to|from|into|across|for|around|of)\s+"
    r"(?:(?:central|downtown|nearby|old|(?:north|south)?(?:east|west|north|south)ern)\s+)?$",
    re.IGNORECASE,
)
_DEFINITE: Final = re.compile(r"(?:^|\W)(?:the|this|that)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PLACED: Final = re.compile(r"\b(?:in|at|across|near|outside)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)


_IN: Final = re.compile(
    r"\s+(?:in|across|throughout)\s+(?:the\s+)?"
    r"(?:(?:city|capital|town|state|province|region)\s+of\s+"
    r"|(?:central|downtown|(?:north|south)?(?:east|west|north|south)ern)\s+)?"
)
_ETHNIC: Final = re.compile(r"\bethnic\s+$", re.IGNORECASE)
_GOVERNED: Final = re.compile(
    r"\b(?:in|at|near|to|from|into|across|for|around|of|on|with|by|against|over|between|about)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"(?:^|[.!?”\"]\s+)(?:During|In|After|Before|On|At|For|With)\s+$")
_ADDED: Final = re.compile(r",\s+(?:the|an?)\s+(?:\w+\s+)?$")
_JOINED: Final = re.compile(r",?\s+(?:and|or)\s|,\s")
_SINGULAR: Final = {"person": ("he", "she", "him", "her", "his"), "thing": ("it", "its")}


def _of(sentence: Sequence[Named], sort: str) -> list[Named]:
    return [named for named in sentence if named.sort == sort]


def _before(span: Span) -> tuple[int, int]:
    """Return the stretch right before a span in which a preposition may stand."""
    return max(0, span.start - 24), span.start


def _in_sector(code: str | None, sector: str) -> str | None:
    """Put a role into its state: BLR and MIL are BLR.MIL; bodies keep their own code."""
    if code is None:
        return None
    head = code.split(".")[0]
    if head in OPEN_BODIES or len(head) != 3 or head in ("UNO", "EUR"):
        return code
    own = code.partition(".")[2]
    return code if own and own != "GOV" else f"{head}.{sector}"
