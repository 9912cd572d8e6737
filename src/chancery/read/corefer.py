"""Which mentions in several texts speak of the same happening: mentions in, groups of them out.

texts, mentions ─► what is seen of each ─► signs of each pair ─► how likely it is one ─► groups
                   (deed_mentions)         (deed_likeness)       (here)                  (linkage)

`Reader.corefer` is the way in. Each pair of mentions is compared by signs of words, arguments,
sorts and texts; small networks, whose answers are averaged, make them the chance that both are one
happening; average linkage groups by it. The weights, `data/corefer.npz`, are fitted in
`training/coref` on ECB+ (Cybulska and Vossen 2014). The method follows Barhoum et al. 2019 and Held
et al. 2021, with signs in place of a network of its own.

Nothing hangs on the order of texts or mentions, or on what texts are called. Time and memory grow
with the square of the mentions: this is for one story's reports, not for a whole ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from chancery.errors import UsageError
from chancery.model import Span
from chancery.read.corefer_tables import tables
from chancery.read.deed_likeness import Signs, signs_of
from chancery.read.deed_mentions import DeedMention, SeenMention, SeenText, TextReader
from chancery.read.linkage import groups_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.read.encoder import Encoder

    Table = NDArray[np.float32]

__all__ = ["DeedMention", "corefer"]

BLOCK: Final = 1 << 22
"""Numbers that are laid out at once while pairs are compared."""

FEW: Final = 2
"""From so many mentions on there is something to compare."""


class Networks(NamedTuple):
    """m networks of two hidden layers, h and k wide, on s signs; all arrays float32.

    `mean` and `spread`: s make signs comparable. `first`: m × s × h, `second`: m × h × k, `last`:
    m × k × 1, each with its bias, m × 1 × as wide.
    """

    names: tuple[str, ...]
    mean: Table
    spread: Table
    first: Table
    first_bias: Table
    second: Table
    second_bias: Table
    last: Table
    last_bias: Table


class Batch(NamedTuple):
    """Texts and mentions as they are compared, in an order that hangs on their words alone."""

    mentions: tuple[DeedMention, ...]
    seen: tuple[SeenMention, ...]
    texts: tuple[SeenText, ...]


@cache
def shipped() -> Networks:
    """Load the fitted weights, once per process."""
    source = resources.files("chancery.read") / "data" / "corefer.npz"
    with source.open("rb") as file:
        return unpacked(file)


def unpacked(file: Any) -> Networks:
    """Read weights from an open `.npz`."""
    import numpy as np

    with np.load(file) as stored:
        arrays = {name: stored[name] for name in Networks._fields}
    names = tuple(bytes(arrays.pop("names")).decode().split(" "))
    return Networks(names, **{name: array.astype(np.float32) for name, array in arrays.items()})


def corefer(
    texts: Mapping[str, str], mentions: Iterable[tuple[str, Span]], encoder: Encoder
) -> list[tuple[DeedMention, ...]]:
    """Return groups of mentions, each of one happening; every mention is in one, maybe alone.

    `texts` are by id, and all of them tell what is common in the batch; a mention is its text's id
    and its span. Groups and their members are in the order of ids and spans. Raises UsageError
    where a mention's text is not among `texts`, or its span holds no word.
    """
    batch = look(texts, mentions, encoder)
    if len(batch.mentions) < FEW:
        return [(mention,) for mention in batch.mentions]
    chances = chances_of(signs_of(batch.texts, batch.seen), shipped())
    return grouped(batch, chances, tables().least)


def look(texts: Mapping[str, str], mentions: Iterable[tuple[str, Span]], encoder: Encoder) -> Batch:
    """Read all texts and what their mentions show; raises UsageError as `corefer`."""
    wanted: dict[str, set[Span]] = {name: set() for name in texts}
    for name, span in mentions:
        if name not in wanted:
            raise UsageError(f"a mention's text is not given: {name}")
        wanted[name].add(span)
    reader = TextReader(encoder)
    found, seen, pages = [], [], []
    # Sorted by their words, so that what a text is called cannot matter.
    for number, name in enumerate(sorted(texts, key=lambda name: (texts[name], name))):
        spans = sorted(wanted[name])
        page, here = reader.look(number, texts[name], spans)
        found += [DeedMention(name, span) for span in spans]
        pages.append(page)
        seen += here
    return Batch(tuple(found), tuple(seen), tuple(pages))


def grouped(
    batch: Batch, chances: NDArray[np.float64], least: float
) -> list[tuple[DeedMention, ...]]:
    """Group a batch's mentions, `least` as likely on average."""
    groups = groups_of(chances, least)
    return sorted(tuple(sorted(batch.mentions[n] for n in members)) for members in groups)


def chances_of(signs: Signs, networks: Networks) -> NDArray[np.float64]:
    """Return how likely each pair is one happening, n × n, by the mean of the networks' answers."""
    import numpy as np

    tables_ = [signs[name] for name in networks.names]
    count = len(tables_[0])
    odds = np.zeros((count, count))
    height = max(1, BLOCK // (count * len(tables_)))
    for start in range(0, count, height):
        rows = np.stack([table[start : start + height] for table in tables_], axis=-1)
        odds[start : start + height] = odds_of(rows.reshape(-1, len(tables_)), networks).reshape(
            -1, count
        )
    # A pair's two cells differ by rounding alone.
    return 1 / (1 + np.exp(-(odds + odds.T) / 2))


def odds_of(signs: Table, networks: Networks) -> Table:
    """Return the log odds of pairs, from their signs, pairs × s: the mean over the networks."""
    import numpy as np

    inputs = (signs - networks.mean) / networks.spread
    total: Table = np.zeros(len(inputs), np.float32)
    for number in range(len(networks.first)):
        low = np.maximum(inputs @ networks.first[number] + networks.first_bias[number], 0)
        high = np.maximum(low @ networks.second[number] + networks.second_bias[number], 0)
        total += (high @ networks.last[number] + networks.last_bias[number])[:, 0]
    return (total / len(networks.first)).astype(np.float32)
