"""The static dossier: the same pages without a server, for a folder, a stick or an archive.

Pages are made as the server makes them and followed from link to link, until all that the filters
let through is there; addresses become files beside one another. A list is there once, not in every
way that it can be sorted and narrowed: `web/dossier_scope.py` says which addresses a dossier has.
Links that lead elsewhere go to a page that says so. Forms are left out, for nobody answers them;
search goes by a small index. Reports are quoted, not copied: a report's page has the sentences that
rows rest on, with their neighbours, unless whole texts are asked for.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from html import escape, unescape
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.errors import ChanceryError, UsageError
from chancery.ledger import Ledger
from chancery.ledger.cite import find_paragraph, find_sentence
from chancery.lexicon import Lexicon
from chancery.model import Report, Span
from chancery.outputs.desk import Desk
from chancery.outputs.visible import escape_in_json
from chancery.outputs.words import date_words, listed
from chancery.web.address import Address
from chancery.web.dossier_scope import Scope
from chancery.web.marks import Mark, Segment, segments
from chancery.web.page import Moved, NotFound, Page
from chancery.web.pages import page_of
from chancery.web.render import html, templates
from chancery.web.visit import Kept, Visit

MOST_PAGES: Final = 50_000
"""Where a dossier grows beyond this, its filters should be narrowed."""
BEYOND: Final = "beyond.html"
"""The page that links lead to whose page is not in the dossier."""

_LINK: Final = re.compile(r'(?P<name>href|src)="(?P<to>/[^"]*)"')
_FORM: Final = re.compile(r"<form\b.*?</form>", re.DOTALL)
_MODULE: Final = re.compile(r'\s*<script type="module"[^>]*></script>')
"""Modules are not loaded from files; the pages say the same without them."""


class Made(msgspec.Struct, frozen=True):
    """What was written: how many pages, and links that lead beyond the dossier."""

    pages: int
    beyond: int


class Dossier:
    """A dossier on its way: the addresses still to be made, and the files they become."""

    def __init__(
        self, ledger: Ledger, lexicon: Lexicon, where: Path, filters: dict[str, str],
        *, as_of: str | None = None, whole_texts: bool = False, briefs: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._lexicon = lexicon
        self._where = where
        self._filters = filters
        self._snapshot = ledger.snapshot_at(as_of) if as_of else ledger.snapshot
        self._whole_texts = whole_texts
        self._briefs = briefs
        desk = Desk(ledger, lexicon, self._snapshot.id, where)
        self._scope = Scope(desk, filters, whole_texts=whole_texts, briefs=briefs)
        self._names: dict[str, str] = {}
        self._waiting: deque[tuple[Address, str]] = deque()
        self._reports: deque[tuple[Address, str]] = deque()
        """Made last: by then it is known which of their passages links lead to."""
        self._passages: dict[str, set[Span]] = {}
        self._beyond: set[str] = set()
        self._index: list[tuple[str, str, str]] = []

    def write(self, folder: Path, progress: Callable[[int, int], None]) -> Made:
        """Write all pages into a folder; `progress` is told how many are done, and known of."""
        start = self._file_of(self._scope.start)
        for address in self._scope.doors():
            self._file_of(address)
        done = 0
        while waiting := self._waiting or self._reports:
            address, name = waiting.popleft()
            (folder / name).write_bytes(self._make(address))
            done += 1
            progress(done, done + len(self._waiting) + len(self._reports))
            if done > MOST_PAGES:
                raise UsageError(
                    f"the dossier has more than {MOST_PAGES:,} pages",
                    hint="narrow it: --who, --from, --to, --min",
                )
        shutil.copyfile(folder / start, folder / "index.html")
        self._write_index(folder)
        self._write_beyond(folder)
        _copy_static(folder)
        return Made(done, len(self._beyond))

    # One page -------------------------------------------------------------------------------------

    def _make(self, address: Address) -> bytes:
        page: Page | bytes
        visit = self._visit(address)
        try:
            page = self._page(visit)
        except ChanceryError as error:
            facts = {"message": error.message, "hint": error.hint}
            page = Page(template="error.html", title="Not in this dossier", facts=facts)
        if isinstance(page, bytes):
            return page
        laid_out = self._rewrite(html(page, visit), anyway=address.path == "/brief")
        self._remember(address, page)
        return laid_out.encode("utf-8", "backslashreplace")

    def _page(self, visit: Visit) -> Page | bytes:
        names = visit.address.path.strip("/").split("/")
        if names[0] == "report" and not self._scope.whole_texts:
            return self._excerpts(visit, names[1])
        made = page_of(visit)
        if isinstance(made, Moved):
            return self._page(self._visit(_parse(made.to)))
        return made if isinstance(made, Page) else bytes(made.body)

    def _visit(self, address: Address) -> Visit:
        return Visit(
            address, self._ledger, self._lexicon, self._snapshot, where=self._where,
            dossier=Kept(self._scope.words, self._scope.screens()),
        )  # fmt: skip

    def _excerpts(self, visit: Visit, name: str) -> Page:
        """Show the sentences of a report that rows rest on, and their neighbours."""
        report = visit.find(lambda: visit.ledger.report(name, as_of=visit.as_of))
        claims = visit.ledger.claims(report=report.id, as_of=visit.as_of)
        quoted = [(one.words, one.id) for one in claims if self._scope.holds(one.id)]
        quoted += [(one, f"at{one.start}") for one in sorted(self._passages.get(report.id, ()))]
        facts = {
            "about": listed((date_words(report.published), report.source or "no outlet named")),
            "excerpts": list(excerpts(report, quoted)),
        }
        return Page(
            template="excerpts.html", title=report.title or report.id, screen="reports", facts=facts
        )

    # Links ----------------------------------------------------------------------------------------

    def _rewrite(self, text: str, *, anyway: bool = False) -> str:
        """Make addresses files; `anyway` also makes pages that the filters would leave out."""
        relink = partial(self._relink, anyway=anyway)
        return _LINK.sub(relink, _FORM.sub("", _MODULE.sub("", text)))

    def _relink(self, match: re.Match[str], *, anyway: bool) -> str:
        attribute = match["name"]
        to, mark, place = unescape(match["to"]).partition("#")
        if to.startswith("/static/"):
            return f'{attribute}="{to.removeprefix("/")}"'
        name = self._file_of(_parse(to), anyway=anyway)
        if name == BEYOND:
            return f'{attribute}="{BEYOND}" data-beyond'
        if self._scope.whole_texts and place.startswith("at"):
            place = self._paragraph(_parse(to))
        return f'{attribute}="{name}{mark}{escape(place)}"'

    def _paragraph(self, address: Address) -> str:
        """Name the paragraph of a passage: a whole text has no place for each that links ask."""
        report = self._ledger.report(address.path.split("/")[2], as_of=self._snapshot.id)
        passage = read_passage(address.get("mark"))
        return f"p{find_paragraph(report, passage)[0]}" if passage else "text"

    def _file_of(self, address: Address, *, anyway: bool = False) -> str:
        """Return the file that an address becomes, and see to it that it is made."""
        if address.path == "/search":
            return "search.html"
        plain = self._scope.page(address, anyway=anyway)
        if plain is None:
            self._beyond.add(str(address))
            return BEYOND
        of_report = plain.path.startswith("/report/")
        if of_report and (passage := read_passage(address.get("mark"))):
            self._passages.setdefault(plain.path.split("/")[2], set()).add(passage)
        name = self._names.get(str(plain))
        if name is None:
            name = self._names[str(plain)] = _file_name(plain)
            (self._reports if of_report else self._waiting).append((plain, name))
        return name

    # Search ---------------------------------------------------------------------------------------

    def _remember(self, address: Address, page: Page) -> None:
        kind = address.path.strip("/").split("/")[0]
        if kind in ("happening", "report", "brief", "voice", "source"):
            spoken = getattr(page.facts.get("row"), "spoken", page.facts.get("about", ""))
            self._index.append((page.title, self._file_of(address), spoken))

    def _write_index(self, folder: Path) -> None:
        entries = msgspec.json.encode(sorted(self._index)).decode().replace("<", "\\u003c")
        (folder / "words.js").write_text(f"window.DOSSIER = {escape_in_json(entries)};\n", "utf-8")
        visit = self._visit(Address("/search"))
        page = Page(template="dossier_search.html", title="Search this dossier")
        (folder / "search.html").write_text(self._rewrite(html(page, visit)), "utf-8")

    def _write_beyond(self, folder: Path) -> None:
        page = Page(template="dossier_beyond.html", title="Beyond this dossier")
        laid_out = html(page, self._visit(Address("/beyond")))
        (folder / BEYOND).write_text(self._rewrite(laid_out), "utf-8")


def excerpts(report: Report, quoted: list[tuple[Span, str]]) -> Iterator[tuple[int, list[Segment]]]:
    """Give the quoted sentences of a report with their neighbours, each with its paragraph.

    Stretches that touch become one; the quoted words are marked and bear the claim's id.
    """
    marks = [Mark(span, "deed", name=name) for span, name in quoted]
    stretches: list[tuple[int, Span]] = []
    for span, _ in sorted(quoted):
        number, paragraph = find_paragraph(report, span)
        around = _with_neighbours(report.text, span, paragraph)
        if stretches and stretches[-1][1].end >= around.start:
            number, last = stretches.pop()
            around = Span(last.start, max(last.end, around.end))
        stretches.append((number, around))
    for number, around in stretches:
        yield number, list(segments(report.text, around, marks))


def _with_neighbours(text: str, span: Span, paragraph: Span) -> Span:
    sentence = find_sentence(text, span, paragraph)
    start, end = min(sentence.start, span.start), max(sentence.end, span.end)
    if start > paragraph.start:
        before = len(text[paragraph.start : start].rstrip())
        edge = Span(paragraph.start + max(0, before - 1), paragraph.start + before)
        start = min(start, find_sentence(text, edge, paragraph).start)
    rest = text[end : paragraph.end]
    if rest.strip():
        at = end + len(rest) - len(rest.lstrip())
        end = max(end, find_sentence(text, Span(at, at + 1), paragraph).end)
    return Span(start, end)


def read_passage(words: str) -> Span | None:
    """Read the passage that a link marks, `12-34`; none where it marks none."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", words)
    return Span(int(found[1]), int(found[2])) if found else None


