"""What a decision would change, and what was decided, put into words."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.ledger.effects import Effect
from chancery.model import Decision
from chancery.outputs.visible import one_line
from chancery.outputs.words import counted, listed, short_id


def decision_line(made: Decision) -> str:
    """Write a decision on one line."""
    by = f" by {one_line(made.who)}" if made.who else ""
    return f"{short_id(made.id)}  {one_line(made.about)}: {one_line(made.verdict)}{by}"


def effect_lines(effect: Effect) -> Iterator[str]:
    """Write what changes, a happening a line: `-` goes, `+` comes, `<` becomes `>`."""
    for one in effect.removed:
        yield f"  - {one_line(str(one))}"
    for one in effect.added:
        yield f"  + {one_line(str(one))}"
    for altered in effect.altered:
        yield f"  < {one_line(str(altered.before))}"
        yield f"  > {one_line(str(altered.after))}  ({', '.join(altered.fields)})"
    yield f"  {effect_counts(effect)}"


def effect_counts(effect: Effect) -> str:
    """Say in numbers what changes: `120 happenings → 119 · 1 claim left out`."""
    before, after = effect.count_before, effect.count_after
    return listed((
        "" if effect.before or effect.after else "no happening changes",
        f"{counted(before, 'happening')} → {after:,}",
        f"{counted(len(effect.rejected), 'claim')} left out" if effect.rejected else "",
        f"{counted(len(effect.restored), 'claim')} back in" if effect.restored else "",
        effect.note,
    ))  # fmt: skip
