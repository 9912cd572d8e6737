"""Turns the features of the states that a party may belong to into chances.

A small network scores every candidate: the features themselves, weighed anew for each class of
words, type of deed and look of the party's head word, and two hidden layers over both. A softmax
over the candidates makes chances of the scores, as in a conditional logit (McFadden 1974). The
weights lie in `data/party_states.npz` and are fitted by `training/deeds/fit_states.py`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float32]

WEIGHTS: Final = "party_states.npz"
WIDTH: Final = 384
"""The width of a word's look: its state after the encoder's lower half."""


class StateWeights(NamedTuple):
    """The network's weights: f features, t told values, l values of a look, h and k hidden ones.

    `look`: 384 × l, with `look_bias`; `plain`: f; `weighed`: t + l × f; `first`: f × h, `told`:
    t + l × h, `first_bias`: h; `second`: h × k, `second_bias`: k; `last`: k.
    """

    look: Values
    look_bias: Values
    plain: Values
    weighed: Values
    first: Values
    told: Values
    first_bias: Values
    second: Values
    second_bias: Values
    last: Values


@cache
def state_weights() -> StateWeights:
    """Load the weights, once per process."""
    import numpy as np

    source = resources.files("chancery.read") / "data" / WEIGHTS
    with source.open("rb") as file, np.load(file) as stored:
        return StateWeights(*(stored[name].astype(np.float32) for name in StateWeights._fields))


def chances_of(rows: Values, told: Values, look: Values) -> list[float]:
    """Return the chance of each candidate: `rows` n × f, `told` t, `look` 384."""
    import numpy as np

    weights = state_weights()
    known = np.concatenate([told, np.tanh(look @ weights.look + weights.look_bias)])
    scores = rows @ (weights.plain + known @ weights.weighed)
    hidden = np.maximum(rows @ weights.first + known @ weights.told + weights.first_bias, 0.0)
    hidden = np.maximum(hidden @ weights.second + weights.second_bias, 0.0)
    scores = scores + hidden @ weights.last
    raised: NDArray[Any] = np.exp(scores - scores.max())
    return [float(value) for value in raised / raised.sum()]
