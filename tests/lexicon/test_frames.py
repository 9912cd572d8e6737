"""Every frame's examples and counter-examples run through the reader; bad files are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chancery.lexicon.frames import ARROW, MODES, QUAD, load_frames
from chancery.lexicon.load import TABLES
from chancery.lexicon.verbs import noun_forms, verb_forms
from chancery.model import Claim, Report, When
from chancery.read import Reader

DAY = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")
ENTRIES, PROBLEMS = load_frames(TABLES / "frames")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("frames")


def claims_of(reader: Reader, words: str) -> tuple[Claim, ...]:
    return reader.read_one(Report(id="rep_0", text=words, published=DAY)).claims


def parts(claim: Claim) -> str:
    """Write a claim as an example does: actors, frame, targets, standing."""
    line = str(claim).split(" ", 1)[1].partition(" @")[0].split(", ")
    return ", ".join(part for part in line if " " not in part or part == line[0])


def test_frames_load_without_problems() -> None:
    assert PROBLEMS == []
    assert len(ENTRIES) > 100


def test_every_type_and_mode_has_a_frame() -> None:
    covered = {(entry.frame.type, entry.frame.mode) for entry in ENTRIES.values()}
    assert {kind for kind, _ in covered} == set(QUAD)
    wanted = {(kind, mode) for kind, modes in MODES.items() for mode in modes}
    # NGEC's two extra modes of threats name what other modes already hold.
    assert wanted - covered <= {("THREATEN", "ban"), ("THREATEN", "rights")}


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_examples_give_their_claims(reader: Reader, name: str) -> None:
    for example in ENTRIES[name].examples:
        words, _, expected = example.partition(ARROW)
        assert expected in [parts(claim) for claim in claims_of(reader, words)], words


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_counter_examples_do_not_give_the_deed(reader: Reader, name: str) -> None:
    for words in ENTRIES[name].not_examples:
        real = [
            parts(claim)
            for claim in claims_of(reader, words)
            if claim.frame == name and claim.standing in ("happened", "ongoing")
        ]
        assert real == [], words


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("$.mode", ('mode = "phone"', 'mode = "whisper"')),
        ("$.type", ('type = "CONSULT"', 'type = "CHAT"')),
        ("$.cameo", ('cameo = "041"', 'cameo = "41x"')),
        ("$.intensity", ("intensity = 1.5", "intensity = 11")),
        ("$.examples[0]", (" => ", " -> ")),
        ("unknown field `colour`", ("mutual", 'colour = "red"\nmutual')),
        ("not TOML", ('type = "CONSULT"', 'type = "CONSULT')),
    ],
)
def test_a_bad_file_is_refused_with_the_field(
    tmp_path: Path, field: str, change: tuple[str, str]
) -> None:
    table = (TABLES / "frames" / "telephone.toml").read_text("utf-8")
    (tmp_path / "telephone.toml").write_text(table.replace(*change), "utf-8")
    entries, problems = load_frames(tmp_path)
    assert entries == {}
    assert any(field in str(problem) for problem in problems)
    assert all("lexicon/frames/telephone.toml" in problem.place for problem in problems)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("kidnap", {"kidnap", "kidnaps", "kidnapped", "kidnapping"}),
        ("criticise", {"criticise", "criticised", "criticize", "criticizing"}),
        ("fly", {"flies", "flew", "flown", "flying"}),
        ("withdraw", {"withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
    ],
)
def test_verb_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(lemma))


def test_noun_forms() -> None:
    assert noun_forms("embassy") == ("embassy", "embassies")
