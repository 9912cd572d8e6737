"""The sides that the model gives a deed, after the tree has had its word; the shipped parser's."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from chancery.model import EventType
from chancery.read.deed_sides import sides_of
from chancery.read.deeds import Deed, Side
from chancery.read.states import Line


def chosen(line: Line, words: str) -> Side:
    """Return the places of some words of a sentence, as the model would give them."""
    return tuple(sorted((line.words.index(word), 0.5) for word in words.split()))


def sides(line: Line, kind: EventType, trigger: str, doers: str, done_to: str) -> tuple[str, str]:
    """Return the head words of both sides, those of each in order."""
    place = line.words.index(trigger)
    deed = Deed(place, kind, None, 0.9, 0.9, chosen(line, doers), chosen(line, done_to))
    found = sides_of(line, deed, mutual=False)
    return (
        " ".join(line.words[word] for word, _ in found.doers),
        " ".join(line.words[word] for word, _ in found.done_to),
    )


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "model", "told"),
    [
        # Words and gifts that a noun tells come from whom "from" brings in.
        (
            "Kenya said praise from Ghana would not sway it.",
            "SUPPORT", "praise", ("Kenya", "Ghana"), ("Ghana", "Kenya"),
        ),
        (
            "Oman said criticism from Kenya and Ghana would not sway it.",
            "ACCUSE", "criticism", ("Oman", "Kenya"), ("Kenya Ghana", "Oman"),
        ),
        (
            "Oman welcomed the evacuation of miners from Kenya.",
            "AID", "evacuation", ("Oman", "miners"), ("Oman", "miners"),
        ),
        (
            "Oman spoke of the retreat from Kenya.",
            "RETREAT", "retreat", ("Oman", "Kenya"), ("Oman", "Kenya"),
        ),
        # Who fights, before a noun for violence, does it; where others do, it is theirs.
        (
            "Reports of police violence against Kenyan miners grew.",
            "ASSAULT", "violence", ("", "police miners"), ("police", "miners"),
        ),
        (
            "The Ghanaian governor led a guerrilla campaign against Kenyan miners.",
            "ASSAULT", "campaign", ("governor", "miners"), ("governor", "miners"),
        ),
        (
            "Reports of bank violence against Kenyan miners grew.",
            "ASSAULT", "violence", ("", "bank miners"), ("", "bank miners"),
        ),
        # A relative clause has its own parties.
        (
            "Ghana, which had warned Kenya, sent grain to Togo.",
            "AID", "sent", ("Ghana Kenya", "Togo"), ("Ghana", "Togo"),
        ),
        (
            "The envoy, who attacked miners in May, criticised Togo.",
            "ASSAULT", "attacked", ("envoy", "miners Togo"), ("envoy", "miners"),
        ),
        (
            "Ghana, which had warned Kenya, sent grain to Togo.",
            "ACCUSE", "warned", ("Ghana", "Kenya"), ("Ghana", "Kenya"),
        ),
        # Of a passive, who helped has done it.
        (
            "The miners were freed with the help of Kenya and Ghana.",
            "AID", "freed", ("Kenya Ghana", "miners"), ("Kenya Ghana", "miners"),
        ),
        (
            "The miners were freed with the ships of Kenya.",
            "AID", "freed", ("Kenya", "miners"), ("", "miners"),
        ),
        # A wish about somebody is not told to him.
        (
            "Kenya demanded that the Ghanaian envoy be freed.",
            "REQUEST", "demanded", ("Kenya", "envoy"), ("Kenya", ""),
        ),
        (
            "Kenya demanded that Ghana free the envoy.",
            "REQUEST", "demanded", ("Kenya", "Ghana"), ("Kenya", "Ghana"),
        ),
        # What is withdrawn is nobody that the withdrawal is done to.
        (
            "Kenya pulled its troops out of Mali.",
            "RETREAT", "pulled", ("Kenya", "troops Mali"), ("Kenya", "Mali"),
        ),
        (
            "The governor surrendered to the troops.",
            "RETREAT", "surrendered", ("governor", "troops"), ("governor", "troops"),
        ),
        # A list stands on one side, but for two who clash.
        (
            "Tributes were paid by Ghana's president and the Kenyan king.",
            "SUPPORT", "paid", ("president", "king"), ("president king", ""),
        ),
        (
            "Clashes between Kenya and Ghana killed ten.",
            "ASSAULT", "Clashes", ("Kenya", "Ghana"), ("Kenya", "Ghana"),
        ),
    ],
)  # fmt: skip
def test_the_tree_has_the_last_word(
    line_of: Callable[[str], Line],
    text: str,
    kind: EventType,
    trigger: str,
    model: tuple[str, str],
    told: tuple[str, str],
) -> None:
    assert sides(line_of(text), kind, trigger, *model) == told


def as_passive(line: Line, verb: str) -> Line:
    """Return a sentence whose tree takes a verb for a passive, as a parser may."""
    assert line.tree is not None
    place = line.words.index(verb)
    subject = next(c for c in line.tree.children[place] if line.tree.deprels[c] == "nsubj")
    labels = list(line.tree.deprels)
    labels[subject] = "nsubj:pass"
    return line._replace(tree=msgspec.structs.replace(line.tree, deprels=tuple(labels)))


def test_a_passive_has_an_auxiliary(line_of: Callable[[str], Line]) -> None:
    line = as_passive(line_of("Kenya called on the lawmakers."), "called")
    assert sides(line, "REQUEST", "called", "Kenya", "lawmakers") == ("Kenya", "lawmakers")
    title = line._replace(is_title=True)
    assert sides(title, "REQUEST", "called", "Kenya", "lawmakers") == ("", "Kenya")


def test_a_passive_stays_one_where_the_model_has_nobody_act(
    line_of: Callable[[str], Line],
) -> None:
    line = as_passive(line_of("Kenya called on the lawmakers."), "called")
    assert sides(line, "REQUEST", "called", "", "Kenya") == ("", "Kenya")
