import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from chancery.errors import LexiconError
from chancery.lexicon import Lexicon
from chancery.lexicon.build import compile_files
from chancery.lexicon.cache import compiled_tables, hash_files, read_files


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "chancery"


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("lexicon-*.msgpack"))


def test_tables_are_compiled_once_and_again_when_edited(folder: Path) -> None:
    first = Lexicon.load(folder)
    (file,) = kept(folder)
    written = file.stat().st_mtime_ns
    assert Lexicon.load(folder).hash == first.hash
    assert file.stat().st_mtime_ns == written
    state = folder / "actors/BLR.toml"
    state.write_text(state.read_text("utf-8").replace('["Belarus"]', '["Belarus", "Byelorussia"]'))
    second = Lexicon.load(folder)
    assert second.hash != first.hash
    assert second.find_names("Byelorussia")[0].entities == ("BLR",)


def test_a_damaged_file_is_compiled_again(folder: Path) -> None:
    Lexicon.load(folder)
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:100])
    assert Lexicon.load(folder).actors["BLR"].names == ("Belarus",)
    assert len(file.read_bytes()) > 100


def test_where_the_folder_cannot_be_written_the_users_cache_serves(
    folder: Path, own_cache: Path
) -> None:
    (folder / "__pycache__").write_text("in the way of a folder")
    assert Lexicon.load(folder).hash == Lexicon.load(folder).hash
    assert len(list(own_cache.glob("lexicon-*.msgpack"))) == 1


def test_where_nothing_can_be_written_it_loads_all_the_same(folder: Path, own_cache: Path) -> None:
    (folder / "__pycache__").write_text("in the way of a folder")
    own_cache.parent.write_text("in the way of a folder")
    assert "BLR" in Lexicon.load(folder).actors


def test_the_same_tables_compile_to_the_same_bytes_in_any_process(folder: Path) -> None:
    Lexicon.load(folder)
    (file,) = kept(folder)
    content = file.read_bytes()
    file.unlink()
    code = "import pathlib, sys, chancery.lexicon as l; l.Lexicon.load(pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, folder], check=True, env=environment)
    assert kept(folder)[0].read_bytes() == content


def test_a_lexicon_travels_to_another_process(folder: Path) -> None:
    lexicon = pickle.loads(pickle.dumps(Lexicon.load(folder)))
    assert lexicon.find_names("Alexander Lukashenka")[0].entities == ("BLR.lukashenko",)


def test_every_fault_is_placed(folder: Path) -> None:
    (folder / "actors/BLR.toml").write_text('id = "BLR"\nnames = ["Belarus"]\ncolour = "green"\n')
    (folder / "actors/RUS.toml").write_text("id = \n")
    (folder / "actors/UKR.toml").write_text(
        'id = "UKR"\nnames = ["Ukraine"]\n'
        '[[persons]]\nid = "x"\nnames = ["X Y"]\noffices = [{ post = "president", since = 20 }]\n'
    )
    (folder / "actors/POL.toml").write_bytes(b'id = "POL"\nnames = ["\xff"]\n')
    (folder / "actors/LTU.toml").write_text('id = "LVA"\nnames = ["Lithuania"]\n')
    with pytest.raises(LexiconError) as caught:
        Lexicon.load(folder)
    places = {problem.place: problem.code for problem in caught.value.problems}
    assert places == {
        "lexicon/actors/BLR.toml": "bad-field",
        "lexicon/actors/LTU.toml: $.id": "wrong-file-name",
        "lexicon/actors/POL.toml": "not-utf8",
        "lexicon/actors/RUS.toml": "not-toml",
        "lexicon/actors/UKR.toml: $.persons[0].offices[0].since": "bad-field",
    }
    assert all(problem.hint for problem in caught.value.problems)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no tables"):
        Lexicon.load(tmp_path)


def test_the_hash_tells_names_and_contents_apart(folder: Path) -> None:
    files = read_files(folder)
    assert hash_files(files) == hash_files(dict(reversed(files.items())))
    assert hash_files({"a": b"bc"}) != hash_files({"ab": b"c"})


def test_compiling_is_the_same_with_and_without_the_kept_file(folder: Path) -> None:
    files = read_files(folder)
    assert compiled_tables(folder) == compile_files(folder, files, hash_files(files))


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("TURK", "TUR"),
        ("BLR", "BLR"),
        ("Lukashenka", "BLR.lukashenko"),
        ("Gaddaffi", "LBY.gaddafi"),
        ("european union", "EUR"),
    ],
)
def test_misspelt_words_find_actors(lexicon: Lexicon, words: str, entity: str) -> None:
    assert entity in [actor.id for actor in lexicon.find(words)[:3]]


def test_nothing_like_it(lexicon: Lexicon) -> None:
    assert lexicon.find("") == lexicon.find("  ") == lexicon.find("qqqqqqqqqqqq") == []
