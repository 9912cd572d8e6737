"""Which mentions speak of the same happening: our own sentences, and laws that hold for any."""

from __future__ import annotations

import random

import pytest

from chancery.errors import UsageError
from chancery.model import Span
from chancery.read import Reader
from chancery.read.corefer import DeedMention

TEXTS = {
    "a": (
        "Ferry sinks off Port Valen, killing 12\n"
        "A ferry sank off Port Valen on Tuesday after it struck a reef, killing 12 passengers. "
        "The coast guard said a search for survivors went on."
    ),
    "b": (
        "Twelve dead as Port Valen ferry goes down\n"
        "Twelve passengers died on Tuesday when their ferry hit a reef and sank near Port Valen. "
        "Rescuers searched the sea through the night."
    ),
    "c": (
        "Central bank of Ruvia raises rates\n"
        "The central bank of Ruvia raised interest rates to 9 percent on Friday. "
        "Governor Ana Kolt said inflation had to be brought down."
    ),
    "d": (
        "Ruvia rate rise surprises markets\n"
        "Markets were surprised on Friday when the central bank of Ruvia lifted interest rates to "
        "9 percent. Kolt announced the rise at noon."
    ),
}
WORDS = {
    "a": ("sinks", "killing", "sank", "struck", "said", "search"),
    "b": ("goes down", "died", "hit", "sank near", "searched"),
    "c": ("raises", "raised", "said"),
    "d": ("rise", "surprised", "lifted", "announced"),
}


def mention(doc: str, words: str) -> DeedMention:
    start = TEXTS[doc].index(words)
    return DeedMention(doc, Span(start, start + len(words.split(" near")[0])))


MENTIONS = [mention(doc, words) for doc, told in WORDS.items() for words in told]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="module")
def groups(reader: Reader) -> list[tuple[DeedMention, ...]]:
    return reader.corefer(TEXTS, MENTIONS)


def together(groups: list[tuple[DeedMention, ...]], *mentions: DeedMention) -> bool:
    return any(set(mentions) <= set(group) for group in groups)


def test_every_mention_is_in_one_group(groups: list[tuple[DeedMention, ...]]) -> None:
    assert sorted(one for group in groups for one in group) == sorted(MENTIONS)


def test_one_happening_in_two_reports(groups: list[tuple[DeedMention, ...]]) -> None:
    assert together(groups, mention("a", "sank"), mention("b", "sank near"))
    assert together(groups, mention("a", "sinks"), mention("a", "sank"))
    assert together(groups, mention("c", "raised"), mention("d", "lifted"))


def test_two_happenings_of_different_reports_stay_apart(
    groups: list[tuple[DeedMention, ...]],
) -> None:
    assert not together(groups, mention("a", "said"), mention("c", "said"))
    assert not together(groups, mention("b", "died"), mention("d", "lifted"))


def test_order_of_texts_and_mentions_does_not_matter(
    reader: Reader, groups: list[tuple[DeedMention, ...]]
) -> None:
    for seed in range(3):
        order = random.Random(seed)
        names = order.sample(sorted(TEXTS), len(TEXTS))
        shuffled = order.sample(MENTIONS, len(MENTIONS))
        assert reader.corefer({name: TEXTS[name] for name in names}, shuffled) == groups


def test_names_of_texts_do_not_matter(
    reader: Reader, groups: list[tuple[DeedMention, ...]]
) -> None:
    other = {"a": "z3", "b": "k", "c": "1_ecb", "d": "1_ecbplus"}
    texts = {other[name]: text for name, text in TEXTS.items()}
    said = reader.corefer(texts, [DeedMention(other[m.doc], m.span) for m in MENTIONS])
    back = {new: old for old, new in other.items()}
    assert sorted(
        tuple(sorted(DeedMention(back[m.doc], m.span) for m in group)) for group in said
    ) == sorted(groups)


def test_the_same_input_gives_the_same_groups(
    reader: Reader, groups: list[tuple[DeedMention, ...]]
) -> None:
    assert reader.corefer(TEXTS, MENTIONS) == groups
    assert Reader.load().corefer(TEXTS, MENTIONS + MENTIONS[:3]) == groups


def test_a_copy_speaks_of_the_same_happenings(reader: Reader) -> None:
    texts = TEXTS | {"copy": TEXTS["a"]}
    copied = [DeedMention("copy", m.span) for m in MENTIONS if m.doc == "a"]
    groups = reader.corefer(texts, MENTIONS + copied)
    for one in copied:
        assert together(groups, one, DeedMention("a", one.span))


def test_few_mentions(reader: Reader) -> None:
    one = mention("a", "sank")
    assert reader.corefer(TEXTS, []) == []
    assert reader.corefer({}, []) == []
    assert reader.corefer({"a": TEXTS["a"]}, [one]) == [(one,)]


def test_a_text_of_one_long_list_is_read_around_the_word(reader: Reader) -> None:
    text = "They " + "met and " * 400 + "parted"
    spans = [Span(5, 8), Span(len(text) - 6, len(text))]
    groups = reader.corefer({"x": text}, [DeedMention("x", span) for span in spans])
    assert sum(map(len, groups)) == 2


def test_what_cannot_be_answered_is_refused(reader: Reader) -> None:
    with pytest.raises(UsageError):
        reader.corefer(TEXTS, [DeedMention("nowhere", Span(0, 4))])
    with pytest.raises(UsageError):
        reader.corefer(TEXTS, [DeedMention("a", Span(5000, 5004))])
    with pytest.raises(UsageError):
        Reader.load("frames").corefer(TEXTS, MENTIONS)
