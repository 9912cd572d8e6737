"""Who is named: phrases to codes, unknown people, roles without a state, pronouns."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Mention, Source, When
from chancery.read.anaphora import find_first_person
from chancery.read.mentions import find_mentions
from chancery.read.posts import code_of_issuer
from chancery.read.sentences import split_sentences


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def mentions_of(lexicon: Lexicon, text: str, day: date = date(2020, 2, 3)) -> list[Mention]:
    published = When(first=day, last=day, basis="stated")
    return find_mentions(text, split_sentences(text), lexicon, published)


def codes(lexicon: Lexicon, text: str, day: date = date(2020, 2, 3)) -> dict[str, str | None]:
    return {m.span.of(text): m.actor for m in mentions_of(lexicon, text, day)}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Belarusian troops left.", "Belarusian troops", "BLR.MIL"),
        ("The foreign minister of Poland spoke.", "foreign minister of Poland", "POL.GOV"),
        ("Russia's ambassador to Ukraine left.", "Russia's ambassador to Ukraine", "RUS.GOV"),
        ("The Kremlin said no.", "Kremlin", "RUS.GOV"),
        ("NATO met.", "NATO", "IGO.NATO"),
        ("Farmers from France marched.", "Farmers from France", "FRA.AGR"),
        ("A senior State Department official spoke.", "State Department official", "USA.GOV"),
        ("In Minsk it rained.", "Minsk", "BLR"),
        ("Shells fell on Mariupol.", "Mariupol", "UKR"),
    ],
)
def test_names_and_roles(lexicon: Lexicon, text: str, words: str, code: str) -> None:
    assert codes(lexicon, text)[words] == code


def test_title_and_unknown_person_give_state_sector_and_name(lexicon: Lexicon) -> None:
    text = "Lithuanian Foreign Minister Jonas Petraitis left. Later Petraitis returned."
    full, later = mentions_of(lexicon, text)
    assert (full.actor, full.name) == ("LTU.GOV", "Jonas Petraitis")
    assert (later.actor, later.name) == ("LTU.GOV", "Jonas Petraitis")


def test_a_name_after_several_is_nobody_of_them(lexicon: Lexicon) -> None:
    found = mentions_of(lexicon, "According to two US officials, Lukashenko left.")
    assert [mention.actor for mention in found] == ["USA.GOV", "BLR.GOV"]


def test_apposition_after_the_name(lexicon: Lexicon) -> None:
    (mention,) = mentions_of(lexicon, "Jonas Petraitis, the Lithuanian interior minister, left.")
    assert (mention.actor, mention.name) == ("LTU.GOV", "Jonas Petraitis")


def test_a_role_of_another_state_is_no_apposition(lexicon: Lexicon) -> None:
    found = codes(lexicon, "After talks with US envoy Jonas Hale, the President of Poland left.")
    assert found["President of Poland"] == "POL.GOV"
    assert found["US envoy Jonas Hale"] == "USA.GOV"


def test_the_office_at_the_reports_day_counts(lexicon: Lexicon) -> None:
    text = "Barack Obama spoke."
    assert codes(lexicon, text, date(2010, 5, 1))["Barack Obama"] == "USA.GOV"
    assert codes(lexicon, text, date(2020, 5, 1))["Barack Obama"] == "USA.ELI"


def test_an_unknown_name_stays_unlinked(lexicon: Lexicon) -> None:
    (mention,) = mentions_of(lexicon, "Later Jonas Petraitis left.")
    assert (mention.actor, mention.name) == (None, "Jonas Petraitis")


def test_a_role_takes_the_state_it_is_placed_in(lexicon: Lexicon) -> None:
    text = "Germany watched as police in Istanbul dispersed students."
    assert codes(lexicon, text)["police"] == "TUR.COP"


def test_a_role_takes_the_state_of_the_report_with_a_lower_score(lexicon: Lexicon) -> None:
    text = "Georgia is in turmoil. Police cleared the square. Georgia waits."
    police = next(m for m in mentions_of(lexicon, text) if m.span.of(text) == "Police")
    assert police.actor == "GEO.COP"
    assert police.score < 0.7


def test_a_role_between_two_states_stays_open(lexicon: Lexicon) -> None:
    text = "Georgia and Armenia share a border. The government spoke."
    role = next(m for m in mentions_of(lexicon, text) if m.span.of(text) == "government")
    assert role.actor is None
    assert set(role.candidates) == {"GEO.GOV", "ARM.GOV"}


@pytest.mark.parametrize(
    ("text", "pronoun", "code"),
    [
        ("The Polish president spoke. He left.", "He", "POL.GOV"),
        ("Russian troops came. They left.", "They", "RUS.MIL"),
        ("Turkey spoke. It was angry.", "It", "TUR"),
    ],
)
def test_plain_pronouns(lexicon: Lexicon, text: str, pronoun: str, code: str) -> None:
    assert codes(lexicon, text)[pronoun] == code


def test_the_two_sides(lexicon: Lexicon) -> None:
    text = "The Polish president met the Czech president. The two sides agreed to go on."
    sides = [m.actor for m in mentions_of(lexicon, text) if m.span.of(text) == "The two sides"]
    assert sorted(filter(None, sides)) == ["CZE.GOV", "POL.GOV"]


def test_a_word_that_looks_like_a_name_is_none(lexicon: Lexicon) -> None:
    assert mentions_of(lexicon, "They ate turkey with china in march, and who told us?") == []


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("The secretary of State spoke in Oman.", "secretary of State", "USA.GOV"),
        ("The American state secretary spoke.", "American state secretary", "USA.GOV"),
        ("The Polish secretary of state spoke.", "Polish secretary of state", "POL.GOV"),
        ("Kyiv heard the European Council president.", "European Council president", "EUR"),
        ("Oman waits as Turkey refuses to lift its ban.", "its", "TUR"),
        ("Poland and Oman spoke. It was angry.", "It", None),
        ("Putin met Lukashenko. He left.", "He", "RUS.GOV"),
        ("In Oman Putin met Lukashenko. He left.", "He", None),
        ("Lukashenko spoke. During his visit to Oman, Putin met Lukashenko.", "his", "RUS.GOV"),
    ],
)
def test_one_antecedent_or_none(lexicon: Lexicon, text: str, words: str, code: str | None) -> None:
    assert codes(lexicon, text)[words] == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("President Jacques Chirac left.", "President Jacques Chirac", "FRA.GOV"),
        ("Former President Bill Clinton left.", "Former President Bill Clinton", "USA.ELI"),
        (
            "U.N. Secretary-General Kofi Annan left.",
            "U.N. Secretary-General Kofi Annan",
            "UNO",
        ),
        ("Jacques Chirac left.", "Jacques Chirac", "FRA"),
    ],
)
def test_a_title_tells_the_office_where_no_day_does(
    lexicon: Lexicon, text: str, words: str, code: str
) -> None:
    mentions = find_mentions(text, split_sentences(text), lexicon, When())
    assert {m.span.of(text): m.actor for m in mentions}[words] == code


def test_people_known_by_descent_are_of_where_they_live(lexicon: Lexicon) -> None:
    assert codes(lexicon, "Ethnic Serbs in Croatia left.")["Serbs"] == "HRV"
    assert codes(lexicon, "Ethnic Serb farmers left.")["Serb farmers"] is None
    assert codes(lexicon, "Serbs in Croatia left.")["Serbs"] == "SRB"


def test_a_capital_in_whose_centre_something_is_acts_for_nobody(lexicon: Lexicon) -> None:
    assert codes(lexicon, "A bomb went off in central Minsk.")["Minsk"] == "BLR"
    assert codes(lexicon, "Minsk said no.")["Minsk"] == "BLR.GOV"


OFFICE = Source(
    id="x", name="President of Poland", country="POL", official=True, chief=("president",)
)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Marta Lis met President of France Jean Roux. The President thanked him.", 1, "POL.GOV"),
        ("The Hungarian Prime Minister left. The President of Austria came.", 1, "AUT.GOV"),
        ("The French President came. The Prime Minister thanked France.", 1, "FRA.GOV"),
    ],
)
def test_in_its_own_release_the_bare_post_is_the_issuers(
    lexicon: Lexicon, text: str, words: int, code: str
) -> None:
    published = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")
    found = find_mentions(text, split_sentences(text), lexicon, published, OFFICE)
    roles = [m for m in found if "resident" in m.span.of(text) or "inister" in m.span.of(text)]
    assert roles[words].actor == code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Statement by the President on Belarus", "POL.GOV"),
        ("Notice on the Emergency in respect of the Government of Belarus", "POL.GOV"),
        ("Message of President of France Emmanuel Macron", "FRA.GOV"),
    ],
)
def test_first_person_is_who_signs_or_who_publishes(
    lexicon: Lexicon, title: str, code: str
) -> None:
    text = f"{title}\nI condemn the arrests."
    published = When(first=date(2020, 2, 3), last=date(2020, 2, 3), basis="stated")
    found = find_mentions(text, split_sentences(text), lexicon, published, OFFICE)
    (mention,) = find_first_person(text, len(title), [], found, code_of_issuer(OFFICE))
    assert mention.actor == code


@pytest.mark.parametrize("words", ["President-Elect", "president-elect", "prime minister-elect"])
def test_who_is_elected_is_not_in_office_yet(lexicon: Lexicon, words: str) -> None:
    assert codes(lexicon, f"The {words} of Peru left.") == {f"{words} of Peru": "PER.ELI"}
