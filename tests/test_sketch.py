from hypothesis import given
from hypothesis import strategies as st

from chancery.sketch import SIZE, resemblance, sketch

TEXT = " ".join(f"word{number} and then the minister met envoy{number}" for number in range(60))


def test_known_numbers_so_that_no_machine_differs() -> None:
    assert sketch("The minister met the envoy.") == (17249288231980309892,)
    assert len(sketch(TEXT)) == SIZE


def test_blind_to_case_and_punctuation() -> None:
    assert sketch("The minister met – the envoy!") == sketch("the MINISTER, met the “envoy”")


def test_copies_and_strangers() -> None:
    changed = TEXT.replace("word30", "other")
    other = " ".join(f"thing{number} of a quite different kind here" for number in range(60))
    assert resemblance(sketch(TEXT), sketch(TEXT)) == 1
    assert resemblance(sketch(TEXT), sketch(changed)) > 0.8
    assert resemblance(sketch(TEXT), sketch(other)) < 0.05


def test_nothing_resembles_nothing() -> None:
    assert sketch("") == sketch("…!") == ()
    assert resemblance((), ()) == 0
    assert resemblance(sketch("One word"), ()) == 0


@given(st.text(max_size=200), st.text(max_size=200))
def test_resemblance_is_a_share_and_has_no_direction(a: str, b: str) -> None:
    there, back = resemblance(sketch(a), sketch(b)), resemblance(sketch(b), sketch(a))
    assert there == back
    assert 0 <= there <= 1
