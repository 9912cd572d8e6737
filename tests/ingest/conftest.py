from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from chancery.errors import Problem
from chancery.ingest.draft import UNDATED
from chancery.ingest.files import read_stream
from chancery.model import Report

Read = Callable[..., tuple[list[Report], list[Problem]]]


@pytest.fixture
def read() -> Read:
    """Read bytes as a file of that name; gives its reports and its problems.

    Few inputs of these tests have a date: that they have none is not repeated here.
    """

    def read_bytes(
        name: str, data: bytes | str, mapping: Mapping[str, str] | None = None
    ) -> tuple[list[Report], list[Problem]]:
        raw = data.encode() if isinstance(data, str) else data
        items = list(read_stream(BytesIO(raw), name, mapping or {}))
        return (
            [item for item in items if isinstance(item, Report)],
            [item for item in items if isinstance(item, Problem) and item.code != UNDATED],
        )

    return read_bytes
