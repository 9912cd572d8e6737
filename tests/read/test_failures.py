"""The failure list: what sinks other readers, each line with three paraphrases of our own.

The paraphrases were written after the rules and before the reader saw them. Where it fails one,
the sentence stays and `fails` says what the reader gives instead.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

import pytest

from chancery.model import Claim, Mention, Reading, Report, When
from chancery.read import Reader


class Case(NamedTuple):
    """A text and all the claims it holds, as `actors DEED targets standing[, stance voice]`.

    The deed is a frame, or a type in capitals where several frames are right. A claim after `?`
    may be made and need not be.
    """

    text: str
    told: tuple[str, ...] = ()
    day: str = "2020-02-03"
    fails: str = ""


FAILURES: dict[str, tuple[Case, ...]] = {
    "will-attack": (
        Case("Turkey will attack Syria.", ("TUR ASSAULT SYR planned",)),
        Case("Ethiopia is going to strike Eritrea within days.", ("ETH ASSAULT ERI planned",)),
        Case(
            "The Rwandan army plans to bomb Burundi before the end of the month.",
            ("RWA.MIL ASSAULT BDI planned",),
        ),
        Case(
            "An assault on Chad will be launched by Sudan on Friday.", ("SDN ASSAULT TCD planned",)
        ),
    ),
    "may-attack": (
        Case("Turkey may attack Syria.", ("TUR ASSAULT SYR hypothetical",)),
        Case("India might launch an air strike on Pakistan.", ("IND ASSAULT PAK hypothetical",)),
        Case(
            "It is possible that Eritrea will invade Ethiopia.",
            ("ERI ASSAULT ETH hypothetical",),
            fails="standing is planned",
        ),
        Case("Chad could be attacked by Sudan this winter.", ("SDN ASSAULT TCD hypothetical",)),
    ),
    "did-not-attack": (
        Case("Turkey did not attack Syria.", ("TUR ASSAULT SYR negated",)),
        Case(
            "At no point has Pakistan shelled India.",
            ("PAK ASSAULT IND negated",),
        ),
        Case("Rwandan troops never invaded Burundi.", ("RWA.MIL ASSAULT BDI negated",)),
        Case(
            "No attack on Armenia was launched by Azerbaijan on Sunday.",
            ("AZE ASSAULT ARM negated",),
            fails="no claim",
        ),
    ),
    "denied-it-attacked": (
        Case("Turkey denied that it attacked Syria.", ("TUR ASSAULT SYR denied, denies TUR",)),
        Case(
            "Kigali has rejected claims that its army shelled Burundi.",
            ("RWA.MIL ASSAULT BDI denied, denies RWA.GOV", "?RWA.GOV REJECT - happened"),
            fails="RWA attacks; RWA.GOV REJECT RWA",
        ),
        Case(
            "Pakistan's foreign ministry denies any Pakistani strike on India.",
            ("PAK ASSAULT IND denied, denies PAK.GOV",),
            fails="only PAK.GOV reject IND",
        ),
        Case(
            "Accusations that Azerbaijan had bombed Armenia were denied by the Azerbaijani "
            "defence ministry.",
            ("AZE ASSAULT ARM denied, denies AZE.GOV",),
            fails="ARM accuse AZE+AZE.GOV; attack is alleged; AZE.GOV reject AZE",
        ),
    ),
    "is-accused-of-attacking": (
        Case(
            "Turkey is accused of attacking Syria.",
            ("TUR ASSAULT SYR alleged", "?- accuse TUR happened"),
            fails="only SYR accuse TUR",
        ),
        Case(
            "Chad accused Sudan of bombing its territory.",
            ("TCD accuse SDN happened", "SDN ASSAULT TCD alleged"),
        ),
        Case(
            "Rwanda stands accused of having shelled Burundi.",
            ("RWA ASSAULT BDI alleged", "?- accuse RWA happened"),
            fails="RWA accuse BDI besides",
        ),
        Case(
            "Pakistan has been accused by India of attacking Afghanistan.",
            ("IND accuse PAK happened", "PAK ASSAULT AFG alleged"),
            fails="only AFG accuse PAK",
        ),
    ),
    "x-said-y-attacked-z": (
        Case("Greece said Turkey attacked Syria.", ("TUR ASSAULT SYR happened, says GRC",)),
        Case(
            "According to the Kenyan foreign ministry, Ethiopia bombed Eritrea on Saturday.",
            ("ETH ASSAULT ERI happened, says KEN.GOV",),
        ),
        Case(
            "Sudanese soldiers attacked Chad, the Egyptian president told reporters.",
            ("SDN.MIL ASSAULT TCD happened, says EGY.GOV",),
        ),
        Case(
            '"Azerbaijan shelled Armenia last night," a French diplomat said.',
            ("AZE ASSAULT ARM happened, says FRA.GOV",),
        ),
    ),
    "background-clause": (
        Case(
            "Belarus, which borders Poland and has been ruled by the same man since 1994, "
            "expelled two Latvian diplomats.",
            ("BLR expel-diplomats LVA.GOV happened",),
        ),
        Case("Relations between Armenia and Turkey have been frosty for three decades."),
        Case(
            "Qatar, home to the largest American base in the region and long a rival of Bahrain, "
            "sent medicine to Lebanon.",
            ("QAT give-aid LBN happened",),
            fails="no claim",
        ),
        Case(
            "Kosovo, a country of two million people that lies south of Serbia, has been short "
            "of electricity since autumn."
        ),
    ),
    "office-of-the-day": (
        Case(
            "Former German foreign minister Sigmar Gabriel criticised Poland.",
            ("DEU.ELI criticise POL happened",),
        ),
        Case(
            "Alexander Stubb condemned Russia.",
            ("FIN.ELI criticise RUS happened",),
            day="2022-05-10",
        ),
        Case(
            "Ursula von der Leyen visited Iraq on Thursday.",
            ("DEU.GOV visit IRQ happened",),
            day="2016-09-23",
        ),
        Case(
            "David Cameron, who used to run the British government, praised Kenya.",
            ("GBR.ELI praise KEN happened",),
            day="2018-03-05",
        ),
    ),
    "took-office-last-year": (
        Case("Mark Carney condemned Iran.", ("CAN.GOV criticise IRN happened",), day="2026-02-09"),
        Case(
            "Friedrich Merz arrived in India on Monday.",
            ("DEU.GOV visit IND happened",),
            day="2026-02-09",
        ),
        Case(
            "Polish head of state Karol Nawrocki thanked Lithuania.",
            ("POL.GOV praise LTU happened",),
            day="2026-02-09",
        ),
        Case(
            "China was criticised by Sanae Takaichi.",
            ("JPN.GOV criticise CHN happened",),
            day="2026-02-09",
        ),
    ),
    "was-attacked-by": (
        Case("Syria was attacked by Turkey.", ("TUR ASSAULT SYR happened",)),
        Case(
            "Early on Sunday Kuwait was invaded by Iraqi troops.", ("IRQ.MIL ASSAULT KWT happened",)
        ),
        Case("Burundi has been shelled repeatedly by Rwanda.", ("RWA ASSAULT BDI happened",)),
        Case(
            "Armenia, attacked by Azerbaijan last week, asked Iran for help.",
            ("AZE ASSAULT ARM happened", "ARM REQUEST IRN happened"),
        ),
    ),
    "visit-announced": (
        Case("The Polish president announced a visit to Oman.", ("POL.GOV visit OMN planned",)),
        Case(
            "Kenya's foreign minister is due in Egypt on Thursday.",
            ("KEN.GOV visit EGY planned",),
        ),
        Case(
            "A trip to Peru by the Chilean president was announced on Monday.",
            ("CHL.GOV visit PER planned",),
            fails="standing is happened",
        ),
        Case(
            "The Vietnamese prime minister will travel to Japan next week, Hanoi said.",
            ("VNM.GOV visit JPN planned",),
        ),
    ),
    "visit-postponed": (
        Case(
            "The Polish president postponed a visit to Oman.",
            ("POL.GOV refuse-talks OMN happened",),
        ),
        Case(
            "Kenya's foreign minister has put off her trip to Egypt.",
            ("KEN.GOV refuse-talks EGY happened",),
        ),
        Case(
            "The Chilean president's visit to Peru has been delayed until March.",
            ("CHL.GOV refuse-talks PER happened",),
            fails="CHL.GOV visit PER happened",
        ),
        Case(
            "Citing illness, the Vietnamese prime minister pushed back a planned visit to Japan.",
            ("VNM.GOV refuse-talks JPN happened",),
            fails="VNM.GOV reject JPN",
        ),
    ),
    "visit-cancelled": (
        Case(
            "The Polish president's visit to Oman was cancelled.",
            ("POL.GOV refuse-talks OMN happened",),
        ),
        Case(
            "Kenya's foreign minister called off her trip to Egypt.",
            ("KEN.GOV refuse-talks EGY happened",),
        ),
        Case(
            "The Chilean president has scrapped plans to visit Peru.",
            ("CHL.GOV refuse-talks PER happened",),
        ),
        Case(
            "Hanoi has cancelled the Vietnamese prime minister's visit to Japan.",
            ("VNM.GOV refuse-talks JPN happened",),
        ),
    ),
    "visit-held": (
        Case("The Polish president visited Oman.", ("POL.GOV visit OMN happened",)),
        Case(
            "Kenya's foreign minister wrapped up a two-day visit to Egypt on Sunday.",
            ("KEN.GOV visit EGY happened",),
        ),
        Case(
            "The Chilean president paid an official visit to Peru last week.",
            ("CHL.GOV visit PER happened",),
        ),
        Case(
            "The Vietnamese prime minister's visit to Japan took place as planned.",
            ("VNM.GOV visit JPN happened",),
        ),
    ),
    "sanctions-imposed": (
        Case(
            "The European Union imposed sanctions on Mali.", ("EUR impose-sanctions MLI happened",)
        ),
        Case(
            "Canada has slapped fresh sanctions on Nicaragua.",
            ("CAN impose-sanctions NIC happened",),
        ),
        Case(
            "Iran was hit with new sanctions by Britain on Thursday.",
            ("GBR impose-sanctions IRN happened",),
        ),
        Case(
            "Australia added Myanmar to its sanctions list.", ("AUS impose-sanctions MMR happened",)
        ),
    ),
    "sanctions-eased": (
        Case("The European Union eased sanctions on Mali.", ("EUR lift-sanctions MLI happened",)),
        Case(
            "Canada loosened some of its sanctions against Nicaragua.",
            ("CAN lift-sanctions NIC happened",),
        ),
        Case(
            "British sanctions on Iran were relaxed on Thursday.",
            ("GBR lift-sanctions IRN happened",),
        ),
        Case(
            "Australia has partly lifted the sanctions it had imposed on Myanmar.",
            ("AUS lift-sanctions MMR happened", "?AUS impose-sanctions MMR happened"),
        ),
    ),
    "sanctions-extended": (
        Case(
            "The European Union extended sanctions on Mali.", ("EUR impose-sanctions MLI happened",)
        ),
        Case(
            "Canada prolonged its sanctions against Nicaragua by another year.",
            ("CAN impose-sanctions NIC happened",),
        ),
        Case(
            "British sanctions on Iran were renewed for six months on Thursday.",
            ("GBR impose-sanctions IRN happened",),
        ),
        Case(
            "Australia rolled over its sanctions on Myanmar for a further year.",
            ("AUS impose-sanctions MMR happened",),
        ),
    ),
    "sanctions-called-for": (
        Case("Poland called for sanctions on Mali.", ("POL REQUEST MLI happened",)),
        Case(
            "Lithuania's president has demanded sanctions against Nicaragua.",
            ("LTU.GOV REQUEST NIC happened",),
        ),
        Case(
            "The Dutch foreign minister urged that sanctions be imposed on Iran.",
            ("NLD.GOV REQUEST IRN happened", "?- impose-sanctions IRN hypothetical"),
        ),
        Case(
            "Calls by Norway for sanctions on Myanmar grew louder on Tuesday.",
            ("NOR REQUEST MMR happened",),
        ),
    ),
    "two-deeds-in-one-sentence": (
        Case(
            "Poland expelled two Belarusian diplomats and Belarus recalled its envoy from Poland.",
            ("POL expel-diplomats BLR.GOV happened", "BLR cut-ties POL happened"),
        ),
        Case(
            "Norway donated tents to Sudan, while Denmark imposed sanctions on Libya.",
            ("NOR give-aid SDN happened", "DNK impose-sanctions LBY happened"),
        ),
        Case(
            "India was condemned by Nepal after it shelled Pakistan.",
            ("NPL criticise IND happened", "IND ASSAULT PAK happened"),
        ),
        Case(
            "The Chilean president visited Peru on Monday and telephoned the Bolivian president "
            "on Tuesday.",
            ("CHL.GOV visit PER happened", "BOL.GOV+CHL.GOV telephone - happened"),
        ),
    ),
    "one-deed-told-twice": (
        Case(
            "Russia expels Polish diplomats\nRussia expelled 10 Polish diplomats on Monday.",
            ("RUS expel-diplomats POL.GOV happened",),
        ),
        Case(
            "Turkey attacked Syria on Sunday. The attack on Syria by Turkey began before dawn.",
            ("TUR ASSAULT SYR happened",),
        ),
        Case(
            "Norway donated medicine to Mali on Saturday. The medicine that Norway donated to "
            "Mali filled two aircraft.",
            ("NOR give-aid MLI happened",),
        ),
        Case(
            "Chile's president visits Peru\nThe Chilean president visited Peru on Saturday. "
            "During the visit to Peru, his first, he saw a school.",
            ("CHL.GOV visit PER happened",),
        ),
    ),
}
"""By line of the list: the line itself, then three paraphrases."""

HEADLINES: tuple[Case, ...] = (
    Case("Russia expels 10 US diplomats", ("RUS expel-diplomats USA.GOV happened",)),
    Case("EU slaps sanctions on Mali", ("EUR impose-sanctions MLI happened",)),
    Case("Turkish army shells Syria, killing six", ("TUR.MIL ASSAULT SYR happened",)),
    Case("Chilean president to visit Peru next week", ("CHL.GOV visit PER planned",)),
)
"""All there is of the report."""

SUMMITS: tuple[Case, ...] = (
    Case(
        "The leaders of Argentina, Australia, Brazil, Britain, Canada, China, France, Germany, "
        "India, Indonesia, Italy, Japan, Mexico, Russia, Saudi Arabia, South Africa, South "
        "Korea, Spain, Turkey and the United States held a summit in Osaka.",
        ("ARG+AUS+BRA+CAN+CHN+DEU+ESP+FRA+GBR+IDN+IND+ITA+JPN+KOR+MEX+RUS+SAU+TUR+USA+ZAF",),
    ),
    Case(
        "Presidents and prime ministers from Albania, Austria, Belgium, Bulgaria, Croatia, "
        "Cyprus, Denmark, Estonia, Finland, Greece, Hungary, Iceland, Ireland, Latvia, "
        "Lithuania, Malta, Norway, Poland, Portugal and Romania gathered in Prague on Thursday "
        "for a summit.",
        ("ALB+AUT+BEL+BGR+CYP+DNK+EST+FIN+GRC+HRV+HUN+IRL+ISL+LTU+LVA+MLT+NOR+POL+PRT+ROU",),
        fails="two claims (gathered, summit), one with five states missing, 'Presidents' a side",
    ),
    Case(
        "A two-day summit of Algeria, Angola, Benin, Botswana, Burundi, Cameroon, Chad, Egypt, "
        "Ethiopia, Gabon, Ghana, Kenya, Liberia, Malawi, Mali, Namibia, Nigeria, Rwanda, Senegal "
        "and Zambia ended in Addis Ababa.",
        ("AGO+BDI+BEN+BWA+CMR+DZA+EGY+ETH+GAB+GHA+KEN+LBR+MLI+MWI+NAM+NGA+RWA+SEN+TCD+ZMB",),
    ),
    Case(
        "Bahrain, Bangladesh, Cambodia, China, India, Indonesia, Iran, Iraq, Israel, Japan, "
        "Jordan, Kazakhstan, Kuwait, Laos, Malaysia, Mongolia, Nepal, Oman, Pakistan and Qatar "
        "met at a summit in Manila.",
        ("BGD+BHR+CHN+IDN+IND+IRN+IRQ+ISR+JOR+JPN+KAZ+KHM+KWT+LAO+MNG+MYS+NPL+OMN+PAK+QAT",),
    ),
)
"""Twenty states each; what is told are their codes."""

ODD_SENTENCES: tuple[Case, ...] = (
    Case("\x00\ufeff" + "x" * 5000),
    Case("Lat. 12°N ;;;; |||| <br/> &&& null null ) ) ( 0x00 ... %%"),
    Case("“Well, « and then ‘ he -- (the"),
    Case("🇹🇷🇸🇾 #breaking >>> @@@ 10–0 ¿¡ …… TBC"),
)
"""Sentences that hold nothing and must change nothing beside them."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def params(line: str, cases: tuple[Case, ...]) -> list[object]:
    """Name each case by its line and place; one that fails is held to failing."""
    return [
        pytest.param(case, id=f"{line}-{place}", marks=_marks(case.fails))
        for place, case in enumerate(cases)
    ]


