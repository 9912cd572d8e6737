from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.lexicon.cache import read_files
from chancery.lexicon.decode import decode_actors
from chancery.lexicon.load import TABLES

MEMBERS = (
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ "
    "BOL BRA BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE "
    "DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB "
    "GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ "
    "KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG "
    "MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU "
    "NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE "
    "SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN "
    "TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE "
)


def test_all_members_of_the_un_are_listed(lexicon: Lexicon) -> None:
    members = MEMBERS.split()
    assert len(members) == 193
    assert [state for state in members if lexicon.code(state, None) != state] == []


@pytest.mark.parametrize(
    ("state", "post", "on", "holder"),
    [
        ("FRA", "foreign minister", date(2006, 3, 1), ["FRA.douste-blazy"]),
        ("DEU", "defence minister", date(2004, 1, 1), ["DEU.struck"]),
        ("DEU", "president", date(1991, 1, 1), ["DEU.richard-von-weizsacker"]),
        ("GBR", "interior minister", date(2003, 1, 1), ["GBR.blunkett"]),
        ("CHN", "defence minister", date(2006, 1, 1), ["CHN.cao-gangchuan"]),
        ("IND", "foreign minister", date(2003, 1, 1), ["IND.sinha"]),
        ("UKR", "defence minister", date(2006, 1, 1), ["UKR.hrytsenko"]),
        ("ISR", "foreign minister", date(2004, 1, 1), ["ISR.shalom"]),
        ("VNM", "foreign minister", date(2025, 1, 1), ["VNM.bui-thanh-son"]),
        ("SRB", "prime minister", date(2002, 1, 1), ["SRB.djindjic"]),
        ("USA", "national security adviser", date(2006, 1, 1), ["USA.hadley"]),
        ("HRV", "foreign minister", date(2018, 1, 1), ["HRV.pejcinovic-buric"]),
    ],
)
def test_who_held_a_post(
    lexicon: Lexicon, state: str, post: str, on: date, holder: list[str]
) -> None:
    assert lexicon.holders(state, post, on) == holder


@pytest.mark.parametrize(
    ("entity", "on", "code"),
    [
        ("RUS.chaika", date(2010, 1, 1), "RUS.JUD"),
        ("ETH.tplf", date(2024, 1, 1), "ETH.PTY"),
        ("UKR.crimea", None, "UKR.PRE"),
        ("DNK.greenland", None, "DNK"),
        ("GBR.anguilla", None, "GBR"),
        ("NZL.cook-islands", None, "NZL"),
        ("COD.afc", None, "COD.REB"),
        ("DEU.merz", date(2025, 6, 1), "DEU.GOV"),
        ("GEO.gunba", date(2025, 6, 1), "GEO.PRE"),
    ],
)
def test_codes(lexicon: Lexicon, entity: str, on: date | None, code: str) -> None:
    assert lexicon.code(entity, on) == code


def test_stand_ins_are_seats_or_bodies(lexicon: Lexicon) -> None:
    text = "The Kremlin, Minsk, the White House, Bankova, Zhongnanhai and the Hill."
    assert {match.kind for match in lexicon.find_names(text)} == {"seat", "body"}
    assert len(lexicon.find_names(text)) == 6


def test_groups_have_a_country_or_act_across_borders() -> None:
    groups = decode_actors(read_files(TABLES), []).groups
    assert len(groups) >= 300
    assert [row.id for row in groups if not row.part_of and row.id[:3] not in {"IMG", "ISM"}] == []
