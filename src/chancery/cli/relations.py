"""To look at how states move: two of them, three of them, and when it turned.

What these data cannot show is printed like any other result. The methods are explained in
`docs/relations.md`, what the commands show in `docs/dyads.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from chancery.cli.options import filter_options, ledger_option, output_options
from chancery.cli.output import Output
from chancery.cli.verbs import verb
from chancery.errors import UsageError
from chancery.outputs.asked import Filters

if TYPE_CHECKING:
    from chancery.model import Relation
    from chancery.outputs.desk import Desk
    from chancery.relations.ground import Ground

F = TypeVar("F", bound=Callable[..., Any])

STEPS: Final = ("day", "week", "month", "quarter", "year")
MEASURES: Final = ("warmth", "intensity", "cooperation", "conflict", "events")

STEP = click.option(
    "--step", type=click.Choice(STEPS), default="quarter", show_default=True,
    help="How long a step of time is.",
)  # fmt: skip
MEASURE = click.option(
    "--measure", type=click.Choice(MEASURES), default="warmth", show_default=True,
    help="What is drawn, and what may turn.",
)  # fmt: skip
LAYER = click.option("--layer", metavar="NAME", help="Ask a layer instead of the ledger.")
FOLD = click.option(
    "--fold", is_flag=True,
    help="Count a meeting that a data set tells in two mirrored rows once, undirected.",
)  # fmt: skip
PENALTY = click.option(
    "--penalty", type=click.FloatRange(min=0, min_open=True), metavar="NUMBER",
    help="What a further turn must gain; docs/relations.md says what is usual.",
)  # fmt: skip
CHART = click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Also draw it: FILE.svg, FILE.png, or the Vega-Lite spec as FILE.json.",
)  # fmt: skip


@verb(
    "chancery dyad Belarus USA -q",
    "chancery dyad CHN JPN --layer icews --from 2005 --to 2015 --chart china-japan.svg",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@LAYER
@STEP
@MEASURE
@PENALTY
@FOLD
@CHART
@click.option(
    "--reciprocity", "method", flag_value="reciprocity", default=None,
    help="Who answers whom: a vector autoregression, Granger tests, impulse responses.",
)  # fmt: skip
@click.option(
    "--surprise", "method", flag_value="surprise",
    help="Which steps have more or fewer deeds than the world's rows lead one to expect.",
)  # fmt: skip
@click.option(
    "--dependence", "method", flag_value="dependence",
    help="How each side's cooperation is spread over all its partners.",
)  # fmt: skip
@ledger_option
@filter_options("since", "until", "as_of")
@output_options(quotes=True)
def dyad(
    a: str,
    b: str,
    layer: str | None,
    step: str,
    measure: str,
    penalty: float | None,
    fold: bool,
    chart: Path | None,
    method: str | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """Print what two states do to each other, step by step, and when that turned.

    A and B are codes or names. Two blocks, A to B and B to A; what both do together stands in
    either and is counted as mutual. -q prints what each step and each turn rests on.
    """
    from chancery.cli.method_sheets import show_told
    from chancery.cli.relation_sheets import Telling
    from chancery.outputs.method_rows import told_by

    _check_chart(chart)
    with _opened(ledger, layer, step, filters, fold=fold or _needs_folding(method, layer)) as (
        desk,
        ground,
    ):
        one, other = _parties(desk, ground, a, b)
        if method:
            show_told(told_by(method, ground, one, other), output)
            return
        relation = _relation(ground, one, other, measure, penalty)
        Telling(desk, ground).show_relation(relation, output)
        _draw(relation.chart(), chart, output)


@verb(
    "chancery triad USA Belarus Russia",
    "chancery triad CHN JPN KOR --layer icews --step year --chart triangle.svg",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.argument("c", metavar="C")
@LAYER
@STEP
@MEASURE
@FOLD
@CHART
@ledger_option
@filter_options("since", "until", "as_of")
@output_options()
def triad(
    a: str,
    b: str,
    c: str,
    layer: str | None,
    step: str,
    measure: str,
    fold: bool,
    chart: Path | None,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """Print how three states stand to one another: each pair's warmth, and whether it balances.

    A triangle is in balance where the product of its three signs is positive: all friends, or two
    against one. The sign is taken beside zero and beside the mean of the world. Below stands
    whether the past of one pair helps to foretell another (Granger), and a sentence on what moved
    in the last step.
    """
    from chancery.cli.method_sheets import show_triad
    from chancery.outputs.method_rows import triangle

    _check_chart(chart)
    with _opened(ledger, layer, step, filters, fold=fold) as (desk, ground):
        parties = _parties(desk, ground, a, b, c)
        one, two, three = parties
        pairs = ((one, two), (two, three), (three, one))
        common = ground.between(*ground.span(parties))
        relations = [_relation(common, *pair, measure, None) for pair in pairs]
        show_triad(triangle(ground, parties, relations), step, output)
        if chart:
            from chancery.drawing import triad_chart

            _draw(triad_chart([relation.picture() for relation in relations]), chart, output)


@verb(
    "chancery turns Belarus USA -q",
    "chancery turns --layer icews --step month --csv > turns.csv",
)
@click.argument("parties", metavar="[A B]", nargs=-1)
@LAYER
@STEP
@MEASURE
@PENALTY
@FOLD
@ledger_option
@filter_options("since", "until", "as_of", "limit")
@output_options(quotes=True)
def turns(
    parties: tuple[str, ...],
    layer: str | None,
    step: str,
    measure: str,
    penalty: float | None,
    fold: bool,
    ledger: Path | None,
    filters: Filters,
    output: Output,
) -> None:
    """List when relations turned: between which days, from what to what, how firm, carried by what.

    Without A and B, the pairs with most between them are looked at. -q opens the sentences, or the
    rows of a layer.
    """
    from chancery.cli.relation_sheets import Telling

    if len(parties) not in (0, 2):
        raise UsageError("turns takes two parties or none", hint="chancery turns Belarus USA")
    with _opened(ledger, layer, step, filters, fold=fold) as (desk, ground):
        pairs = [_parties(desk, ground, *parties)] if parties else ground.pairs()
        relations = [_relation(ground, one, other, measure, penalty) for one, other in pairs]
        Telling(desk, ground).show_turns(relations, filters.limit, output)


@contextmanager
def _opened(
    ledger: Path | None, layer: str | None, step: str, filters: Filters, *, fold: bool
) -> Iterator[tuple[Desk, Ground]]:
    from chancery.cli.desk import open_desk
    from chancery.relations import cube
    from chancery.relations.ground import Ground

    with (
        open_desk(ledger, filters.as_of) as desk,
        Ground(
            desk.ledger, step=step, layer=layer, since=filters.since, until=filters.until,
            as_of=filters.as_of, filters=cube.Filters(fold=fold),
        ) as ground,
    ):  # fmt: skip
        yield desk, ground


def _parties(desk: Desk, ground: Ground, *words: str) -> tuple[str, ...]:
    """Return the parties that are meant; raises `UsageError` unless they are as many as words."""
    from chancery.outputs.names import resolve_who

    codes = tuple(ground.party(code) for code in resolve_who(words, desk.lexicon))
    if len(set(codes)) != len(words):
        raise UsageError(f"{' and '.join(words)} are not {len(words)} different parties")
    return codes


def _relation(
    ground: Ground, one: str, other: str, measure: str, penalty: float | None
) -> Relation:
    from chancery.relations.relate import relation_on

    return relation_on(ground, one, other, measure=measure, penalty=penalty)


def _needs_folding(method: str | None, layer: str | None) -> bool:
    """Say whether mirrored rows would pass for answers: in a layer, where answers are asked for."""
    return method == "reciprocity" and layer is not None


def _check_chart(chart: Path | None) -> None:
    """Refuse a file that cannot be drawn before any work is done."""
    if chart:
        from chancery.outputs.charts import check_kind

        check_kind(chart)


def _draw(spec: dict[str, Any], chart: Path | None, output: Output) -> None:
    """Write the chart after its table, which stands even where nothing can be drawn."""
    if chart:
        from chancery.cli.progress import say
        from chancery.outputs.charts import write_chart

        write_chart(spec, chart)
        if not output.quiet:
            say(f"chart: {chart}")