def _marks(fails: str) -> tuple[pytest.MarkDecorator, ...]:
    mark = pytest.mark.xfail(strict=True, raises=AssertionError, reason=f"gives: {fails}")
    return (mark,) if fails else ()


def report_of(case: Case, title: str = "") -> Report:
    day = date.fromisoformat(case.day)
    published = When(first=day, last=day, basis="stated")
    title = title or case.text.rpartition("\n")[0]
    return Report(id="rep_0", text=case.text, title=title, published=published)


def side(mentions: tuple[Mention, ...]) -> str:
    return "+".join(sorted({mention.actor or "?" for mention in mentions})) or "-"


def told(claim: Claim, expected: tuple[str, ...]) -> str:
    """Write a claim in the terms in which the expected lines are written."""
    typed = f"{side(claim.actors)} {claim.type} {side(claim.targets)} {claim.standing}"
    framed = typed.replace(f" {claim.type} ", f" {claim.frame} ", 1)
    line = typed if any(f" {claim.type} " in other for other in expected) else framed
    if not any("," in other for other in expected) or claim.voice.kind == "own":
        return line
    return f"{line}, {claim.voice.stance} {claim.voice.actor}"


def check(reading: Reading, expected: tuple[str, ...]) -> None:
    """Hold a reading to exactly these claims, save those that it may make besides."""
    lines = Counter(told(claim, expected) for claim in reading.claims)
    needed = Counter(line for line in expected if not line.startswith("?"))
    free = Counter(line[1:] for line in expected if line.startswith("?"))
    assert needed <= lines <= needed + free, sorted(lines.elements())


