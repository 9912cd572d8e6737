"""One file of a data set into one layer: staged, read by its format's SQL, coded, cut by year.

Everything is written aside in a folder of the layer, and put in its place at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.ledger.query import Workroom
from chancery.relations import spool
from chancery.relations.actor_names import ActorNames
from chancery.relations.formats import Fitted, Format, Layout, fit, rows_of
from chancery.relations.lookups import Lookups
from chancery.relations.manifest import Reason, SourceFile
from chancery.relations.staging import EXAMPLES, WORDS, Staging, reason_of
from chancery.relations.steps import listed, quoted, step

DOUBLED: Final = "same id and day as an earlier row"
NOT_DOUBLED: Final = "line NOT IN (SELECT line FROM doubled)"


Hashed = Callable[[], spool.Digest]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be imported: a format, its layouts, and the column that names strata, if any."""

    name: str
    form: Format
    layouts: tuple[Layout, ...]
    stratum: str | None = None


class Intake:
    """Imports files into the folder of one layer; `aside` is a folder within it."""

    def __init__(
        self, room: Workroom, folder: Path, aside: Path, task: Task, names: ActorNames
    ) -> None:
        self._room, self._folder, self._aside = room, folder, aside
        self._task = task
        self._lookups = Lookups(room, task.form, names)
        self._staging = Staging(room, aside, task.form)
        room.run(step("macros"))
        room.remember("long_before", task.form.long_before)

    def take(self, path: Path, hashed: Hashed, number: int, parts: Sequence[Path]) -> SourceFile:
        """Import one file as the layer's `number`th; `parts` is what the layer already holds.

        `hashed` waits for the file's digest, which may still be under way.
        """
        plain = spool.plain_file(path, self._aside)
        fitted = self._fit(plain, path.name)
        if fitted is None:
            return SourceFile(name=path.name, sha256=hashed().sha256, size=hashed().size,
                              layout="empty file", lines=0, rows=0, parts=())  # fmt: skip
        count_lines = hashed if plain == path else cache(partial(spool.digest, plain))
        rejects, remarks = self._staging.stage(plain, fitted, lambda: count_lines().lines)
        self._room.remember("file_number", number)
        self._room.run(step("view_plain", rows=rows_of(self._task.name)))
        self._look_up()
        doubled = self._find_doubled(self._of_the_same_years(parts) if parts else ())
        self._write(doubled)
        rejects += self._reasons("reject")
        if doubled:
            rejects.append(self._doubled_reason())
        kept = f"reject IS NULL AND {NOT_DOUBLED}" if doubled else "reject IS NULL"
        remarks += self._reasons("remark", kept)
        written = self._settle(number)
        return SourceFile(
            name=path.name,
            sha256=hashed().sha256,
            size=hashed().size,
            layout=fitted.layout.title,
            lines=count_lines().lines,
            parts=tuple(written),
            rejects=tuple(sorted(rejects, key=lambda reason: reason.reason)),
            remarks=tuple(sorted(remarks, key=lambda reason: reason.reason)),
            **self._counts(written),
        )

    def _fit(self, plain: Path, name: str) -> Fitted | None:
        """Find the layout of a file; none where it is empty."""
        layouts = self._task.layouts
        tried = {}
        for how in dict.fromkeys((layout.delimiter, layout.quote) for layout in layouts):
            rows = spool.first_rows(plain, *how)
            if not rows:
                return None
            tried[how] = rows
        # The delimiter that cuts the first row into most columns is the file's.
        best = max(tried, key=lambda how: len(tried[how][0]))
        alike = [layout for layout in layouts if (layout.delimiter, layout.quote) == best]
        return fit(alike, tried[best], self._task.stratum, name)

    def _look_up(self) -> None:
        """Make the tables of parties and sectors for the names of this file."""
        form = self._task.form
        if "names" in (*form.actors, *form.places):
            self._lookups.name_parties(self._distinct("distinct_actors"))
        self._lookups.name_sectors(self._distinct("distinct_sectors"))

    def _distinct(self, name: str) -> list[str]:
        return [words for (words,) in self._room.run(step(name)).rows if words is not None]

    def _of_the_same_years(self, parts: Sequence[Path]) -> list[Path]:
        years = {f"year={year}" for (year,) in self._room.run(step("years")).rows}
        return [part for part in parts if part.parent.name in years]

    def _find_doubled(self, parts: Sequence[Path]) -> bool:
        """Make the table `doubled` of lines to leave out; say whether there are any."""
        several = self._task.form.several
        self._room.run(step("keys", distinct="DISTINCT" if several else "",
                            line=", line" if several else ""))  # fmt: skip
        known = step("known_nowhere")
        if parts:
            known = step("known_in_layer", parts=listed(parts))
            kind = "CAST(id AS BIGINT)" if "id" in self._task.form.types else "id"
            self._room.run(step("keys_of_layer", parts=listed(parts), id=kind))
        if not self._room.run(step("key_count")).rows[0][0]:
            return False
        self._room.run(step("doubled", known=known))
        return bool(self._room.run(step("doubled_lines"), {"words": WORDS}).rows)

    def _write(self, doubled: bool) -> None:
        # What neither table knows is kept as it was written, in sets whose own codes these are.
        rows = step(
            "coded",
            unknown_code="p.deed_key" if self._task.form.own == "cameo" else "NULL",
            unless_doubled=f"AND {NOT_DOUBLED}" if doubled else "",
        )
        self._room.run(step("write", rows=rows, target=quoted(self._aside / "parts")))

    def _reasons(self, column: str, kept: str = "true") -> list[Reason]:
        found = {"words": WORDS, "examples": EXAMPLES}
        rows = self._room.run(step("reasons", column=column, kept=kept), found).rows
        return [reason_of(*row) for row in rows]

    def _doubled_reason(self) -> Reason:
        rows = self._room.run(step("doubled_lines"), {"words": WORDS}).rows
        first = rows[:EXAMPLES]
        return reason_of(DOUBLED, len(rows), [row[0] for row in first], [row[1] for row in first])

    def _settle(self, number: int) -> list[str]:
        """Move the parts to their places under the layer's folder; give their names there."""
        written = []
        for year in sorted((self._aside / "parts").glob("year=*")):
            home = self._folder / year.name
            home.mkdir(exist_ok=True)
            for at, part in enumerate(sorted(year.glob("*.parquet"))):
                target = home / f"part-{number}{f'-{at}' if at else ''}.parquet"
                part.replace(target)
                written.append(str(target.relative_to(self._folder)))
        return written

    def _counts(self, written: Sequence[str]) -> Mapping[str, Any]:
        if not written:
            return {"rows": 0}
        parts = listed([self._folder / part for part in written])
        rows, first, last, actors, targets = self._room.run(step("counts", parts=parts)).rows[0]
        return {
            "rows": rows,
            "first": str(first),
            "last": str(last),
            "open_actors": actors,
            "open_targets": targets,
            "strata": dict(self._room.run(step("strata", parts=parts)).rows),
        }
