"""How long a person waits for a page: the server in a process of its own, one who asks.

    python benchmarks/bench_pages.py LEDGER [ASKED]

LEDGER is copied first. Once the server has done what a new snapshot brings (its processor rests),
every kind of page is asked for once, to warm up, and then ASKED times (15), each time another
address that nobody asked for before. `wall` is from the request to the last byte, `processor` what
the server's process used meanwhile, `again` a page that was asked for before; all are medians.
"""

from __future__ import annotations

import gzip
import http.client
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

CLI = (sys.executable, "-c", "from chancery.cli import main; main()")
PORT = 8650
ASKED = 15
SEED = 8
STATES = ("USA", "RUS", "UKR", "CHN", "DEU", "FRA", "GBR", "ISR", "IRN", "TUR", "JPN", "POL", "IND",
          "BLR", "SYR", "EGY", "KOR", "PRK", "ITA", "SAU")  # fmt: skip
KINDS_OF_DEED = ("CONSULT", "ACCUSE", "AGREE", "SANCTION", "meet", "COOPERATE", "REQUEST")
WORDS = ("oil", "visit", "treaty", "border", "election", "embargo", "gas", "troops", "sanctions",
         "summit", "minister", "talks", "missile", "trade", "protest", "aid", "vote")  # fmt: skip
BUDGETS = {"first list": 300, "filtered list": 200, "evidence": 100, "dyad": 500}
"""Milliseconds, for a ledger of 100,000 happenings on a laptop."""
SCRIPTS_KB = 60
AT_REST = 0.05
"""A process that uses less than this part of a second's processor time has nothing to do."""
SECONDS_AT_REST = 6
MOST_SECONDS = 900


