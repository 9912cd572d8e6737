import os
from pathlib import Path

import pytest

from chancery.errors import Problem
from chancery.ingest.walk import walk

BODY = "The minister met the envoy.\n"


def names(root: Path) -> list[str]:
    found = [item for item in walk(root) if isinstance(item, Path)]
    return [str(path.relative_to(root)) for path in found]


def test_sorted_and_without_hidden_files_or_ledgers(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/x", "r.ledger/chancery.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BODY)
    assert names(tmp_path) == ["a/b/c.txt", "a/z.txt", "b.txt"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(BODY)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    problems = [item for item in walk(tmp_path) if isinstance(item, Problem)]
    assert names(tmp_path) == ["a/x.txt", "self"]
    assert [(problem.code, problem.place) for problem in problems] == [
        ("link-loop", str(tmp_path / "a" / "up"))
    ]


def test_a_deep_folder(tmp_path: Path) -> None:
    deepest = tmp_path / "/".join(["d"] * 500)
    deepest.mkdir(parents=True)
    (deepest / "x.txt").write_text(BODY)
    assert len(names(tmp_path)) == 1


def test_a_folder_that_may_not_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Refused by hand, because the superuser may look anywhere.
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(BODY)
    look = os.listdir

    def refuse(path: Path) -> list[str]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "listdir", refuse)
    fault, found = walk(tmp_path)
    assert isinstance(fault, Problem)
    assert (fault.code, fault.place) == ("unreadable", str(tmp_path / "closed"))
    assert found == tmp_path / "open.txt"
