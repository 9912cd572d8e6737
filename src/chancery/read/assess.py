"""Whether a deed came about, as a text tells it: its word is handed over, and that is answered.

`Reader.assess` is the way in. The sentence is parsed; what stands over the word is read off the
tree as signs (`deed_scope.py`), and with the encoder's states of the word and of its governor they
go through one small hidden layer. On it stand a number from -3 to 3, the standing, and whether the
deed is ahead, uncertain or left open. Polarity is counted along the scope (`polarity.py`).

The weights, `data/assess.npz`, are fitted in `training/assess`: the number as in It-Happened
(White et al. 2016, Rudinger et al. 2018: has it happened, and how sure is one of that), the rest as
in MEANTIME (Minard et al. 2016) and in annotated reports.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from chancery.errors import UsageError
from chancery.model import Span, Standing
from chancery.read.deed_scope import Scope
from chancery.read.encoder import ModelDamaged
from chancery.read.parse import ROOT, Tree, parse_trunk
from chancery.read.polarity import Polarity, polarity_of
from chancery.read.sentences import Sentence, split_sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.read.encoder import Encoder, Trunk

    Scores = NDArray[np.float32]

Certainty: TypeAlias = Literal["certain", "probable", "possible", "unknown"]
Time: TypeAlias = Literal["not_future", "future"]

STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
DOUBTS: Final = ("future", "uncertain", "open")
"""What the last heads answer: is the deed ahead, is it uncertain, is it left open?"""

SURE: Final = 3.0
WINDOW: Final = 60
"""Of a sentence too long to be read whole, so many words on either side of the deed are read."""

DENIED: Final = 2.0
"""What is taken off the number where the deed is told as not done: numbers for that are few, and
what they learn from is at odds about "I do not want to"."""


class Wording(NamedTuple):
    """The tables of `data/assess.toml`."""

    probable: frozenset[str]
    begun: frozenset[str]
    begun_tense: frozenset[str]
    standing: Mapping[Standing, frozenset[str]]


@cache
def wording() -> Wording:
    """Load the wording, once per process."""
    source = resources.files("chancery.read") / "data" / "assess.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    standing = {name: frozenset(signs.split()) for name, signs in table["standing"].items()}
    lists = {name: frozenset(table[name].split()) for name in ("probable", "begun", "begun_tense")}
    return Wording(standing=standing, **lists)


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says of a deed: did it come about, how surely, and is it still ahead?

    `factuality` is from -3 (has certainly not happened) to 3 (has certainly happened): what is only
    planned lies below 0. `standing` is a claim's.
    """

    polarity: Polarity
    certainty: Certainty
    time: Time
    standing: Standing
    factuality: float


class Seen(NamedTuple):
    """What the model is told of a word for a deed.

    `signs` as in `deed_scope.py`; `states`: float32, 768, the trunk's last states of the word and
    of its governor, the latter 0 for a root.
    """

    signs: tuple[str, ...]
    states: Scores


class Weights(NamedTuple):
    """The fitted weights, for n signs and a hidden layer of h; all arrays float32.

    `signs`: n × h and `states`: 768 × h lead to the hidden layer, `mean` and `spread`: 768 make
    states comparable. `number`: h + 1 and `standing`: (h + 1) × 8 stand on it, their last row the
    bias; `doubts`: (h + 1 + n) × 3 also on the signs themselves, and `limits`: 3 says how
    likely each doubt must be.
    """

    names: Mapping[str, int]
    signs: Scores
    states: Scores
    mean: Scores
    spread: Scores
    bias: Scores
    number: Scores
    standing: Scores
    doubts: Scores
    limits: Scores


def assess(text: str, spans: Sequence[Span], encoder: Encoder) -> list[Assessment]:
    """Assess the deeds that the words at some spans name, in their order.

    Raises UsageError where a span holds no word of the text.
    """
    return [judge(seen, shipped_weights()) for seen in look(text, spans, encoder)]


def look(text: str, spans: Sequence[Span], encoder: Encoder) -> list[Seen]:
    """Return what the model is told of the words at some spans; raises UsageError as `assess`."""
    found: dict[int, Seen] = {}
    for sentence in split_sentences(text):
        inside = {n: span for n, span in enumerate(spans) if _covers(sentence, span)}
        forms = [word.of(text) for word in sentence.words]
        if inside and encoder.fits(forms):
            found.update(_look_at(sentence, text, inside, encoder))
            continue
        for number, span in inside.items():
            found.update(_look_at(_around(sentence, span), text, {number: span}, encoder))
    for number, span in enumerate(spans):
        if number not in found:
            raise UsageError(f"the span {span.start}-{span.end} holds no word of the text")
    return [found[number] for number in range(len(spans))]


def _covers(sentence: Sentence, span: Span) -> bool:
    """Say whether a span begins in a sentence and holds a word of it."""
    begins = sentence.span.start <= span.start < min(span.end, sentence.span.end)
    return begins and any(word.overlaps(span) for word in sentence.words)


def _around(sentence: Sentence, span: Span) -> Sentence:
    place = next(n for n, word in enumerate(sentence.words) if word.overlaps(span))
    words = sentence.words[max(0, place - WINDOW) : place + WINDOW]
    return Sentence(span=Span(words[0].start, words[-1].end), words=words)


