import pytest

from chancery.ingest.asides import BoilerplateCue, boilerplate_cues, find_asides

EXAMPLES = [(cue, example) for cue in boilerplate_cues() for example in cue.examples]
COUNTER_EXAMPLES = [example for cue in boilerplate_cues() for example in cue.not_examples]


@pytest.mark.parametrize(("cue", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_examples_of_the_table_are_found(cue: BoilerplateCue, example: str) -> None:
    text = f"The talks went on.\n\n{example}\n"
    assert [aside.kind for aside in find_asides(text, has_title=False)] == [cue.kind]


@pytest.mark.parametrize("example", COUNTER_EXAMPLES)
def test_counter_examples_of_the_table_are_not(example: str) -> None:
    assert find_asides(f"The talks went on.\n\n{example}\n", has_title=False) == ()


def test_every_cue_has_examples() -> None:
    assert all(cue.examples and cue.not_examples for cue in boilerplate_cues())


def test_short_lines_under_a_heading_belong_to_it() -> None:
    text = (
        "The talks went on.\n\nRelated Content\n\nSanctions explained\n• Who is who in Minsk\n\n"
        "The talks will go on for some days more.\n"
    )
    found = [aside.span.of(text) for aside in find_asides(text, has_title=False)]
    assert found == ["Related Content", "Sanctions explained", "• Who is who in Minsk"]


def test_the_title_is_never_an_aside() -> None:
    assert find_asides("Read more\nThe talks went on.", has_title=True) == ()


def test_many_asides_take_no_longer_than_their_number() -> None:
    assert len(find_asides("ENDS\n" * 20_000, has_title=False)) == 20_000
