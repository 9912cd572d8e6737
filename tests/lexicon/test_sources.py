import pytest

from chancery.lexicon import Lexicon


@pytest.mark.parametrize(
    ("name", "url", "source"),
    [
        ("Reuters", None, "reuters"),
        ("the daily beast", None, "daily-beast"),
        ("Agence France-Presse", None, "afp"),
        ("BelTA", None, "belta"),
        ("President of Russia (en.kremlin.ru)", None, "kremlin"),
        (None, "https://edition.cnn.com/a/b", "cnn"),
        ("Somebody's Blog", "https://www.whitehouse.gov/x", "white-house"),
        ("Somebody's Blog", None, None),
        (None, "https://example.org/tass.com", None),
        (None, "http://[broken", None),
        (None, None, None),
    ],
)
def test_an_outlet_is_known_by_name_or_address(
    lexicon: Lexicon, name: str | None, url: str | None, source: str | None
) -> None:
    found = lexicon.source(name, url)
    assert (found.id if found else None) == source


def test_official_outlets_and_states_are_marked(lexicon: Lexicon) -> None:
    official = {source.id for source in lexicon.sources.values() if source.official}
    assert {"kremlin", "white-house", "ukraine-president"} <= official
    assert not official & {"reuters", "tass", "voa"}
    countries = {source.country for source in lexicon.sources.values() if source.country}
    assert countries <= lexicon.actors.keys()
    assert len(lexicon.sources) >= 60
