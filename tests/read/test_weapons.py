"""Both sides of an attack by the noun for it; the trees are the shipped parser's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.read.states import Line
from chancery.read.weapons import aimed_at, struck_by


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
    line_of: Callable[[str], Line], text: str, trigger: str, doer: str | None
) -> None:
    line = line_of(text)
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
    line_of: Callable[[str], Line], text: str, trigger: str, target: str | None
) -> None:
    line = line_of(text)
    found = aimed_at(line, line.words.index(trigger))
    assert [line.words[word] for word, _ in found] == ([target] if target else [])
