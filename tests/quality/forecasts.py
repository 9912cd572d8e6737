"""Scores forecasts against our labels: `python tests/quality/forecasts.py [--errors]`.

A found forecast is right where half of the words of the longer of the two spans are in both. The
deadline's last day, the test and the condition are counted on the right ones. With `--errors` the
errors on the development half are shown, never those on the other half.
"""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path
from types import ModuleType

from chancery.model import Forecast, Report, Span
from chancery.read.dates import find_times
from chancery.read.forecasts import find_forecasts
from chancery.read.sentences import split_sentences

HERE = Path(__file__).resolve().parent


def _holding() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality_holding", HERE / "holding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


labels = _holding()


def forecasts_of(report: Report, sentence: Span) -> list[Forecast]:
    """Return the forecasts that the reader finds in one sentence of a report."""
    sentences = split_sentences(report.text)
    times = find_times(report.text, sentences, report.published)
    here = [one for one in sentences if sentence.overlaps(one.span)]
    return find_forecasts(report.id, report.text, here, times, report.published)


def _agrees(text: str, label: dict[str, list[int] | str | None], one: Forecast) -> dict[str, bool]:
    last = str(one.deadline.last) if one.deadline else None
    condition = label["condition"]
    both = one.condition is not None and condition is not None
    same = labels.share(text, Span(*condition), one.condition) >= 0.5 if both else False
    return {
        "deadline": last == label["deadline"],
        "test": labels.share(text, Span(*label["test"]), one.test) >= 0.5,
        "condition": same or (condition is None and one.condition is None),
    }


def score(part: str = "all", *, errors: bool = False) -> dict[str, float]:
    """Return precision, recall and the shares of right deadlines, tests and conditions, 0…1."""
    right, found, wanted = 0, 0, 0
    agree = dict.fromkeys(("deadline", "test", "condition"), 0)
    for row, report, sentence in labels.labelled("forecasts"):
        if not labels.is_of(row, part):
            continue
        forecasts = forecasts_of(report, sentence)
        wanted += len(row["forecasts"])
        found += len(forecasts)
        pairs = labels.paired(report.text, row["forecasts"], forecasts, same_kind=False)
        for label, one in pairs:
            if errors and (label is None or one is None):
                print("missed" if one is None else "false ", "|", sentence.of(report.text).strip())
                span = one.span if one else Span(*label["span"])
                print(
                    "       ", span.of(report.text), "CUE", one.cue.of(report.text) if one else ""
                )
            if label is None or one is None:
                continue
            right += 1
            for name, fits in _agrees(report.text, label, one).items():
                agree[name] += fits
                if errors and not fits:
                    mine = getattr(one, name)
                    shown = mine.of(report.text) if isinstance(mine, Span) else mine and mine.edtf()
                    print("  ", name, shown, "for", label[name], "|", one.span.of(report.text))
    return {
        "precision": right / max(1, found),
        "recall": right / max(1, wanted),
        **{name: count / max(1, right) for name, count in agree.items()},
        "wanted": wanted,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show those of the development half")
    if parser.parse_args().errors:
        score("development", errors=True)
    for part in labels.PARTS:
        print(part, {name: round(value, 3) for name, value in score(part).items()})