def _parse(to: str) -> Address:
    path, _, query = to.partition("?")
    return Address.read(path, query)


def _file_name(address: Address) -> str:
    """Name a file for an address: readable for a plain one, hashed where it has fields."""
    stem = re.sub(r"[^A-Za-z0-9_.-]", "-", address.path.strip("/"))[:80] or "index"
    if not address.fields and stem == address.path.strip("/").replace("/", "-"):
        return f"{stem}{_suffix(address)}"
    digest = hashlib.sha256(str(address).encode()).hexdigest()[:10]
    return f"{stem}--{digest}{_suffix(address)}"


def _suffix(address: Address) -> str:
    """A chart is a picture by the form that it was asked in; all else is a page."""
    form = address.get("form")
    return f".{form}" if address.path.startswith("/chart/") and form.isalnum() else ".html"


def _copy_static(folder: Path) -> None:
    target = folder / "static"
    target.mkdir(exist_ok=True)
    for file in (resources.files("chancery.web") / "static").iterdir():
        if file.name.endswith((".css", ".search.js")):
            (target / file.name).write_bytes(file.read_bytes())


def export_site(
    folder: Path, ledger: Ledger, lexicon: Lexicon, where: Path, *,
    progress: Callable[[int, int], None] = lambda done, known: None, **options: Any,
) -> Made:  # fmt: skip
    """Write a dossier, whole or not at all, into a folder that is not there yet.

    Raises `UsageError` where something is.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already", hint="name a folder that is not")
    templates()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".dossier-") as aside:
        whole = Path(aside) / "dossier"
        whole.mkdir()
        made = Dossier(ledger, lexicon, where, **options).write(whole, progress)
        whole.rename(folder)
    return made


__all__ = ["Dossier", "Made", "NotFound", "excerpts", "export_site"]