@pytest.mark.parametrize(
    "case", [param for line, cases in FAILURES.items() for param in params(line, cases)]
)
def test_a_line_of_the_failure_list(reader: Reader, case: Case) -> None:
    check(reader.read_one(report_of(case)), case.told)


@pytest.mark.parametrize("case", params("headline-only", HEADLINES))
def test_a_headline_is_read_alone(reader: Reader, case: Case) -> None:
    check(reader.read_one(report_of(case, title=case.text)), case.told)


@pytest.mark.parametrize("case", params("summit-of-twenty", SUMMITS))
def test_a_summit_of_twenty_is_one_claim(reader: Reader, case: Case) -> None:
    claims = reader.read_one(report_of(case)).claims
    states = ["+".join(sorted((m.actor or "?")[:3] for m in claim.actors)) for claim in claims]
    assert states == list(case.told)
    assert [(c.type, c.targets, c.standing) for c in claims] == [("CONSULT", (), "happened")]


@pytest.mark.parametrize("case", params("odd-sentence", ODD_SENTENCES))
def test_an_odd_sentence_changes_nothing_in_the_batch(reader: Reader, case: Case) -> None:
    plain = Case("Norway sent medicine to Sudan.", ("NOR give-aid SDN happened",))
    readings = reader.read_batch([report_of(case), report_of(plain), report_of(case)])
    assert readings[1] == reader.read_one(report_of(plain))
    check(readings[1], plain.told)
    for text in (f"{case.text}\n\n{plain.text}", f"{plain.text}\n\n{case.text}"):
        check(reader.read_one(report_of(plain._replace(text=text))), plain.told)
