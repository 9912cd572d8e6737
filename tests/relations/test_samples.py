"""The public samples, where they are at hand: counts come round, and known figures are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from chancery.lexicon import Lexicon
from chancery.relations.actor_names import ActorNames

from .conftest import SHARED, Imported

Take = Callable[..., Imported]
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="no public samples at hand")
SAMPLES = SHARED / "samples"
ROWS = {
    "gdelt1_backfile_57col.csv": ("gdelt", 201),
    "gdelt1_daily_58col.export.CSV": ("gdelt", 509),
    "icews_dataverse_2018.tab": ("icews", 1500),
    "ucdp_ged191_syria_from_r.csv": ("ucdp-ged", 60),
}


@pytest.mark.parametrize("name", ROWS)
def test_counts_come_round(name: str, take: Take) -> None:
    format, rows = ROWS[name]
    found = take(format, SAMPLES / name)
    assert (found.summary.rows, found.summary.rejected) == (rows, 0)
    first = 1 if format == "gdelt" else 2
    assert [row["source_row"] for row in found.rows] == list(range(first, rows + first))


def test_six_gdelt_rows_lie_long_before_their_file(take: Take) -> None:
    found = take("gdelt", SAMPLES / "gdelt1_daily_58col.export.CSV")
    assert [one.count for one in found.summary.remarks] == [6]


def test_gdelt_sample_joins_139_pairs_of_countries(take: Take) -> None:
    """The two codes are of regions in some of these, and regions are no party."""
    files = [SAMPLES / name for name, (format, _) in ROWS.items() if format == "gdelt"]
    found = take("gdelt", *files)
    crossing = [row for row in found.rows
                if row["actor"] and row["target"] and row["actor"] != row["target"]]  # fmt: skip
    assert 125 <= len(crossing) <= 145


@pytest.fixture(scope="module")
def facts(
    tmp_path_factory: pytest.TempPathFactory,
    lexicon: Lexicon,
    rows_of: Callable[..., list[dict[str, object]]],
) -> Imported:
    from chancery.relations import Layers

    layers = Layers(tmp_path_factory.mktemp("facts") / "test.ledger", lexicon)
    summary = layers.import_(
        "icews", [SHARED / "icews0515_part.tsv.gz"], "test",
        stratum_column="part", weights={"sample20": 5.0},
    )  # fmt: skip
    return Imported(layers, summary, rows_of(layers, "test"))


def test_icews_facts_rows_and_strata(facts: Imported) -> None:
    assert facts.summary.rows == 202_862
    assert facts.summary.rejected == 0
    assert (facts.summary.first, facts.summary.last) == ("2005-01-01", "2015-12-31")
    assert facts.summary.stratum_rows == {"full": 138_275, "sample20": 64_587}
    border = "2012-08-08"
    for row in facts.rows:
        assert (row["stratum"] == "full") == (str(row["day"]) >= border)


def test_icews_facts_actors_and_words(facts: Imported) -> None:
    names = {row["actor_raw"] for row in facts.rows} | {row["target_raw"] for row in facts.rows}
    assert len(names) == 8_149
    assert all(row["cameo"] for row in facts.rows)


def test_icews_facts_largest_pairs(facts: Imported, lexicon: Lexicon) -> None:
    """By the README's rule, a state or a sector with its state, the largest pairs are equal.

    All pairs together are 43,3xx against its 41,353: our table knows more names of states and
    territories than the list behind that figure, which is not given.
    """
    names = ActorNames(lexicon)
    states = {
        name: names.state(name)
        for row in facts.rows for name in (row["actor_raw"], row["target_raw"])
    }  # fmt: skip
    pairs: Counter[tuple[str, ...]] = Counter()
    for row in facts.rows:
        sides = {states[row["actor_raw"]], states[row["target_raw"]]} - {None}
        if len(sides) == 2:
            pairs[tuple(sorted(filter(None, sides)))] += 1
    assert pairs.most_common(5) == [
        (("CHN", "JPN"), 3_691), (("JPN", "KOR"), 3_051), (("CHN", "KOR"), 2_252),
        (("IRN", "IRQ"), 1_376), (("SDN", "SSD"), 1_079),
    ]  # fmt: skip
    assert 41_353 <= pairs.total() <= 41_353 * 1.05
    named = sum(states[row["actor_raw"]] is not None for row in facts.rows)
    assert 0.60 <= named / len(facts.rows) <= 0.64


def test_persons_and_bodies_add_to_the_pairs(facts: Imported) -> None:
    pairs = Counter(
        tuple(sorted((row["actor"], row["target"]))) for row in facts.rows
        if row["actor"] and row["target"] and row["actor"] != row["target"]
    )  # fmt: skip
    assert pairs["CHN", "JPN"] > 4_000
    assert pairs["CHN", "USA"] > 2_000
    assert facts.summary.open_actors / facts.summary.rows < 0.13
