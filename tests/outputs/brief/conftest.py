"""Ledgers that briefs are made from: the sample reports, and one report written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader
from chancery.samples import sample_folder

ANSWERED = {
    "id": "answered",
    "published": "2021-03-08",
    "publisher": "The Test Courier",
    "title": "Lavrov in Minsk",
    "text": (
        "MINSK – Russian Foreign Minister Sergei Lavrov visited Belarus on 3 March 2021 at the "
        "invitation of Belarusian President Alexander Lukashenko.\n\n"
        "“I came to Minsk because Russia wants closer ties with Belarus,” Lavrov said.\n\n"
        "“We asked Russia to come, and Belarus is grateful,” Lukashenko said."
    ),
}


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    return Reader.load("small", lexicon)


Make = Callable[[Path, list[Path]], Ledger]


@pytest.fixture(scope="session")
def make(lexicon: Lexicon, reader: Reader) -> Make:
    """Read files into a new ledger."""

    def made(where: Path, files: list[Path]) -> Ledger:
        ledger = Ledger.open(where, lexicon)
        run(files, ledger, reader)
        return ledger

    return made


@pytest.fixture(scope="session")
def samples(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with make(tmp_path_factory.mktemp("samples") / "samples.ledger", [sample_folder()]) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def answered(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of one report that tells everything that the template asks for."""
    folder = tmp_path_factory.mktemp("answered")
    file = folder / "reports.jsonl"
    file.write_text(json.dumps(ANSWERED) + "\n", "utf-8")
    with make(folder / "answered.ledger", [file]) as ledger:
        yield ledger
