"""Every engine gives the same answers in the same order, and draws no more than it needs."""

from collections.abc import Iterator

import pytest

from chancery.engines import Engine, LocalEngine


def double(batch: list[int]) -> list[int]:
    return [2 * number for number in batch]


@pytest.mark.parametrize("engine", [LocalEngine(1), LocalEngine(2)], ids=["one", "two"])
def test_answers_come_in_the_order_of_the_batches(engine: Engine) -> None:
    batches = [[number, number + 1] for number in range(0, 20, 2)]
    assert list(engine.map(double, batches)) == [double(batch) for batch in batches]


def test_the_input_is_drawn_as_needed() -> None:
    drawn = []

    def stream() -> Iterator[list[int]]:
        for number in range(100):
            drawn.append(number)
            yield [number]

    answers = LocalEngine(1).map(double, stream())
    next(answers)
    assert len(drawn) == 1


def test_no_jobs_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        LocalEngine(0)
