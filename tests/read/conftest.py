"""A tiny real model, trained as the shipped one is but small enough to keep beside the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from chancery.read.encoder import Encoder

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny_model"


@pytest.fixture(scope="session")
def tiny() -> Encoder:
    return Encoder.load(TINY)
