"""The sample reports as a ledger, a client for its pages, a running server and a browser."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader
from chancery.samples import sample_folder
from chancery.web.app import make_app
from chancery.web.room import Room

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
"""A browser that calls nobody at its start, as root or not."""
ORIGIN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def read_samples(
    tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon
) -> Path:  # fmt: skip
    """Return a ledger of the sample reports; to be copied, not written to."""
    path = tmp_path_factory.mktemp("samples") / "samples.ledger"
    with Ledger.open(path, lexicon) as ledger:
        run([sample_folder()], ledger, Reader.load(lexicon=lexicon))
    return path


@pytest.fixture(scope="session")
def shared_room(read_samples: Path, lexicon: Lexicon) -> Iterator[Room]:
    """Serve the samples to tests that settle nothing."""
    room = Room(read_samples, lexicon)
    yield room
    room.close()


@pytest.fixture(scope="session")
def pages(shared_room: Room) -> TestClient:
    """Ask for pages of the samples."""
    return TestClient(make_app(shared_room), base_url=ORIGIN)


@pytest.fixture
def room(read_samples: Path, lexicon: Lexicon, tmp_path: Path) -> Iterator[Room]:
    """Serve a copy of the samples to a test that settles something."""
    copy = shutil.copytree(read_samples, tmp_path / "samples.ledger")
    room = Room(copy, lexicon)
    yield room
    room.close()


@pytest.fixture
def client(room: Room) -> TestClient:
    """Ask for pages of one's own copy, and settle things in it."""
    return TestClient(make_app(room), base_url=ORIGIN, headers={"origin": ORIGIN})


@contextmanager
def serving(room: Room) -> Iterator[str]:
    """Serve a room on a free port for as long as is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(make_app(room), host="127.0.0.1", port=port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def served_samples(shared_room: Room) -> Iterator[str]:
    """Give the address of the samples, served."""
    with serving(shared_room) as address:
        yield address


@pytest.fixture
def served(room: Room) -> Iterator[str]:
    """Give the address of one's own copy of the samples, served."""
    with serving(room) as address:
        yield address


@pytest.fixture
def serve_room() -> Iterator[Callable[[Room], str]]:
    """Serve any room until the test ends, and give its address."""
    with ExitStack() as stack:
        yield lambda room: stack.enter_context(serving(room))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Debian's chromium; tests that need it are left out where there is none."""
    if not CHROMIUM:
        pytest.skip("no chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open pages, each watched: a foreign request, a script error or a policy's breach fails."""
    contexts, faults = [], []

    def opened(address: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        origin = "/".join(address.split("/")[:3])

        def asked(request: Any) -> None:
            if not request.url.startswith((origin, "data:", "blob:")):
                faults.append(f"asked elsewhere: {request.url}")

        def said(message: Any) -> None:
            if "Content Security Policy" in message.text:
                faults.append(message.text)

        page.on("request", asked)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", said)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
