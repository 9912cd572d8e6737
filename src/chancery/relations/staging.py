"""A file as it lies, put into Parquet in its order, each row with the line it stands on.

What has too many or too few columns is left out with its line. All that follows reads the staged
file, which is quick to read again and knows the place of each row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from chancery.ledger.query import Workroom
from chancery.relations import spool
from chancery.relations.formats import STRATUM, Fitted, Format
from chancery.relations.manifest import Example, Reason
from chancery.relations.steps import listed, quoted, step

EXAMPLES: Final = 5
"""So many lines are named for each reason."""
WORDS: Final = 80
"""So many characters of a damaged line are kept."""
NEVER_WRITTEN: Final = "\x01"
"""A delimiter that stands in no line, so that each line is one field."""

DAMAGE: Final[Mapping[str, str]] = {
    "MISSING COLUMNS": "too few columns",
    "TOO MANY COLUMNS": "too many columns",
    "UNQUOTED VALUE": "quotation mark that never closes",
    "LINE SIZE OVER MAXIMUM": "line too long",
    "INVALID ENCODING": "bytes that are not UTF-8",
}
FIELD: Final = re.compile(r"\b[a-z]+\d[a-z]?\b")
"""A field in a joined one, such as `country1`."""
NOT_TEXT: Final = "INVALID ENCODING"
NO_NUMBER: Final = "CAST"
MENDED_BYTES: Final = "bytes that are not UTF-8 were replaced"


class Staging:
    """Stages one file after another in a room; `aside` is a folder for what lies beside."""

    def __init__(self, room: Workroom, aside: Path, form: Format) -> None:
        self._room, self._aside, self._form = room, aside, form
        self._runs = 0
        self._damage = ""
        self._types: Mapping[str, str] = {}

    def stage(
        self, plain: Path, fitted: Fitted, lines: Callable[[], int]
    ) -> tuple[list[Reason], list[Reason]]:
        """Make the view `staged` of a plain file; give why rows were left out, and remarks.

        `lines` tells how many the file has, and is asked when the file was read.
        """
        remarks = []
        self._types = self._form.types
        self._read(plain, fitted)
        if self._damaged(NO_NUMBER):
            # Then the file is read once more as text, and only that field is empty.
            self._types = {}
            self._read(plain, fitted)
        bad = self._damaged(NOT_TEXT)
        if bad:
            examples = tuple(Example(line, "") for line in bad[:EXAMPLES])
            remarks.append(Reason(reason=MENDED_BYTES, count=len(bad), examples=examples))
            plain = spool.mended_bytes(plain, self._aside)
            self._read(plain, fitted)
        if fitted.layout.broken:
            return self._view_of_broken(fitted), remarks
        self._view(plain, fitted, lines)
        return self._left_out(plain, fitted), remarks

    @property
    def _target(self) -> str:
        return quoted(self._aside / "staged.parquet")

    def _read(self, plain: Path, fitted: Fitted) -> None:
        self._runs += 1
        self._damage = f"damage_{self._runs}"
        layout, broken = fitted.layout, fitted.layout.broken
        types = {
            fitted.places[name]: kind for name, kind in self._types.items() if name in fitted.places
        }
        columns = ", ".join(
            f"'c{at}': '{types.get(at, 'VARCHAR')}'"
            for at in range(1, 2 if broken else fitted.width + 1)
        )
        query = step(
            "stage",
            picked="c1 AS words" if broken else self._picked(fitted),
            file=quoted(plain),
            delimiter=quoted(NEVER_WRITTEN if broken else layout.delimiter),
            quote=quoted(layout.quote),
            header="true" if fitted.header and not broken else "false",
            missing=listed(["", *(() if broken else layout.missing)]),
            columns=f"{{{columns}}}",
            damage=quoted(self._damage),
            scans=quoted(f"{self._damage}_scans"),
            target=self._target,
        )
        self._room.run(query)

    def _picked(self, fitted: Fitted) -> str:
        """Say what is staged: a joined field instead of those it is made of."""
        fields = _fields(fitted, self._types)
        joined = self._form.joined
        parts = {part for words in joined.values() for part in FIELD.findall(words)}
        picked = [f"{words} AS {name}" for name, words in fields.items() if name not in parts]
        for name, words in joined.items():
            made = FIELD.sub(lambda part: fields[part[0]], words)
            picked.append(f"{made} AS {name}")
        return ", ".join(picked)

    def _damaged(self, kind: str | None = None) -> list[int]:
        """Return the lines that were left out, for one kind of damage or all."""
        rows = self._room.run(step("damaged_lines", damage=self._damage), {"kind": kind}).rows
        return [int(line) for (line,) in rows]

    def _view(self, plain: Path, fitted: Fitted, lines: Callable[[], int]) -> None:
        """Number the staged rows as the file's lines are: what was left out counts too."""
        first = 2 if fitted.header else 1
        gone = self._damaged()
        parts = {"target": self._target, "first": str(first), "dropped": "file_row_number"}
        if fitted.layout.quote:
            parts |= {"dropped": "file_row_number, breaks", "breaks": step("breaks")}
        else:
            parts |= {"breaks": "0"}
            count = self._room.run(step("staged_count", target=self._target)).rows[0][0]
            if lines() != count + len(gone) + first - 1:
                gone = sorted({*gone, *spool.empty_lines(plain)})
        if gone:
            # A line that is gone moves all rows after it; before it so many were kept.
            gaps = {line - first - at: at + 1 for at, line in enumerate(gone)}
            self._room.run(step("gaps"), {"kept": list(gaps), "gone": list(gaps.values())})
        self._room.run(step("view_staged_with_gaps" if gone else "view_staged", **parts))

    def _left_out(self, plain: Path, fitted: Fitted) -> list[Reason]:
        rows = self._room.run(step("damage", damage=self._damage), {"words": WORDS}).rows
        found: dict[str, list[Example]] = {}
        counts: dict[str, int] = {}
        for kind, line, offset, words in rows:
            reason = DAMAGE.get(kind, kind.lower())
            counts[reason] = counts.get(reason, 0) + 1
            examples = found.setdefault(reason, [])
            if len(examples) < EXAMPLES:
                # With quoting, DuckDB counts records; where the record begins tells its line.
                place = spool.line_of(plain, offset) if fitted.layout.quote else line
                examples.append(Example(int(place), words or ""))
        return [
            Reason(reason=reason, count=count, examples=tuple(found[reason]))
            for reason, count in sorted(counts.items())
        ]

    def _view_of_broken(self, fitted: Fitted) -> list[Reason]:
        official = fitted.layout.official
        most = max(len(official), fitted.width)
        least = min(len(official), fitted.width)
        self._room.run(step("view_lines", target=self._target))
        self._room.run(step("broken_rows", least=str(least), most=str(most)))
        picked = ", ".join(
            f"{_emptied(_by_width(fitted, field), fitted)} AS {field}" for field in _names(fitted)
        )
        self._room.run(step("view_mended", picked=picked))
        rows = self._room.run(step("unmended"), {"examples": EXAMPLES}).rows
        return [reason_of(reason, count, places, words) for reason, count, places, words in rows]


