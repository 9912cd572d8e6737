"""PLOVER's boundary rules: every example of the table, and how rules are tried."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from chancery.lexicon.boundaries import (
    Deed,
    apply,
    apply_together,
    boundary_table,
    plover_type,
)
from chancery.lexicon.frames import MODES, QUAD
from chancery.lexicon.wording import plain_words
from chancery.model import EventType, Standing

RULES = {rule.id: rule for rule in boundary_table().rule}
EXAMPLES = [(rule.id, example) for rule in RULES.values() for example in rule.examples]
MARKED = re.compile(r"\{([^|}]+)\|([^}]+)\}")


def deeds_in(marked: str) -> list[Deed]:
    """Read "Mali {attacked|ASSAULT aerial, denied, FRA > MLI} it": a deed for each mark."""
    plain = MARKED.sub(lambda mark: mark[1], marked)
    deeds = []
    for mark in MARKED.finditer(marked):
        before = plain_words(MARKED.sub(lambda other: other[1], marked[: mark.start()]))
        kind, standing, sides = [*mark[2].split(", "), "happened", "- > -"][:3]
        if mark[2].count(", ") == 1:
            sides = "- > -"
        type_, _, mode = kind.partition(" ")
        actors, targets = (
            tuple(code for code in side.split("+") if code != "-") for side in sides.split(" > ")
        )
        deeds.append(
            Deed.of_words(
                plain_words(plain), len(before), len(before) + len(plain_words(mark[1])) - 1,
                type=type_, mode=mode or None, standing=standing, actors=actors, targets=targets,
            )
        )  # fmt: skip
    return deeds


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_example_of_the_table(rule: str, example: str) -> None:
    marked, _, expected = example.partition(" => ")
    rulings = apply_together(deeds_in(marked))
    became = [f"{r.type} {r.mode or ''}".strip() if r.keep else "drop" for r in rulings]
    assert became == expected.split("; "), [r.rules for r in rulings]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_applies_to_two_of_its_examples(rule: str) -> None:
    applied = [
        example
        for example in RULES[rule].examples
        if any(rule in r.rules for r in apply_together(deeds_in(example.partition(" => ")[0])))
    ]
    assert len(applied) >= 2


def test_rules_give_types_and_modes_that_are() -> None:
    for rule in RULES.values():
        assert rule.when.types <= set(get_args(EventType))
        modes = {mode for kind in rule.when.types for mode in MODES.get(kind, ())}
        assert rule.when.modes <= modes | {"none"}, rule.id
        assert sum((bool(rule.then.type or rule.then.mode), rule.then.drop, rule.then.keep)) == 1


def test_a_deed_that_no_rule_is_about_stays() -> None:
    [deed] = deeds_in("Turkey {arrested|COERCE arrest} two smugglers.")
    ruling = apply(deed)
    assert (ruling.type, ruling.mode, ruling.keep, ruling.rules) == ("COERCE", "arrest", True, ())


def test_a_phrase_may_go_on_after_a_trigger_of_one_word() -> None:
    [deed] = deeds_in("Armenia {called|CONSULT} off the talks.")
    assert apply(deed).type == "REJECT"
    [deed] = deeds_in("Armenia {met|CONSULT} those who called off the talks.")
    assert apply(deed).type == "CONSULT"


def test_hyphens_are_no_words() -> None:
    words = ["the", "cease", "-", "fire", "took", "effect"]
    deed = Deed.of_words(words, 1, 3, type="CONCEDE")
    assert (deed.words, deed.first, deed.last) == (("the", "cease", "fire", "took", "effect"), 1, 2)
    assert apply(deed).type == "RETREAT"


def test_a_dropped_deed_drops_no_other() -> None:
    marked = (
        "Mali {sent|MOBILIZE troops, happened, MLI.MIL > -} men "
        "and {attacked|ASSAULT, negated, MLI.MIL > MLI.REB} nobody."
    )
    assert [ruling.keep for ruling in apply_together(deeds_in(marked))] == [True, True]


@pytest.mark.parametrize(
    ("type_", "standing", "written"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("RETREAT", "planned", "CONCEDE"),
        ("CONCEDE", "planned", "CONCEDE"),
        ("COERCE", "planned", "THREATEN"),
        ("REQUEST", "planned", "REQUEST"),
        ("CONSULT", "happened", "CONSULT"),
        ("ASSAULT", "alleged", "ASSAULT"),
        ("ASSAULT", "denied", None),
        ("AID", "hypothetical", None),
    ],
)
def test_time_decides(type_: EventType, standing: Standing, written: str | None) -> None:
    assert plover_type(type_, standing) == written


def test_planned_types_stay_cooperation_or_conflict() -> None:
    for before, after in boundary_table().planned.types.items():
        assert (QUAD[before] < 3) == (QUAD[after] < 3)
