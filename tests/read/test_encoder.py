"""The encoder: what it puts out, that it is the same wherever a sentence stands, and its files."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chancery.read.encoder import (
    DEEDS,
    LABELS,
    MANIFEST,
    SHIPPED,
    SIDES,
    STATEMENTS,
    TRUNK,
    VOCABULARY,
    WEIGHTS,
    Encoded,
    Encoder,
    ModelDamaged,
    check_weights,
)
from chancery.read.wordpiece import MOST_PIECES, NO_SHAPE, SHAPES, WordPiece, shape_of

SENTENCES = [
    ["Minsk", "expelled", "two", "envoys", "."],
    ["The", "talks", "in", "Geneva", "failed", ",", "officials", "said", "."],
    ["MINSK", "EXPELS", "ENVOYS"],
    ["Yes"],
]


def same(first: Encoded, second: Encoded) -> bool:
    pairs = zip(Encoded.__struct_fields__, Encoded.__struct_fields__, strict=True)
    return all(np.array_equal(getattr(first, a), getattr(second, b)) for a, b in pairs)


def test_arrays_have_the_shapes_they_promise(tiny: Encoder) -> None:
    labels = tiny.manifest
    for words in SENTENCES:
        encoded, n = tiny.encode(words), len(words)
        width = encoded.heads.shape[1]
        assert encoded.upos.shape == (n, len(labels.upos))
        assert encoded.xpos.shape == (n, len(labels.xpos))
        assert encoded.names.shape == (n, len(labels.names))
        assert encoded.arcs.shape == (n, n + 1)
        assert encoded.dependents.shape == (n, width)
        assert encoded.heads.shape == (n + 1, width)
        labelled = tiny.label(encoded.dependents, encoded.heads[1:])
        assert labelled.shape == (n, len(labels.deprels))
        assert np.linalg.norm(encoded.meaning) == pytest.approx(1, abs=1e-4)


def test_a_trunk_has_the_states_of_each_piece_and_is_finished_as_it_would_be_at_once(
    tiny: Encoder,
) -> None:
    for words in SENTENCES:
        trunk = tiny.trunk(words)
        laid_out = tiny.feeds(words)
        layers, pieces, _ = trunk.states.shape
        assert (layers, pieces) == (2, laid_out["ids"].shape[1])
        assert trunk.states.dtype == np.float32
        assert np.array_equal(trunk.firsts, laid_out["firsts"][0])
        assert same(tiny.finish(trunk), tiny.encode(words))
        assert same(tiny.finish(trunk), tiny.encode(words))


def test_arrays_cannot_be_changed(tiny: Encoder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        tiny.encode(["Yes"]).arcs[0, 0] = 1
    trunk = tiny.trunk(["Yes"])
    with pytest.raises(ValueError, match="read-only"):
        trunk.states[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        trunk.firsts[0] = 1


def test_a_model_that_knows_no_deeds_says_so(tiny: Encoder) -> None:
    assert (tiny.manifest.types, tiny.manifest.modes) == ((), ())
    with pytest.raises(ModelDamaged, match=DEEDS):
        tiny.deeds(tiny.trunk(["Yes"]), [0], [0])
    with pytest.raises(ModelDamaged, match=SIDES):
        tiny.sides(np.zeros((1, 192), np.float32), np.zeros((1, 192), np.float32))


@pytest.mark.parametrize("columns", [([0], [0, 0]), ([0, 0], [0]), ([0, 0], [0, 0], [0])])
def test_deeds_need_one_number_a_word(tiny: Encoder, columns: tuple[list[int], ...]) -> None:
    with pytest.raises(ValueError, match="each of 2 words"):
        tiny.deeds(tiny.trunk(["They", "met"]), *columns)


def test_a_sentence_reads_the_same_alone_in_company_and_in_another_order(tiny: Encoder) -> None:
    alone = [Encoder.load(tiny.folder).encode(words) for words in SENTENCES]
    onward = [tiny.encode(words) for words in SENTENCES]
    backward = [tiny.encode(words) for words in reversed(SENTENCES)][::-1]
    assert all(map(same, alone, onward))
    assert all(map(same, alone, backward))


def test_a_sentence_reads_the_same_in_another_process(tiny: Encoder) -> None:
    program = (
        "import pickle, sys; encoder, sentences = pickle.load(sys.stdin.buffer); "
        "arrays = [encoder.encode(words) for words in sentences]; "
        "sys.stdout.buffer.write(pickle.dumps([[getattr(a, f).tobytes() for f in "
        "type(a).__struct_fields__] for a in arrays]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps((tiny, SENTENCES)),
        capture_output=True,
        check=True,
    )
    here = [
        [getattr(encoded, field).tobytes() for field in Encoded.__struct_fields__]
        for encoded in map(tiny.encode, SENTENCES)
    ]
    assert pickle.loads(done.stdout) == here


@pytest.mark.parametrize("words", [[], ["word"] * (MOST_PIECES * 50)])
def test_what_does_not_fit_is_refused(tiny: Encoder, words: list[str]) -> None:
    with pytest.raises(ValueError, match="a sentence has"):
        tiny.encode(words)


def test_the_shipped_weights_are_whole() -> None:
    assert check_weights() == []


@pytest.mark.parametrize("name", [TRUNK, WEIGHTS, LABELS, VOCABULARY])
def test_damaged_and_missing_files_are_found(tiny: Encoder, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny.folder, folder)
    assert check_weights(folder) == []
    (folder / name).write_bytes(b"x")
    assert [problem.place for problem in check_weights(folder)] == [str(folder / name)]
    (folder / name).unlink()
    assert [problem.code for problem in check_weights(folder)] == ["model-damaged"]
    (folder / MANIFEST).unlink()
    assert [problem.place for problem in check_weights(folder)] == [str(folder / MANIFEST)]
    with pytest.raises(ModelDamaged):
        Encoder.load(folder)


@pytest.mark.parametrize("name", [TRUNK, WEIGHTS])
def test_damaged_weights_are_refused_at_the_door(tiny: Encoder, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny.folder, folder)
    (folder / name).write_bytes(b"no model")
    with pytest.raises(ModelDamaged, match="cannot load"):
        Encoder.load(folder)


def test_the_shipped_model_is_small_enough() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= 30_000_000
    manifest = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))
    stated = set(manifest["sha256"]) - {DEEDS, SIDES, STATEMENTS}
    assert stated == {TRUNK, WEIGHTS, LABELS, VOCABULARY}


def test_the_hash_stands_for_every_file(tiny: Encoder, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny.folder, folder)
    assert Encoder.load(folder).hash == tiny.hash
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][TRUNK] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert Encoder.load(folder).hash != tiny.hash


# Word pieces -----------------------------------------------------------------------------------

PIECES = WordPiece(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "min", "##sk", "n", "'", "t", "ex", "-", "##ile", "e"]
)


def pieces_of(word: str) -> list[str]:
    names = list(PIECES.ids)
    return [names[number] for number in PIECES.pieces(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Minsk", ["min", "##sk"]),
        ("MÍNSK", ["min", "##sk"]),
        ("n't", ["n", "'", "t"]),
        ("exile", ["ex", "##ile"]),
        ("ex-t", ["ex", "-", "t"]),
        ("zzz", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("t" * 101, ["[UNK]"]),
        ("e-" * 50, ["e", "-"] * 6),
    ],
)
def test_words_are_cut_into_pieces(word: str, pieces: list[str]) -> None:
    assert pieces_of(word) == pieces
    assert pieces_of(word) == pieces


def test_pieces_are_laid_out_with_the_place_of_each_word() -> None:
    ids, shapes, firsts = PIECES.arrange(["Minsk", "n't"])
    assert ids == [2, 4, 5, 6, 7, 8, 3]
    assert firsts == [0, 1, 3]
    assert [SHAPES[shape] for shape in shapes] == [
        "none", "title", "title", "lower", "lower", "lower", "none",
    ]  # fmt: skip


def test_a_line_in_capitals_tells_no_shapes() -> None:
    assert set(PIECES.arrange(["MINSK", "EXILE", "EX"]).shapes) == {NO_SHAPE}


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("exile", "lower"), ("Minsk", "title"), ("NATO", "upper"), ("A", "capital"),
        ("iPhone", "mixed"), ("2016", "digits"), ("—", "other"), ("U.S.", "upper"),
    ],
)  # fmt: skip
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape
