"""Fifty readers at once, for a minute, while another process reads new reports into the ledger.

    python benchmarks/bench_readers.py LEDGER REPORTS.jsonl [SECONDS]

LEDGER is copied first. The server, the process that reads and this one, which asks, are three
processes on loopback. A page held open in Chromium, where there is one, must not change.
"""

from __future__ import annotations

import http.client
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

CLI = (sys.executable, "-c", "from chancery.cli import main; main()")
READERS = 50
REPORTS = 1_000


class Readers:
    """Fifty threads that page, filter, open evidence and ask for twins."""

    def __init__(self, port: int, happenings: list[str], until: float) -> None:
        self._port = port
        self._happenings = happenings
        self._until = until
        self.took: list[float] = []
        self.answers: Counter[str] = Counter()
        self._lock = threading.Lock()

    def run(self) -> None:
        threads = [threading.Thread(target=self._read, args=(seed,)) for seed in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, seed: int) -> None:
        choose = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while time.monotonic() < self._until:
            path = self._address(choose)
            began = time.monotonic()
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                told = str(answer.status)
            except OSError as error:
                told = type(error).__name__
                connection.close()
            with self._lock:
                self.took.append(time.monotonic() - began)
                self.answers[told] += 1

    def _address(self, choose: random.Random) -> str:
        happening = choose.choice(self._happenings)
        return choose.choice((
            "/chronology", f"/chronology?page={choose.randrange(1, 9)}", "/chronology?who=RUS",
            "/chronology?who=USA,CHN&from=2015", f"/happening/{happening}?part=evidence",
            f"/happening/{happening}", "/chronology.json?who=UKR", "/sources", "/news.json",
        ))  # fmt: skip


def main(ledger: Path, reports: Path, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ledger, Path(folder) / "copy.ledger")
        fresh = Path(folder) / "fresh.jsonl"
        with reports.open() as lines, fresh.open("w") as target:
            for number, line in zip(range(REPORTS), lines, strict=False):
                # Another key and a closing line make each a report of its own.
                target.write(re.sub(r'"text": ?"', f'"text": "Dispatch {number}. ', line, count=1))
        server = subprocess.Popen([*CLI, "serve", "-L", str(copy), "--port", "8600"],
                                  stderr=subprocess.PIPE, text=True)  # fmt: skip
        assert server.stderr is not None
        found = re.search(r":(\d+)/", server.stderr.readline())
        assert found
        port = int(found[1])
        happenings = _happenings(port)
        page = _Held(port)
        writer = subprocess.Popen([*CLI, "read", str(fresh), "-L", str(copy), "--quiet"],
                                  stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
        readers = Readers(port, happenings, time.monotonic() + seconds)
        readers.run()
        took = sorted(readers.took)
        print(f"{len(took):,} answers in {seconds:.0f} s: {dict(readers.answers)}")
        print(f"median {statistics.median(took) * 1000:.0f} ms, "
              f"95 of 100 within {took[int(len(took) * 0.95)] * 1000:.0f} ms")  # fmt: skip
        print(f"the writer is {'still at work' if writer.poll() is None else 'done'}")
        print(f"the open page {page.told()}")
        writer.wait()
        print(f"the writer ended with {writer.returncode}")
        server.terminate()
        server.wait()


def _happenings(port: int) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/chronology")
    return re.findall(r"hap_[0-9a-f]{16}", connection.getresponse().read().decode())


class _Held:
    """A page that is held open in a browser all the while."""

    def __init__(self, port: int) -> None:
        self._page = None
        if not (chromium := shutil.which("chromium")):
            return
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        browser = self._playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        self._page = browser.new_page()
        self._page.goto(f"http://127.0.0.1:{port}/chronology")
        self._before = self._state()

    def _state(self) -> tuple[str, object]:
        assert self._page is not None
        place = self._page.evaluate(
            "[...document.querySelectorAll('main *')].slice(0, 500)"
            ".map(e => e.getBoundingClientRect().top)"
        )
        return self._page.inner_text("main"), place

    def told(self) -> str:
        if self._page is None:
            return "was not looked at: no chromium"
        same = self._state() == self._before
        offered = self._page.is_visible("#news")
        self._playwright.stop()
        return f"{'did not shift' if same else 'SHIFTED'}, news {'offered' if offered else 'none'}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 60.0)
