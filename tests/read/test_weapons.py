"""Both sides of an attack by the noun for it; the trees are the shipped parser's."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import When
from chancery.read.encoder import Encoder
from chancery.read.mentions import find_mentions
from chancery.read.parse import parse
from chancery.read.sentences import split_sentences
from chancery.read.states import Line, lay_out
from chancery.read.weapons import aimed_at, struck_by


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def line_of(lexicon: Lexicon, encoder: Encoder, text: str) -> Line:
    day = date(2020, 2, 3)
    sentences = split_sentences(text)
    mentions = find_mentions(text, sentences, lexicon, When(first=day, last=day, basis="stated"))
    return lay_out(text, sentences[0], parse(text, sentences[0], encoder), mentions, is_title=False)


@pytest.mark.parametrize(
    ("text", "trigger", "doer"),
    [
        ("Ten farmers were killed in a Turkish air strike near Erbil.", "killed", "Turkish"),
        ("Two soldiers were wounded by Armenian shelling on Friday.", "wounded", "Armenian"),
        ("Six fishermen died in a US operation off Yemen.", "died", "US"),
        ("Four schools were destroyed during the Taliban offensive.", "destroyed", "Taliban"),
        ("The bridge was damaged by Israeli fire.", "damaged", "Israeli"),
        # What the noun is said of may be where it was, or whom it hit.
        ("Ten people were killed in the Nairobi attack.", "killed", None),
        ("Three guards were killed in the embassy bombing.", "killed", None),
        ("Ten people were killed in a Kenya bombing.", "killed", None),
        ("Ten people were killed in an attack in Mali.", "killed", None),
        ("She was wounded in the French capital.", "wounded", None),
    ],
)
def test_the_noun_for_an_attack_tells_its_doer(
    lexicon: Lexicon, encoder: Encoder, text: str, trigger: str, doer: str | None
) -> None:
    line = line_of(lexicon, encoder, text)
    found = struck_by(line, line.words.index(trigger))
    assert [line.words[word] for word, _ in found] == ([doer] if doer else [])


@pytest.mark.parametrize(
    ("text", "trigger", "target"),
    [
        (
            "A bomb exploded outside the Danish consulate, killing three men.",
            "killing",
            "consulate",
        ),
        ("Two rockets landed near the Polish embassy, wounding a guard.", "wounding", "embassy"),
        ("Attacks on Kenyan courts killed nine people.", "killed", "courts"),
        ("The attack on the Czech army killed nine people.", "killed", "army"),
        # A town is where it was, and who stands outside is not shot at for that.
        ("A bomb exploded near Kabul, killing three men.", "killing", None),
        ("A man was shot outside the Danish consulate.", "shot", None),
        ("Students gathered at the Polish embassy and beat a guard.", "beat", None),
    ],
)
def test_what_bombs_go_off_at_is_the_target(
    lexicon: Lexicon, encoder: Encoder, text: str, trigger: str, target: str | None
) -> None:
    line = line_of(lexicon, encoder, text)
    found = aimed_at(line, line.words.index(trigger))
    assert [line.words[word] for word, _ in found] == ([target] if target else [])
