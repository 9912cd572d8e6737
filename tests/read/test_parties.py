"""The sides of a deed where a clause tells them in an unusual place; the shipped parser's trees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.model import EventType, Mention, Span
from chancery.read.antecedents import of_antecedent
from chancery.read.parties import PartyFinder, are_two
from chancery.read.states import Line, Place, StateFinder


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        ("He feared the Taliban, who have vowed to take Herat.", "vowed", "Taliban"),
        ("She wrote to Turkey, which bombed the town.", "bombed", "Turkey"),
        ("He met Polish farmers that blocked the road.", "blocked", "farmers"),
        ("Oman thanked Kenya, which came and helped.", "came", "Kenya"),
        (
            "She spoke of Kenya's duty to guard its ports from Somalia, which has threatened them.",
            "threatened",
            "Somalia",
        ),
        # Of "whom", of a passive and of a noun without a state the clause tells no doer.
        ("She wrote to Turkey, which was bombed.", "bombed", None),
        ("He met farmers who blocked the road.", "blocked", None),
        ("Turkey bombed the town.", "bombed", None),
        ("It was a step in Kenya, which is unacceptable to Oman.", "unacceptable", None),
    ],
)
def test_the_noun_before_a_relative_clause_is_its_doer(
    line_of: Callable[[str], Line], text: str, verb: str, doer: str | None
) -> None:
    line = line_of(text)
    first = ((0, 0.4),)
    doers, _ = of_antecedent(line, line.words.index(verb), first, ())
    assert doers == (((line.words.index(doer), 1.0),) if doer else first)


def sides_of(
    line_of: Callable[[str], Line], text: str, trigger: str, doers: str, kind: EventType
) -> list[list[str | None]]:
    line = line_of(text)
    finder = PartyFinder(text, [line], StateFinder(text, [line]))
    words = tuple((line.words.index(word), 0.9) for word in doers.split())
    sides = finder.sides(
        0, line.words.index(trigger), kind, words, (),
        mutual=kind == "CONSULT", needed=False, hidden=False,
    )  # fmt: skip
    return [[mention.actor for mention in side] for side in sides]


@pytest.mark.parametrize(
    ("text", "trigger", "doer", "target"),
    [
        ("Anti-government protesters marched in Lyon.", "marched", "protesters", "FRA.GOV"),
        ("Polish students joined antigovernment rallies.", "rallies", "students", "POL.GOV"),
        ("Peru saw anti-regime protests by Peruvian miners.", "protests", "miners", "PER.GOV"),
        ("Anti-war protesters marched in Lyon.", "marched", "protesters", None),
        ("Polish students marched; anti-government songs rang.", "marched", "students", None),
    ],
)
def test_whom_a_protest_is_against_by_its_name(
    line_of: Callable[[str], Line], text: str, trigger: str, doer: str, target: str | None
) -> None:
    _, targets = sides_of(line_of, text, trigger, doer, "PROTEST")
    assert (targets == [target]) if target else not [t for t in targets if t and ".GOV" in t]


def unsaid_of(line_of: Callable[[str], Line], text: str, verb: str, kind: EventType) -> list[str]:
    line = line_of(text)
    finder = PartyFinder(text, [line], StateFinder(text, [line]))
    doers = ((line.words.index("lawmakers"), 0.9),)
    _, targets = finder.sides(
        0, line.words.index(verb), kind, doers, (), mutual=False, needed=True, hidden=False
    )
    return [mention.actor or "" for mention in targets]


def test_whom_a_deed_leaves_unsaid_is_somebody_else(line_of: Callable[[str], Line]) -> None:
    # Both mentions of the state may be meant; those who act themselves are not.
    text = "The Polish government heard that Polish lawmakers protested in Warsaw."
    assert unsaid_of(line_of, text, "protested", "PROTEST") == ["POL.GOV"]


def targets_of(
    line_of: Callable[[str], Line], text: str, words: tuple[str, str, str], kind: EventType
) -> set[str]:
    line = line_of(text)
    finder = PartyFinder(text, [line], StateFinder(text, [line]))
    trigger, doer, target = (line.words.index(word) for word in words)
    _, targets = finder.sides(
        0, trigger, kind, ((doer, 0.9),), ((target, 0.9),),
        mutual=False, needed=True, hidden=False,
    )  # fmt: skip
    return {mention.actor or "" for mention in targets}


@pytest.mark.parametrize(
    ("text", "words", "kind", "own"),
    [
        # A state as a whole does it to another; to its own foes and lawbreakers as well.
        (
            "In Ghana two nuns were killed by Kenyan shelling.",
            ("killed", "Kenyan", "nuns"), "ASSAULT", False,
        ),
        (
            "Kenya said in Ghana that it would attack any loudspeakers.",
            ("attack", "Kenya", "loudspeakers"), "THREATEN", False,
        ),
        (
            "Two rebels were killed by Kenyan shelling.",
            ("killed", "Kenyan", "rebels"), "ASSAULT", True,
        ),
        # Whom a government speaks to is not its own state, whatever it speaks about.
        (
            "The Kenyan president repeated Kenya's demands in Ghana.",
            ("demands", "president", "Kenya"), "REQUEST", False,
        ),
        (
            "The Kenyan president repeated the demands to Kenyan miners in Ghana.",
            ("demands", "president", "miners"), "REQUEST", True,
        ),
    ],
)  # fmt: skip
def test_what_is_done_to_the_own_state(
    line_of: Callable[[str], Line],
    text: str,
    words: tuple[str, str, str],
    kind: EventType,
    own: bool,
) -> None:
    states = {code[:3] for code in targets_of(line_of, text, words, kind)}
    assert ("KEN" in states) is own


def test_a_first_person_is_who_speaks(line_of: Callable[[str], Line]) -> None:
    text = "Kenya and Ghana heard from Peru's envoy: We urge the miners to go."
    line = line_of(text)
    place = line.words.index("We")
    speaker = Mention(span=line.sentence.words[place], actor="PER.GOV", score=0.6)
    line = line._replace(places=(*line.places, Place((place,), speaker, "PER")))
    finder = PartyFinder(text, [line], StateFinder(text, [line]))
    actors, _ = finder.sides(
        0, place + 1, "REQUEST", ((place, 0.9),), (), mutual=False, needed=False, hidden=False
    )
    assert [mention.actor for mention in actors] == ["PER.GOV"]


@pytest.mark.parametrize(
    ("text", "doers", "code"),
    [
        (
            "The talks of the Syrian government and the Syrian rebels opened in Geneva.",
            "government rebels",
            "CHE",
        ),
        (
            "The talks of Polish ministers and Polish miners opened in Oslo.",
            "ministers miners",
            "NOR",
        ),
        (
            "The talks of Kenyan officials and the Kenyan opposition opened in Oslo.",
            "officials opposition",
            "NOR",
        ),
    ],
)
def test_talks_within_a_state_need_no_other(
    line_of: Callable[[str], Line], text: str, doers: str, code: str
) -> None:
    actors, _ = sides_of(line_of, text, "talks", doers, "CONSULT")
    assert code not in {(actor or "").split(".")[0] for actor in actors}


@pytest.mark.parametrize(
    ("codes", "two"),
    [
        (["SYR.GOV", "SYR.REB"], True),
        (["POL.GOV", "POL.LAB"], True),
        (["POL.GOV", "CZE.GOV"], True),
        (["SYR.GOV", "SYR.MIL"], False),
        (["SYR.GOV", "SYR"], False),
        (["POL.OPP", "POL.PTY"], False),
        (["POL.GOV"], False),
        ([], False),
    ],
)
def test_a_government_and_its_rivals_are_two(codes: list[str], two: bool) -> None:
    side = tuple(Mention(span=Span(n, n + 1), actor=code) for n, code in enumerate(codes))
    assert are_two(side) == two


def test_a_name_in_capitals_is_no_pronoun(line_of: Callable[[str], Line]) -> None:
    line = line_of("With the US watching, it told us no.")
    states = StateFinder("With the US watching, it told us no.", [line])
    kinds = {word: states.class_of(0, n, doer=True) for n, word in enumerate(line.words)}
    assert (kinds["US"], kinds["us"], kinds["it"]) == ("linked", "first", "thing")


@pytest.mark.parametrize(
    ("text", "words", "kind", "told"),
    [
        # Nobody does it to himself; a namesake with another first name is somebody else.
        (
            "Angela Merkel was heard when Merkel resigned in Berlin.",
            ("resigned", "Merkel", "Angela"), "REJECT", False,
        ),
        (
            "Vladimir Putin was heard when Angela Merkel resigned in Berlin.",
            ("resigned", "Merkel", "Putin"), "REJECT", True,
        ),
    ],
)  # fmt: skip
def test_who_acts_himself_has_it_not_done_to_him(
    line_of: Callable[[str], Line],
    text: str,
    words: tuple[str, str, str],
    kind: EventType,
    told: bool,
) -> None:
    line = line_of(text)
    finder = PartyFinder(text, [line], StateFinder(text, [line]))
    trigger, doer, target = (line.words.index(word) for word in words)
    if not told:
        doer = len(line.words) - 1 - line.words[::-1].index("Merkel")
    _, targets = finder.sides(
        0, trigger, kind, ((doer, 0.9),), ((target, 0.9),),
        mutual=False, needed=False, hidden=False,
    )  # fmt: skip
    assert bool(targets) == told
