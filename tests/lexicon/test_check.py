from pathlib import Path

import pytest

from chancery.errors import Problem
from chancery.lexicon.cache import read_files
from chancery.lexicon.check import check_lexicon, find_ambiguous, find_faults, is_note
from chancery.lexicon.compiled import Tables, full_names
from chancery.lexicon.decode import decode_actors
from chancery.lexicon.load import TABLES


def faults(files: dict[str, bytes], old: str, new: str) -> list[Problem]:
    problems: list[Problem] = []
    changed = {name: content.replace(old.encode(), new.encode()) for name, content in files.items()}
    tables = decode_actors(changed, problems)
    assert problems == []
    return find_faults(tables)


OFFICES = 'offices = [{ post = "president", since = 1994-07-20 }]'


@pytest.mark.parametrize(
    ("offices", "code", "place"),
    [
        ('{ post = "president", since = 2014, until = 2013 }', "until-before-since", "until"),
        ('{ post = "quaestor", since = 2014 }', "unknown-reference", "post"),
        ('{ post = "president", of = "XXX" }', "unknown-reference", "of"),
        ('{ post = "president", sector = "GUV" }', "unknown-sector", "sector"),
    ],
)
def test_a_faulty_office(files: dict[str, bytes], offices: str, code: str, place: str) -> None:
    (problem,) = faults(files, OFFICES, f"offices = [{offices}]")
    assert problem.code == code
    assert problem.place == f"lexicon/actors/BLR.toml: $.persons[0].offices[0].{place}"


def test_two_rows_with_one_id(files: dict[str, bytes]) -> None:
    (problem,) = faults(files, 'id = "kgb"', 'id = "lukashenko"')
    assert problem.code == "duplicate-id"


def test_a_person_needs_a_full_name(files: dict[str, bytes]) -> None:
    (problem,) = faults(files, 'given = ["Alexander"]\n', "")
    assert problem.code == "no-name"


OTHER = """
[[persons]]
id = "other"
names = ["Somebody Else"]
offices = [{{ post = "{post}", since = {since}{more} }}]
"""


@pytest.mark.parametrize(
    ("post", "since", "more", "codes"),
    [
        ("president", "2020-01-01", "", ["overlapping-terms"]),
        ("president", "2020-01-01", ", rival = true", []),
        ("president", "1990", ", until = 1994-07-20", []),
        ("spokesperson", "2020-01-01", "", []),
    ],
)
def test_one_holds_a_single_post(
    files: dict[str, bytes], post: str, since: str, more: str, codes: list[str]
) -> None:
    other = OTHER.format(post=post, since=since, more=more)
    assert [problem.code for problem in faults(files, OFFICES, OFFICES + other)] == codes


def test_checking_a_folder_lists_what_is_wrong_there(folder: Path) -> None:
    assert check_lexicon(folder) == []
    (folder / "actors/RUS.toml").write_text("names = 1\n")
    (folder / "sources").mkdir()
    (folder / "sources/x.toml").write_text('id = "x"\n')
    assert [problem.place for problem in check_lexicon(folder)] == [
        "lexicon/actors/RUS.toml: $.names",
        "lexicon/sources/x.toml",
    ]


def test_shared_names_are_notes(files: dict[str, bytes]) -> None:
    russia = b'id = "RUS"\nnames = ["Russia", "Belarus"]\n'
    problems = find_ambiguous(decode_actors({**files, "actors/RUS.toml": russia}, []))
    assert [problem.message for problem in problems] == ['"Belarus" may be BLR, RUS']
    assert all(is_note(problem) for problem in problems)


@pytest.fixture(scope="module")
def shipped() -> Tables:
    problems: list[Problem] = []
    tables = decode_actors(read_files(TABLES), problems)
    assert problems == []
    return tables


def test_the_shipped_tables_hold_together(shipped: Tables) -> None:
    assert find_faults(shipped) == []


def test_the_shipped_lexicon_checks_out() -> None:
    assert [problem for problem in check_lexicon(TABLES) if not is_note(problem)] == []


def test_the_shipped_tables_are_whole(shipped: Tables) -> None:
    states = {state.id: state for state in shipped.states}
    assert len(states) >= 197
    assert {"KOS", "PSE", "TWN", "HKG", "VAT", "SUN", "YUG", "CSK", "DDR"} <= states.keys()
    today = [state for state in shipped.states if not state.until]
    nameless = {state.id for state in today if not (state.adjectives or state.id == "VAT")}
    assert nameless <= {"HKG"}
    disputed = {row.id for state in today for row in state.territories if row.sector == "PRE"}
    assert {"abkhazia", "transnistria", "somaliland", "western-sahara"} <= disputed


def test_no_person_is_listed_twice(shipped: Tables) -> None:
    seen: dict[str, str] = {}
    twice = []
    for state in shipped.states:
        for person in state.persons:
            for name in full_names(person):
                owner = seen.setdefault(f"{state.id} {name}", person.id)
                twice += [name] if owner != person.id else []
    assert twice == ["George Bush"], "father and son; for all others one person has one row"
