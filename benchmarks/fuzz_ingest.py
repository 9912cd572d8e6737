"""Feeds ingest with damaged inputs of every format and checks that it keeps its promises.

    python benchmarks/fuzz_ingest.py --count 1000000
    python benchmarks/fuzz_ingest.py --start 250000 --count 50000 --seed 7

Input number n of a seed is always the same, so a run can go on where one stopped, and an input
that failed can be made again: `--start n --count 1`. Exits with 1 where any input failed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from chancery.errors import Problem
from chancery.ingest.files import read_stream
from chancery.model import Report

TEXT = """Envoys meet in the capital to end the dispute

GENEVA, Feb. 10, 2020 (Reuters) - The foreign minister of one state met the envoy of the other on
Monday, and they agreed that the border would be opened in March.

“We shall see,” she said. — AFP

By Anna Kovalenko and Peter Marsh
(Reporting by Anna Kovalenko; Editing by Peter Marsh)
Last updated: 11 February 2020
Related Content
Sanctions explained
"""

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Envoys meet</title>
<meta property="og:site_name" content="The Courier"><meta property="og:url"
 content="https://example.org/2020/02/10/envoys.html">
<meta property="article:published_time" content="2020-02-10T23:30:00+03:00">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-02-10"}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Envoys meet</h1>
<p class="lead">The foreign minister of one state met the envoy of the other on Monday.</p>
<p>They agreed that the <a href="x">border<span class="tooltip hidden">a line</span></a> would be
opened in March, and that talks would go on in the spring.</p>
<div class="related"><h3>See also</h3><ul><li>Sanctions explained</li></ul></div>
<table><tr><td>one</td><td>two</td></tr></table><p>“We shall see,” she said.<br>Later she left.</p>
</article><footer>&copy; 2020</footer></body></html>"""

KREMLIN = """<html lang="en"><head><meta property="og:url" content="http://en.kremlin.ru/x/1">
</head><body><h1 class="entry-title">Talks held</h1><div class="read__lead"><p>Two presidents held
talks.</p></div><time class="read__published" datetime="2020-02-07">February 7, 2020</time>
<div class="read__internal_content"><p>They spoke of <a>trade<span class="read__tooltip">note</span>
</a> and gas.</p><div class="read__bottommeta">tags</div></div></body></html>"""

JSONL = """
{"id":"a1","title":"Envoys meet","text":"The minister met the envoy.","published":"2020-02-10"}
{"id":"a2","publisher":"The Courier","url":"https://example.org/1","language":"en","text":"They"}
{"id":"a3","text":"They left \\u00e9 the talks.","published":"2020-13-45","x":[{"y":[1]}]}
"""

JSON = '[{"id":1,"text":"The minister met the envoy."},\n {"text":"They left."}, 3, {"text":null}]'

CSV = """id,title,text,published,publisher,url,language
1,Envoys meet,"The minister, she said, met ""the"" envoy.
They talked.",2020-02-10,The Courier,https://example.org/1,en
2,=1+1,@SUM(A1),10/02/2020,,,
"""

EML = """From: =?utf-8?q?The_Couri=C3=A9r?= <desk@example.org>
To: reader@example.org
Subject: Envoys meet
Date: Mon, 10 Feb 2020 23:30:00 +0300
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The minister met the envoy =E2=80=93 and left.
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+VGhlIG1pbmlzdGVyIG1ldCB0aGUgZW52b3kuPC9wPg==
--b--
"""

MBOX = "From desk@example.org Mon Feb 10 23:30:00 2020\n" + EML.replace("\n--b", "\n\n--b") + "\n"

MARKDOWN = """---
title: "Envoys meet"
date: 2020-02-10
lang: en
---
# Envoys meet

The **minister** met the [envoy](https://example.org), and _they_ agreed.

> `We shall see`, she said.

* one
![picture](x.png)
"""

TOML_MARKDOWN = '+++\ntitle = "Envoys"\ndate = 2020-02-10\n+++\n\nThe minister met the envoy.\n'

SEEDS: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "b.txt": TEXT.encode("utf-16"),
    "c.txt": TEXT.encode("cp1252"),
    "a.html": HTML.encode(),
    "b.html": KREMLIN.encode(),
    "a.jsonl": JSONL.encode(),
    "a.json": JSON.encode(),
    "a.csv": CSV.encode(),
    "a.eml": EML.encode(),
    "a.mbox": (MBOX * 2).encode(),
    "a.md": MARKDOWN.encode(),
    "b.md": TOML_MARKDOWN.encode(),
    "a.txt.gz": gzip.compress(TEXT.encode(), mtime=0),
    "-": TEXT.encode(),
}