def _look_at(
    sentence: Sentence, text: str, spans: Mapping[int, Span], encoder: Encoder
) -> Iterator[tuple[int, Seen]]:
    forms = tuple(word.of(text) for word in sentence.words)
    trunk = encoder.trunk(forms)
    tree = parse_trunk(sentence, trunk, encoder)
    scope = Scope(tree, forms)
    for number, span in spans.items():
        word = _head_word(tree, span)
        yield number, Seen(tuple(scope.signs(word)), _states(trunk, tree, word))


def _head_word(tree: Tree, span: Span) -> int:
    """Return the word of a span on which its others hang."""
    inside = [number for number, word in enumerate(tree.words) if word.overlaps(span)]
    return next(word for word in inside if tree.heads[word] not in inside)


def _states(trunk: Trunk, tree: Tree, word: int) -> Scores:
    import numpy as np

    last = trunk.states[-1]
    governor = tree.heads[word]
    own = last[trunk.firsts[word + 1]]
    above = np.zeros_like(own) if governor == ROOT else last[trunk.firsts[governor + 1]]
    return np.concatenate([own, above])


# The model ---------------------------------------------------------------------------------------


def judge(seen: Seen, weights: Weights) -> Assessment:
    """Return the answer of some weights to what is seen of a deed."""
    import numpy as np

    known = [weights.names[sign] for sign in seen.signs if sign in weights.names]
    hidden = hidden_of(seen, weights)
    number = float(hidden @ weights.number[:-1] + weights.number[-1])
    standing = hidden @ weights.standing[:-1] + weights.standing[-1]
    own = weights.doubts[len(hidden) + 1 + np.asarray(known, dtype=int)].sum(0)
    logits = hidden @ weights.doubts[: len(hidden)] + weights.doubts[len(hidden)] + own
    return _worded(
        frozenset(seen.signs),
        number,
        STANDINGS[int(standing.argmax())],
        dict(zip(DOUBTS, (1 / (1 + np.exp(-logits)) / weights.limits).tolist(), strict=True)),
    )


def hidden_of(seen: Seen, weights: Weights) -> Scores:
    """Return the hidden layer's values, none below 0."""
    import numpy as np

    known = [weights.names[sign] for sign in seen.signs if sign in weights.names]
    states = (seen.states - weights.mean) / weights.spread
    total = weights.bias + weights.signs[known].sum(0) + states @ weights.states
    hidden: Scores = np.maximum(total, 0).astype(np.float32)
    return hidden


def _worded(
    signs: frozenset[str], number: float, standing: Standing, doubts: Mapping[str, float]
) -> Assessment:
    """Put the answers into words; a doubt counts where it is more than its limit, that is, 1."""
    polarity = polarity_of(signs)
    uncertain = doubts["uncertain"] > 1
    left_open = doubts["open"] > 1 and polarity != "negative" and not uncertain
    certainty: Certainty = "unknown" if left_open else "certain"
    if uncertain:
        certainty = "possible" if wording().probable.isdisjoint(signs) else "probable"
    number -= DENIED * (polarity == "negative")
    return Assessment(
        polarity="unknown" if left_open else polarity,
        certainty=certainty,
        time="future" if doubts["future"] > 1 and not _is_begun(signs) else "not_future",
        standing=_standing(signs, polarity, standing),
        factuality=round(max(-SURE, min(SURE, number)), 2),
    )


def _is_begun(signs: frozenset[str]) -> bool:
    """Say whether somebody has begun the deed, or goes on with it."""
    return not (wording().begun.isdisjoint(signs) or wording().begun_tense.isdisjoint(signs))


def _standing(signs: frozenset[str], polarity: Polarity, likeliest: Standing) -> Standing:
    """Return the standing that signs settle, else the likeliest."""
    if polarity == "negative":
        return "denied" if any(sign.startswith("1:deny:") for sign in signs) else "negated"
    settled = (name for name, some in wording().standing.items() if not some.isdisjoint(signs))
    return next(settled, likeliest)


@cache
def shipped_weights() -> Weights:
    """Load the weights that ship with the package, once per process.

    Raises ModelDamaged where they are missing or are no weights.
    """
    import numpy as np

    path = resources.files("chancery.read") / "data" / "assess.npz"
    try:
        with resources.as_file(path) as file, np.load(file, allow_pickle=False) as stored:
            return unpacked(dict(stored))
    except (OSError, KeyError, ValueError) as cause:
        raise ModelDamaged(f"no usable weights in {path}: {cause}") from cause


def unpacked(stored: Mapping[str, NDArray[Any]]) -> Weights:
    """Return weights as they are computed with, from those that `packed` made."""
    names = bytes(stored["names"]).decode("utf-8").split("\n")
    arrays = {
        field: stored[field].astype("float32") * stored.get(f"{field}_scale", 1)
        for field in Weights._fields[1:]
    }
    return Weights(names={name: number for number, name in enumerate(names)}, **arrays)


def packed(weights: Weights) -> dict[str, NDArray[Any]]:
    """Return weights as they are stored: the two large arrays as int8 with a scale a column."""
    import numpy as np

    stored: dict[str, NDArray[Any]] = {
        "names": np.frombuffer("\n".join(weights.names).encode("utf-8"), dtype=np.uint8)
    }
    for field in Weights._fields[1:]:
        array = getattr(weights, field)
        if field in ("signs", "states"):
            scale = (np.abs(array).max(0) / 127 + 1e-9).astype(np.float32)
            stored[f"{field}_scale"] = scale
            stored[field] = np.rint(array / scale).astype(np.int8)
        else:
            stored[field] = array.astype(np.float32)
    return stored