class Server:
    """The pages of one ledger, and what they cost."""

    def __init__(self, ledger: Path) -> None:
        self._process = subprocess.Popen([*CLI, "serve", "-L", str(ledger), "--port", str(PORT)],
                                         stderr=subprocess.PIPE, text=True)  # fmt: skip
        assert self._process.stderr is not None
        found = re.search(r":(\d+)/", self._process.stderr.readline())
        assert found, "the server did not begin"
        self._clock = (~self._process.pid << 3) | 2  # the processor clock of another process
        self._connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=600)

    def ask(self, path: str) -> tuple[float, float, str]:
        """Return the milliseconds by the clock and of the processor, and the page."""
        worked, began = time.clock_gettime(self._clock), time.perf_counter()
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        took = time.perf_counter() - began
        while answer.status in (302, 303):  # an address is not known until it is looked up
            return self.ask(answer.headers["location"])
        assert answer.status == 200, f"{answer.status} {path}: {page[:400]}"
        return took * 1000, (time.clock_gettime(self._clock) - worked) * 1000, page

    def rest(self) -> float:
        """Wait until nothing is done in the background; return the seconds that it took."""
        began, quiet = time.monotonic(), 0
        while quiet < SECONDS_AT_REST and time.monotonic() - began < MOST_SECONDS:
            worked = time.clock_gettime(self._clock)
            time.sleep(1)
            quiet = quiet + 1 if time.clock_gettime(self._clock) - worked < AT_REST else 0
        self._connection.close()  # the server has long let go of it
        return time.monotonic() - began - quiet

    def memory(self) -> float:
        """Return the most memory that the process has had, MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(60)


class Addresses:
    """Addresses of each kind, no two the same."""

    def __init__(self, server: Server) -> None:
        self._choose = random.Random(SEED)
        self._server = server
        self._happenings = self._ids("/chronology?page={}", r"/happening/(hap_[0-9a-f]{16})")
        self._reports = self._ids("/reports?page={}", r"/report/(rep_[0-9a-f]{16})")
        self._voices = self._ids("/sources?page={}", r"/voice/([^\"?#]+)", pages=range(1, 3))
        self._asked = sorted(set(re.findall(r"/review/(que_[0-9a-f]+|[a-z]+_[0-9a-f]{16})",
                                            server.ask("/review")[2])))  # fmt: skip

    def _ids(self, address: str, pattern: str, pages: range | None = None) -> list[str]:
        found: set[str] = set()
        for page in pages or sorted(self._choose.sample(range(1, 130), 4)):
            found.update(re.findall(pattern, self._server.ask(address.format(page))[2]))
        some = sorted(found)
        self._choose.shuffle(some)
        return some

    def kinds(self) -> dict[str, Callable[[], str]]:
        """Return the kinds of pages by name, and what gives an address of each."""
        choose, one_of = self._choose, self._choose.choice

        def years() -> str:
            first = choose.randrange(1994, 2015)
            return f"from={first}-{choose.randrange(1, 13):02}&to={first + choose.randrange(3, 12)}"

        def filtered() -> str:
            return (
                f"who={','.join(choose.sample(STATES, 2))}&what={one_of(KINDS_OF_DEED)}&{years()}"
            )

        return {
            "first list": lambda:
                f"/chronology?from={choose.randrange(1800, 1994)}-{choose.randrange(1, 13):02}",
            "another page of the list": lambda: f"/chronology?page={choose.randrange(2, 800)}",
            "filtered list": lambda: f"/chronology?{filtered()}",
            "list in groups of two": lambda: f"/chronology?group=dyad&{years()}",
            "filtered list as JSON": lambda: f"/chronology.json?{filtered()}",
            "evidence": lambda: f"/happening/{self._happenings.pop()}?part=evidence",
            "happening": lambda: f"/happening/{self._happenings.pop()}",
            "dyad": lambda: f"/relations/{'-'.join(choose.sample(STATES, 2))}",
            "triad": lambda: f"/relations/{'-'.join(choose.sample(STATES, 3))}",
            "reports": lambda: f"/reports?page={choose.randrange(2, 150)}",
            "report": lambda: f"/report/{self._reports.pop()}",
            "sources": lambda: f"/sources?page={choose.randrange(2, 60)}",
            "voice": lambda: f"/voice/{self._voices.pop()}",
            "statements": lambda: f"/statements?page={choose.randrange(2, 150)}",
            "forecasts": lambda: f"/forecasts?page={choose.randrange(2, 60)}",
            "review": lambda: f"/review/{self._asked.pop(choose.randrange(len(self._asked)))}",
            "search": lambda: f"/search?q={'+'.join(choose.sample(WORDS, 2))}",
            "brief": lambda: f"/brief?q=why+{self._happenings.pop()}",
        }  # fmt: skip

    def fresh(self, give: Callable[[], str]) -> Iterator[str]:
        """Give addresses that were not given before."""
        given: set[str] = set()
        while True:
            if (path := give()) not in given:
                given.add(path)
                yield path


def main(ledger: Path, asked: int, only: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ledger, Path(folder) / "copy.ledger")
        server = Server(copy)
        try:
            first = server.ask("/chronology")
            print(f"the very first page took {first[0]:,.0f} ms", flush=True)
            print(f"what a new snapshot brings took {server.rest():,.0f} s", flush=True)
            _table(server, asked, only)
            print(f"{server.memory():,.0f} MiB at most")
        finally:
            server.close()
    print(f"JavaScript: {_scripts():.1f} kB gzip (at most {SCRIPTS_KB})")


def _table(server: Server, asked: int, only: list[str]) -> None:
    addresses = Addresses(server)
    server.rest()
    print("| page | wall, ms | processor, ms | slowest, ms | again, ms | budget |")
    print("|---|---|---|---|---|---|")
    for name, give in addresses.kinds().items():
        if only and name not in only:
            continue
        paths = addresses.fresh(give)
        try:
            server.ask(next(paths))
            told = [(path, *server.ask(path)[:2]) for _, path in zip(range(asked), paths,
                                                                      strict=False)]  # fmt: skip
        except IndexError:
            print(f"| {name} | too few of them |", flush=True)
            continue
        wall, processor = ([one[at] for one in told] for at in (1, 2))
        again = [server.ask(path)[0] for path, _, _ in told]
        middle = [statistics.median(some) for some in (wall, processor)]
        cells = [*middle, max(wall), statistics.median(again)]
        budget = BUDGETS.get(name, "")
        print(f"| {name} | {' | '.join(f'{cell:,.0f}' for cell in cells)} | {budget} |", flush=True)


def _scripts() -> float:
    """Return how many kB all scripts have together when they are sent."""
    folder = Path(__file__).parents[1] / "src" / "chancery" / "web" / "static"
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.rglob("*.js")) / 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ASKED, sys.argv[3:])
