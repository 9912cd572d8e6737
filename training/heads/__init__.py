"""The heads on the encoder: what each learns and what it puts out.

A head is a small module with `loss(states, batch)` for training and `outputs(states)` for the
exported graph. A new one is a file here, a line in `KINDS` and a row in `config.toml`.
"""

from __future__ import annotations

from heads.meaning import MeaningHead
from heads.token import TokenHead
from heads.tree import TreeHead

KINDS = {"token": TokenHead, "tree": TreeHead, "meaning": MeaningHead}
