from hypothesis import given
from hypothesis import strategies as st

from chancery.sketch import RUN, WINDOW, containment, resemblance, sketch, words_of

TEXT = " ".join(f"word{number} and then the minister met envoy{number}" for number in range(60))


def shared(first: str, second: str) -> int:
    return len(set(sketch(first)) & set(sketch(second)))


def test_known_numbers_so_that_no_machine_differs() -> None:
    assert sketch("The minister met the envoy.") == (17249288231980309892,)
    assert len(sketch(TEXT)) == 144


def test_blind_to_case_punctuation_spelling_and_numbers_in_words() -> None:
    one = "The MINISTER of Defence met – the “envoy” of the United States in twenty-five centres!"
    other = "the minister of defense met the envoy of the U.S. in 25 centers"
    assert sketch(one) == sketch(other)


def test_a_number_and_an_abbreviation_are_one_word_each() -> None:
    found = words_of("The U.S. paid 1,200.50 euros to twenty five men per cent")
    assert [word.folded for word in found] == [
        "the", "us", "paid", "1200.5", "euros", "to", "25", "men", "percent",
    ]  # fmt: skip
    assert found[6] == ("25", 32, 43)


def test_copies_and_strangers() -> None:
    changed = TEXT.replace("word30", "other")
    other = " ".join(f"thing{number} of a quite different kind here" for number in range(60))
    assert shared(TEXT, changed) > 0.9 * len(sketch(TEXT))
    assert shared(TEXT, other) == 0
    assert resemblance(sketch(TEXT), sketch(changed)) > 0.8
    assert containment(sketch(TEXT), sketch(TEXT[: len(TEXT) // 3])) > 0.9
    assert containment(sketch(TEXT), sketch("The minister met the envoy")) == 0


def test_nothing_resembles_nothing() -> None:
    assert sketch("") == sketch("…!") == ()


words = st.text("abc", min_size=1, max_size=2)


@given(
    st.lists(words, max_size=20),
    st.lists(words, min_size=RUN + WINDOW - 1, max_size=RUN + WINDOW + 9),
    st.lists(words, max_size=20),
)
def test_a_passage_of_nine_words_is_found_wherever_it_stands(
    before: list[str], passage: list[str], after: list[str]
) -> None:
    whole = " ".join([*before, *passage, *after])
    assert shared(whole, " ".join(passage)) > 0
