from pathlib import Path

import pytest

from chancery.lexicon import Lexicon
from chancery.lexicon.compiled import Tables
from chancery.lexicon.decode import decode_actors

STATE = """\
id = "BLR"
names = ["Belarus"]
adjectives = ["Belarusian"]
demonyms = ["Belarusians"]

[[seats]]
names = ["Minsk"]
capital = true

[[bodies]]
id = "kgb"
names = ["Belarusian KGB"]
sector = "SPY"

[[persons]]
id = "lukashenko"
given = ["Alexander"]
surname = ["Lukashenko", "Lukashenka"]
offices = [{ post = "president", since = 1994-07-20 }]
"""

TITLES = """\
[[titles]]
post = "president"
names = ["president"]
sector = "GOV"
single = true

[[titles]]
post = "spokesperson"
names = ["spokesperson", "spokesman"]
sector = "GOV"
"""


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def files() -> dict[str, bytes]:
    """The smallest tables that hold together."""
    return {"actors/BLR.toml": STATE.encode(), "actors/titles.toml": TITLES.encode()}


@pytest.fixture
def folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    """The same tables in a folder of their own."""
    for name, content in files.items():
        path = tmp_path / "tables" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "tables"


@pytest.fixture
def tables(files: dict[str, bytes]) -> Tables:
    return decode_actors(files, [])
