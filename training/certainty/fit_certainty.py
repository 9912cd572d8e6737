"""Fits what another telling is worth, and shows how far certainty can be believed.

    python training/certainty/fit_certainty.py [--check]

In: the stored out-of-fold claims and the gold set (`tests/quality/certainty.py`). Out: `retold` in
`certainty.toml`, the tables of docs/quality.md between their marks, and docs/reliability.svg.
With `--check` nothing is written; the exit code says whether anything would change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "quality")]

import certainty  # noqa: E402

TABLE = ROOT / "src" / "chancery" / "ledger" / "certainty.toml"
QUALITY = ROOT / "docs" / "quality.md"
PLOT = ROOT / "docs" / "reliability.svg"
OPENS, CLOSES = "<!-- certainty: written by training/certainty -->", "<!-- certainty: end -->"

SIDE, EDGE, LARGEST = 320, 48, 9
"""The plot's inner side, its margin and the radius of its largest dot, in pixels."""


def tables(found: Sequence[certainty.Case]) -> str:
    """Return the figures as Markdown."""
    judged = certainty.judge(found)
    base = sum(right for _, right in judged) / len(judged)
    several = [case for case in found if case.tellings > 1]
    scores = [(case.best, case.right) for case in found]
    briers = [
        ("certainty, out of fold", certainty.brier(judged)),
        ("the best claim's score alone", certainty.brier(scores)),
        ("a constant answer", base - base**2),
    ]
    again = [
        ("certainty, out of fold", certainty.brier(certainty.judge(several, found))),
        ("the best claim's score alone", certainty.brier([(c.best, c.right) for c in several])),
    ]
    lines = [
        f"{len(judged):,} happenings within a report, {base:.3f} of them right; "
        f"{len(several)} told more than once.",
        "",
        "| Brier score | all | told more than once |",
        "|---|--:|--:|",
    ]
    rest = dict(again)
    lines += [
        f"| {name} | {value:.4f} | {f'{rest[name]:.4f}' if name in rest else '–'} |"
        for name, value in briers
    ]
    lines += ["", "| said | was right | happenings |", "|--:|--:|--:|"]
    lines += [f"| {s:.2f} | {w:.2f} | {n} |" for s, w, n in certainty.by_tenths(judged)]
    lines += ["", "| word | said | was right | happenings |", "|---|--:|--:|--:|"]
    words = certainty.by_words(judged)
    lines += [f"| {word} | {s:.2f} | {w:.2f} | {n} |" for word, s, w, n in words]
    return "\n".join(lines)


def plot(judged: Sequence[tuple[float, bool]]) -> str:
    """Return the reliability plot as SVG: a dot a tenth, its area by how many it stands for.

    The colours follow the reader's light or dark page.
    """
    tenths = certainty.by_tenths(judged)
    most = max(count for _, _, count in tenths)
    size = SIDE + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="{size}" height="{size}" role="img" aria-labelledby="name">',
        '<title id="name">Certainty said, and share that was right, by tenths</title>',
        "<style>",
        "  text { font: 12px sans-serif; fill: #222 }",
        "  path { stroke: #777; fill: none }",
        "  .even { stroke-dasharray: 4 4 }",
        "  circle { fill: #0b62a4; fill-opacity: .8 }",
        "  @media (prefers-color-scheme: dark) {",
        "    text { fill: #eee } path { stroke: #999 } circle { fill: #7cc0ff }",
        "  }",
        "</style>",
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>',
        f'<path class="even" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{_x(0.5)}" y="{size - 10}" text-anchor="middle">certainty said</text>')
    parts.append(f'<text x="{_x(0)}" y="{_y(1) - 14}">share that was right</text>')
    for said, was, count in tenths:
        radius = max(2.0, LARGEST * (count / most) ** 0.5)
        parts.append(
            f'<circle cx="{_x(said)}" cy="{_y(was)}" r="{radius:.1f}">'
            f"<title>said {said:.2f}, right {was:.2f}, {count} happenings</title></circle>"
        )
    return "\n".join([*parts, "</svg>", ""])


def _x(value: float) -> float:
    return round(EDGE + SIDE * value, 1)


def _y(value: float) -> float:
    return round(EDGE + SIDE * (1 - value), 1)


def outputs(found: Sequence[certainty.Case]) -> dict[Path, str]:
    """Return what each file should hold."""
    weight = certainty.fit(found)
    table = re.sub(r"(?m)^retold = .*$", f"retold = {weight:.2f}", TABLE.read_text("utf-8"))
    page = QUALITY.read_text("utf-8")
    before, rest = page.split(OPENS)
    after = rest.split(CLOSES)[1]
    text = f"{before}{OPENS}\n{tables(found)}\n{CLOSES}{after}"
    return {TABLE: table, QUALITY: text, PLOT: plot(certainty.judge(found))}


def main() -> int:
    """Write the files, or check them."""
    wanted = outputs(list(certainty.cases()))
    stale = [path for path, text in wanted.items()
             if not path.exists() or path.read_text("utf-8") != text]  # fmt: skip
    for path in stale:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(wanted[path], encoding="utf-8")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
