from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.lexicon.actors import code_on
from chancery.model import Actor, Office

MINISTER = Actor(
    id="BLR.x",
    kind="person",
    names=("X",),
    part_of="BLR",
    offices=(
        Office(post="ambassador", code="BLR.GOV", since=date(2001, 1, 1), until=date(2003, 1, 1)),
        Office(post="lawmaker", code="BLR.LEG", since=date(2005, 1, 1), until=date(2006, 1, 1)),
    ),
)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2000, 1, 1), None),
        (date(2001, 1, 1), "BLR.GOV"),
        (date(2003, 1, 1), "BLR.GOV"),
        (date(2004, 1, 1), "BLR.ELI"),
        (date(2005, 6, 1), "BLR.LEG"),
        (date(2020, 1, 1), "BLR.ELI"),
        (None, None),
    ],
)
def test_the_code_is_that_of_the_office_held_on_the_day(on: date | None, code: str | None) -> None:
    assert code_on(MINISTER, on) == code


@pytest.mark.parametrize(
    ("entity", "on", "code"),
    [
        ("BLR", date(2019, 1, 1), "BLR"),
        ("BLR.minsk", None, "BLR.GOV"),
        ("BLR.lukashenko", None, "BLR.GOV"),
        ("USA.kerry", date(2000, 1, 1), "USA.LEG"),
        ("USA.kerry", date(2014, 1, 1), "USA.GOV"),
        ("USA.kerry", date(2018, 1, 1), "USA.ELI"),
        ("USA.trump", date(2016, 5, 1), "USA.PTY"),
        ("USA.trump", date(2018, 5, 1), "USA.GOV"),
        ("USA.trump", date(2022, 5, 1), "USA.ELI"),
        ("USA.trump", None, None),
        ("NOR.stoltenberg", date(2010, 1, 1), "NOR.GOV"),
        ("NOR.stoltenberg", date(2016, 1, 1), "IGO.NATO"),
        ("UKR.zelensky", date(2010, 1, 1), None),
        ("AFG.taliban", date(2000, 1, 1), "AFG.GOV"),
        ("AFG.taliban", date(2015, 1, 1), "AFG.REB"),
        ("AFG.taliban", date(2023, 1, 1), "AFG.GOV"),
        ("GEO.abkhazia", date(2015, 1, 1), "GEO.PRE"),
        ("EUR.parliament", None, "EUR.LEG"),
        ("UNO.security-council", None, "UNO"),
        ("USA.state-department", None, "USA.GOV"),
        ("RUS.gorbachev", date(1989, 1, 1), "SUN.GOV"),
        ("SAU.bin-laden", date(2015, 1, 1), "IMG.ALQAEDA"),
        ("SAU.bin-laden", None, "IMG.ALQAEDA"),
        ("BLR.tsikhanouskaya", None, "BLR.OPP"),
        ("KOR.ban", date(2018, 1, 1), "KOR.ELI"),
        ("nobody", date(2015, 1, 1), None),
    ],
)
def test_shipped_codes(lexicon: Lexicon, entity: str, on: date | None, code: str | None) -> None:
    assert lexicon.code(entity, on) == code


@pytest.mark.parametrize(
    ("state", "post", "on", "holder"),
    [
        ("BLR", "foreign minister", date(2019, 5, 5), ["BLR.makei"]),
        ("USA", "foreign minister", date(2018, 6, 1), ["USA.pompeo"]),
        ("GBR", "prime minister", date(2017, 1, 1), ["GBR.may"]),
        ("UNO", "secretary-general", date(2010, 1, 1), ["KOR.ban"]),
        ("BLR", "prime minister", date(1890, 1, 1), []),
    ],
)
def test_who_held_a_post(
    lexicon: Lexicon, state: str, post: str, on: date, holder: list[str]
) -> None:
    assert lexicon.holders(state, post, on) == holder
