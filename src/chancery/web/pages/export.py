"""Export: the rows that the filters let through, in any form there is.

A file is written aside before the first byte is sent, so that what breaks off is never taken for
whole. One that takes long becomes work with its own page, which leads to the file once it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from starlette.responses import Response, StreamingResponse

from chancery.errors import UsageError
from chancery.outputs.coverage import coverage_line
from chancery.outputs.exports import write_export
from chancery.outputs.menu import MENU
from chancery.outputs.rows import json_line, plain
from chancery.outputs.visible import escape_in_json
from chancery.web.filters import bar_of, command_words
from chancery.web.page import Moved, NotFound, Page
from chancery.web.visit import Visit
from chancery.web.work import SOON_SECONDS, Tell, Work

Write: TypeAlias = Callable[[BinaryIO, Callable[[int, int], None]], None]

PIECE: Final = 1 << 16
KEPT: Final = ("who", "what", "from", "to", "voice", "min", "asof")
MOVED: Final = {
    "decisions": "all that people settled, to be taken into another ledger",
    "labels": "what people judged right or wrong",
}
"""What is exported whole, whatever the filters say."""


def export(visit: Visit, form: str = "") -> Page | Moved | Response:
    """List the forms, or give the rows in one of them."""
    if form in MOVED:
        return _moved(visit, form)
    if form:
        return _file(visit, form)
    address = visit.address.to("/export", *KEPT)
    forms = [(one, [_link(visit, one.name, thing) for thing in one.things])
             for one in MENU.values()]  # fmt: skip
    return Page(
        template="export.html",
        title="Export",
        document=[plain(one) for one in MENU.values()],
        facts={
            "forms": forms, "tally": visit.ledger.tally(**visit.asked),
            "chosen": list(address.fields), "moved": list(MOVED.items()),
            "filters": bar_of(visit),
            "site_command": command_words(visit.address.filters, "export", "site", "-o", "dossier"),
        },
        command=command_words(visit.address.filters, "export", "csv", "-o", "chronology.csv"),
    )  # fmt: skip


def _link(visit: Visit, form: str, thing: str) -> tuple[str, str]:
    return thing, str(visit.address.to(f"/export/{form}", *KEPT).with_(of=thing))


def _file(visit: Visit, name: str) -> Moved | Response:
    form = MENU.get(name)
    if form is None:
        raise NotFound(f"no form {name!r}", hint=f"one of: {', '.join([*MENU, *MOVED])}")
    thing = visit.address.get("of") or form.things[0]
    if thing not in form.things:
        raise UsageError(f"{name} has no {thing}", hint=f"it has: {', '.join(form.things)}")
    known = visit.asked  # what cannot be meant is refused before any work is begun
    file_name = form.file_name(thing)

    def write(target: BinaryIO, tell: Callable[[int, int], None]) -> None:
        write_export(target, visit.ledger, visit.lexicon, name, thing, tell=tell, **known)

    return _when_ready(visit, form.media, file_name, write)


def _when_ready(visit: Visit, media: str, name: str, write: Write) -> Moved | Response:
    """Send a file if it is soon there; else show how far it is, and lead back here."""
    room = visit.room
    if room is None:
        raise NotFound("a dossier exports nothing")
    key = str(visit.address.with_(at=visit.as_of))
    ready = room.files.pop(key, None)
    if ready is None:
        path = room.aside / f"{len(room.works)}-{visit.as_of}-{name}"

        def job(tell: Tell) -> str:
            with path.open("wb") as target:
                write(target, lambda done, total: tell(f"{done:,} of {total:,} rows written"))
            room.files[key] = path
            return "written"

        work = room.begin(Work(f"Export: {name}", job, key))
        if not work.ended(SOON_SECONDS):
            return Moved(f"/doing/{work.id}")
        if work.state != "done":
            raise UsageError(work.words)
        ready = room.files.pop(key)
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-coverage": coverage_line(visit.coverage).encode("ascii", "replace").decode(),
    }
    return StreamingResponse(_pieces(ready), media_type=media, headers=headers)


def _pieces(path: Path) -> Iterator[bytes]:
    """Give a file piece by piece, and take it away."""
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    finally:
        path.unlink(missing_ok=True)


def _moved(visit: Visit, name: str) -> Response:
    ledger = visit.ledger
    lines: Iterator[str]
    if name == "decisions":
        lines = map(escape_in_json, ledger.export_decisions(as_of=visit.as_of))
    else:
        lines = (json_line(plain(one)) for one in ledger.labels(as_of=visit.as_of))
    body = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    headers = {"content-disposition": f'attachment; filename="{name}.jsonl"'}
    return Response(body, media_type="application/x-ndjson", headers=headers)