TOKENS = [
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n", b"\r", b"\x1b[31m", b"\xed\xa0\x80",
    b"\\ud800", b"\\u0000", b"2020-13-45", b"0000-00-00", b"9999-12-31", b"Feb 30, 2020",
    b"29 February 2019", b"<", b">", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE html>", b"<p>",
    b"</p>", b"<script>", b"<table>", b"&#0;", b"&#x110000;", b"&amp", b'"', b"''", b"{", b"}",
    b"[[[[[[", b"]", b",", b":", b"=?utf-8?b?", b"=?x?q?a?=", b"=?utf-8?q?=FF?=", b"\nFrom ",
    b"\n\n", b"--b", b"Content-Type: ", b"charset=utf-7", b"charset=\x00", b"charset=base64",
    b"boundary=", b"---\n", b"+++\n", b"```\n", b"**", b"__", b"[](", b"=1+1", b"1e999",
    b"1" * 400, b"null", b"true", b"\xf0\x9f\x87\xa7", b"\xd0\x9c\xd0\xb8\xd0\xbd\xd1\x81\xd0\xba",
    b"\xe2\x80\xa8", b"\xc2\x85", b"\x1f\x8b", b"PK\x03\x04", b"Date: ", b"By ", b"(Reuters)",
    b"http://[", b"https://example.org:99999/", b"xml:lang=", b" lang='\xff'", b"class=hidden",
]  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Damage some bytes in one to eight places."""
    for _ in range(chance.choice((1, 1, 2, 2, 4, 8))):
        data = chance.choice(MUTATIONS)(data, chance)[:LONGEST]
    return data


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 3, 40)) + data[place:]


def delete(data: bytes, chance: random.Random) -> bytes:
    start, end = part(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = part(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 20)) + data[end:]


def move(data: bytes, chance: random.Random) -> bytes:
    start, end = part(data, chance)
    rest = data[:start] + data[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + data[start:end] + rest[place:]


def splice(data: bytes, chance: random.Random) -> bytes:
    other = SEEDS[chance.choice(NAMES)]
    start, end = part(other, chance)
    place = chance.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def part(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Choose a short stretch of some bytes."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 5, 20, 100)))


LONGEST = 6_000
NAMES = sorted(SEEDS)
MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip, flip, insert, insert, delete, repeat, move, splice, cut,
)  # fmt: skip


def input_number(number: int, seed: int) -> tuple[str, bytes]:
    """Make the name and the bytes of one input; the same number and seed give the same input."""
    chance = random.Random(f"{seed}:{number}")
    name = NAMES[number % len(NAMES)]
    data = mutate(SEEDS[name], chance)
    if chance.random() < 0.05:
        name = chance.choice(NAMES)
    return name, gzip.compress(data, mtime=0) if chance.random() < 0.02 else data


def read(name: str, data: bytes) -> Iterator[Report | Problem]:
    """Read one input as ingest reads a file of that name."""
    return read_stream(io.BytesIO(data), name, {})


def check(item: Report | Problem) -> None:
    """Raise `AssertionError` where an item breaks a promise."""
    msgspec.json.encode(item)
    if isinstance(item, Problem):
        assert item.stage == "ingest"
        assert all((item.code, item.message, item.place, item.hint))
        return
    assert item.text.startswith(item.title + "\n") if item.title else True
    assert item.published.basis in ("stated", "inferred", "unknown")
    assert item.published.known == (item.published.basis != "unknown")
    previous = 0
    for aside in item.asides:
        assert previous <= aside.span.start < aside.span.end <= len(item.text)
        previous = aside.span.end
    assert item.id == Report.make_id(
        text=item.text,
        title=item.title,
        published=item.published,
        source=item.source,
        url=item.url,
        key=item.key,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("error")
    met: Counter[str] = Counter()
    failed = 0
    began = time.monotonic()
    for number in range(arguments.start, arguments.start + arguments.count):
        name, data = input_number(number, arguments.seed)
        started = time.monotonic()
        try:
            for item in read(name, data):
                check(item)
                met["report" if isinstance(item, Report) else item.code] += 1
        except Exception:  # noqa: BLE001 -- any exception at all is what this looks for
            failed += 1
            print(f"input {number} of seed {arguments.seed} ({name}):", flush=True)
            traceback.print_exc(limit=-6)
        if time.monotonic() - started > SLOW_SECONDS:
            print(f"input {number} ({name}) took {time.monotonic() - started:.1f} s", flush=True)
        if (number + 1) % PROGRESS_EVERY == 0:
            rate = (number + 1 - arguments.start) / (time.monotonic() - began)
            print(f"{number + 1:,} inputs, {failed} failed, {rate:,.0f} a second", flush=True)
    print(f"{arguments.count:,} inputs, {failed} failed, {time.monotonic() - began:,.0f} s")
    print(", ".join(f"{code} {count:,}" for code, count in met.most_common()))
    return 1 if failed else 0


SLOW_SECONDS = 5.0
PROGRESS_EVERY = 10_000

if __name__ == "__main__":
    raise SystemExit(main())
