"""Hostile report text, names, query strings and forms: nothing runs, nothing leaks, nothing fails.

Every answer is parsed as a browser would, and may hold no script, handler or address that is not
ours; and some are opened in a browser that tells when a script of theirs runs.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader
from chancery.web.app import make_app
from chancery.web.pages import PAGES
from chancery.web.room import Room

SCRIPTS = (
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    '"><svg onload=window.owned=1>',
    "'><iframe srcdoc='<script>parent.owned=1</script>'>",
    "</textarea></title></style><script>window.owned=1</script>",
    '<a href="javascript:window.owned=1">x</a>',
    "javascript:window.owned=1",
    "data:text/html,<script>opener.owned=1</script>",
    "{{ 7*7 }}{% for x in ().__class__.__bases__ %}{% endfor %}",
    "<!--<img src=--><img src=x onerror=window.owned=1>//-->",
    "<math><mtext><style><img src=x onerror=window.owned=1></style>",
    "\u202e<script>\u2066window.owned=1</script>",
    "&lt;script&gt;window.owned=1&lt;/script&gt;",
    "<scr\x00ipt>window.owned=1</scr\x00ipt>",
    "<form action=//evil.example><button>go</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
)
OTHERS = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "\x00\x01\x1b[31m",
    "' OR 1=1; DROP TABLE reports; --",
    "\"; COPY (SELECT 1) TO '/tmp/x'; --",
    "$who",
    "read_csv('/etc/passwd')",
    "=cmd|' /C calc'!A0",
    "😀" * 3,
    "A" * 1_900,
    "١٢٣",
    "９９９９９９９９９",
    "1e309",
    "-1",
    "nan",
    "0000-00-00",
    "9999-12-31",
    "99999999999999999999",
    "hap_" + "0" * 16,
    "hap_%",
    "clm_'",
    "snp_",
    ",,,,",
    "BLR,",
    "\r\nset-cookie: a=b",
    "//evil.example/",
    "/\\evil.example",
    "%c0%ae%c0%ae/",
)
FIELDS = (
    "who",
    "what",
    "from",
    "to",
    "voice",
    "min",
    "asof",
    "at",
    "sel",
    "page",
    "q",
    "kind",
    "first",
)


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    """Give addresses: each hostile text in fields of pages, in turn, and in paths."""
    pages = [name for name, screen in PAGES.items() if name and 0 in screen.names]
    turn = itertools.cycle(itertools.product(pages, FIELDS))
    for text in (*SCRIPTS, *OTHERS):
        for _ in range(5):
            page, field = next(turn)
            yield f"/{page}", {field: text}
    named = [name for name, screen in PAGES.items() if 1 in screen.names]
    for text, name in zip((*SCRIPTS, *OTHERS), itertools.cycle(named), strict=False):
        yield f"/{name}/{text}", {}
        yield f"/{name}/{text}.json", {}
        yield f"/static/{text}", {}


CASES = list(cases())


class Strict(HTMLParser):
    """Reads a page as a browser would, and keeps what should not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            value = (value or "").strip()
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"<{tag} {name}>")
            if name in ("src", "action", "formaction") and not value.startswith(("/", "data:")):
                self.faults.append(f"<{tag} {name}={value[:60]}>")
            if name == "href" and not value.startswith(
                ("/", "#", "?", "http://", "https://", "data:,")
            ):
                self.faults.append(f"<{tag} href={value[:60]}>")
        if tag in ("base", "iframe", "object", "embed", "math", "style"):
            self.faults.append(f"<{tag}>")
        if tag == "script" and not dict(attributes).get("src"):
            self.faults.append("<script> of its own")


def check(answer: Any) -> None:
    assert answer.status_code < 500, answer.text[:300]
    assert "root:x:0" not in answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        strict = Strict()
        strict.feed(answer.text)
        assert not strict.faults


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize("part", range(8))
def test_no_address_fails_or_runs(pages: TestClient, part: int) -> None:
    for path, query in CASES[part::8]:
        try:
            answer = pages.get(path, params=query, follow_redirects=False)
        except (httpx2.InvalidURL, UnicodeEncodeError):
            continue  # the client itself cannot send it
        check(answer)
        place = answer.headers.get("location", "/")
        assert place.startswith("/") and not place.startswith(("//", "/\\"))  # noqa: PT018


