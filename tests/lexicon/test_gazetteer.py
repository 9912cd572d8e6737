import pytest

from chancery.lexicon import Gazetteer


@pytest.mark.parametrize(
    ("name", "kind", "country", "latitude", "longitude"),
    [
        ("Tbilisi", "capital", "GEO", 41.7, 44.8),
        ("Kiev", "capital", "UKR", 50.5, 30.5),
        ("Mariupol", "city", "UKR", 47.1, 37.5),
        ("São Paulo", "city", "BRA", -23.5, -46.6),
        ("Sao Paulo", "city", "BRA", -23.5, -46.6),
        ("Texas", "region", "USA", 30.5, -97.5),
        ("Anbar", "region", "IRQ", 33.5, 43.5),
        ("Donbas", "land", "UKR", 48.3, 38.0),
        ("Strait of Hormuz", "water", "", 26.6, 56.5),
    ],
)
def test_a_place_is_found(
    name: str, kind: str, country: str, latitude: float, longitude: float
) -> None:
    place = next(place for place in Gazetteer.load().find(name) if place.kind == kind)
    assert place.country == country
    assert place.latitude == pytest.approx(latitude, abs=1)
    assert place.longitude == pytest.approx(longitude, abs=1)


def test_namesakes_come_the_most_populous_first() -> None:
    found = [place.country for place in Gazetteer.load().find("Hyderabad")]
    assert found == ["IND", "PAK"]


def test_an_unknown_name_is_nowhere() -> None:
    assert Gazetteer.load().find("Nephelokokkygia") == ()


def test_every_row_is_on_the_map() -> None:
    for place in Gazetteer.load().localities:
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert (place.country == "") == (place.kind == "water")
        assert len(place.country) in (0, 3)