def reason_of(reason: str, count: int, lines: Sequence[int], words: Sequence[str]) -> Reason:
    """Make a reason of its first lines and the words that stand there."""
    examples = tuple(Example(*pair) for pair in zip(lines, words, strict=True))
    return Reason(reason=reason, count=count, examples=examples)


def _names(fitted: Fitted) -> list[str]:
    layout = fitted.layout
    return list(dict.fromkeys((*layout.at, *layout.named, *layout.absent, STRATUM)))


def _fields(fitted: Fitted, types: Mapping[str, str]) -> dict[str, str]:
    """Say where each field stands, in SQL; what the layout lacks is empty."""
    fields = {
        name: f"c{fitted.places[name]}" if name in fitted.places
        else f"CAST(NULL AS {types.get(name, 'VARCHAR')})"
        for name in _names(fitted)
    }  # fmt: skip
    if fitted.layout.quote:
        breaks = " + ".join(
            f"coalesce(length(c{at}) - length(replace(c{at}, chr(10), '')), 0)"
            for at in range(1, fitted.width + 1)
        )
        fields["breaks"] = breaks
    return fields


def _by_width(fitted: Fitted, field: str) -> str:
    """Say where a field of a row stands, which may lack the header's stray columns."""
    if field not in fitted.places:
        return "CAST(NULL AS VARCHAR)"
    place = fitted.places[field]
    known = {name.lower() for name in fitted.layout.official}
    known |= {name.lower() for names in fitted.layout.named.values() for name in names}
    header = [name.strip().lower() for name in fitted.header]
    strays = sum(name not in known for name in header[: place - 1])
    if not strays:
        return f"fields[{place}]"
    whole = f"len(fields) >= {fitted.width}"
    return f"CASE WHEN {whole} THEN fields[{place}] ELSE fields[{place - strays}] END"


def _emptied(words: str, fitted: Fitted) -> str:
    """Read a field that holds the set's word for nothing as empty."""
    for missing in ("", *fitted.layout.missing):
        words = f"nullif({words}, {quoted(missing)})"
    return words