@pytest.mark.parametrize("part", range(4))
def test_no_form_fails_or_writes(client: TestClient, room: Room, part: int) -> None:
    before = len(room.ledger.decisions())
    for text in (*SCRIPTS, *OTHERS)[part::4]:
        for action in ("/decide", "/undo", "/preview", "/nowhere"):
            form = {"csrf": room.csrf, "about": text, "verdict": text, "decision": text,
                    "reason": text, "back": text}  # fmt: skip
            answer = client.post(action, data=form, follow_redirects=False)
            check(answer)
            assert answer.status_code >= 400
    room.ledger.refresh()
    assert len(room.ledger.decisions()) == before


@pytest.fixture(scope="module")
def hostile_room(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> Iterator[Room]:  # fmt: skip
    """Serve reports whose text, title, outlet, address and file name are all hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, script in enumerate(SCRIPTS):
        name = f"{number}-{script[:40].replace('/', '_').replace(chr(0), '')}.txt"
        (folder / name).write_text(
            f"{script}\n\nRussia expelled two diplomats of Poland on 3 March 2021, a {script} "
            f"official said. “Poland will answer by {script} May 2021,” said {script}.\n",
            "utf-8",
        )
    rows = [
        {"id": script, "title": script, "source": script, "url": script, "published": "2021-03-05",
         "text": f"Belarus recalled its ambassador from Lithuania on Tuesday. {script} said so."}
        for script in SCRIPTS
    ]  # fmt: skip
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    path = folder / "hostile.ledger"
    with Ledger.open(path, lexicon) as ledger:
        run([folder], ledger, Reader.load(lexicon=lexicon))
    room = Room(path, lexicon)
    yield room
    room.close()


def hostile_addresses(room: Room) -> Iterator[str]:
    for name, screen in PAGES.items():
        if name and 0 in screen.names:
            yield f"/{name}"
    for report in room.ledger.reports():
        yield f"/report/{report.id}"
    for happening in room.ledger.happenings():
        yield f"/happening/{happening.id}"
        yield f"/chronology?sel={happening.id}"


def test_hostile_reports_show_harmlessly(hostile_room: Room) -> None:
    client = TestClient(make_app(hostile_room), base_url="http://127.0.0.1")
    shown = 0
    for address in hostile_addresses(hostile_room):
        answer = client.get(address)
        check(answer)
        assert "<script>window" not in answer.text
        shown += 1
    assert shown > 60


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_hostile_reports_are_harmless_in_twins(hostile_room: Room, form: str) -> None:
    client = TestClient(make_app(hostile_room), base_url="http://127.0.0.1")
    for page in ("chronology", "reports", "statements", "sources"):
        answer = client.get(f"/{page}.{form}")
        check(answer)
        if form == "csv":
            cells = answer.text.replace('"', "").split(",")
            assert not any(cell.startswith(("=", "@", "\t")) for cell in cells)
        if form == "md":
            assert "<script>" not in answer.text


def test_no_script_of_theirs_runs(
    hostile_room: Room, open_page: Callable[..., Any], serve_room: Callable[[Room], str]
) -> None:
    origin = serve_room(hostile_room)
    page = open_page(origin)
    for address in list(hostile_addresses(hostile_room))[::9]:
        page.goto(origin + address)
        assert page.evaluate("window.owned") is None
        assert page.url.startswith(origin)


def test_no_file_beyond_the_static_ones_is_given(pages: TestClient, shared_room: Room) -> None:
    control = Path(shared_room.path) / "control.sqlite"
    assert control.exists()
    for path in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        f"/static/{control}",
        "/static//etc/passwd",
    ):
        assert pages.get(f"/static/{path}").status_code in (400, 404)


def test_the_json_side_holds(pages: TestClient) -> None:
    described = schemathesis.openapi.from_dict(pages.get("/openapi.json").json())
    found = [result.ok() for result in described.get_all_operations()]
    assert len(found) >= 15
    for operation in found:
        _try(operation, pages)


def _try(operation: Any, pages: TestClient) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(case: Any) -> None:
        try:
            answer = pages.get(
                case.formatted_path, params=dict(case.query or {}), follow_redirects=False
            )
        except (httpx2.InvalidURL, UnicodeEncodeError):
            return
        assert answer.status_code < 500
        if answer.status_code == 200:
            assert answer.headers["content-type"].startswith("application/json")
            answer.json()

    holds()
