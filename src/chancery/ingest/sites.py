"""The tables of web pages: how a page tells about itself, and per site where its parts stand.

`data/page.toml` serves every page; `data/sites/*.toml` overrule it for the sites it errs on. A
selector is written as in CSS, of which it knows `tag`, `.class`, `#id`, `[name]`, `[name=value]`,
and a blank for "inside".
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from chancery.errors import LexiconError, Problem

_STEP = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<tests>(?:[.#][\w-]+|\[[\w:-]+(?:=[^\]'\"]+)?\])*)"
)
_TEST = re.compile(
    r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w:-]+)(?:=(?P<value>[^\]'\"]+))?\]"
)


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the parts of one site's pages stand, as selectors.

    `body` lists the elements that hold the report, in the order to read them; `drop` what is
    taken out of them first. Where `published_attribute` is empty the element's words are the day.
    """

    hosts: tuple[str, ...]
    title: str
    body: tuple[str, ...]
    source: str | None = None
    drop: tuple[str, ...] = ()
    published: str | None = None
    published_attribute: str = ""


class PageTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages in general tell about themselves."""

    published_meta: tuple[str, ...]
    published_elements: tuple[tuple[str, str], ...]
    title_meta: tuple[str, ...]
    source_meta: tuple[str, ...]
    url_meta: tuple[str, ...]
    drop: tuple[str, ...]
    related_headings: frozenset[str]
    blocks: frozenset[str]
    silent: tuple[str, ...]


@cache
def page_table() -> PageTable:
    """Return the table that serves every page."""
    data = files("chancery.ingest").joinpath("data", "page.toml").read_bytes()
    return msgspec.toml.decode(data, type=PageTable)


@cache
def site_tables() -> dict[str, Site]:
    """Return the tables of sites by host; raises `LexiconError` where one is faulty."""
    tables: dict[str, Site] = {}
    folder = files("chancery.ingest").joinpath("data", "sites")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            site = msgspec.toml.decode(file.read_bytes(), type=Site)
        except msgspec.DecodeError as fault:
            raise LexiconError([_bad_table(file.name, str(fault))]) from fault
        tables |= dict.fromkeys(site.hosts, site)
    return tables


def site_of(url: str | None) -> Site | None:
    """Return the table of the site an address belongs to, if there is one."""
    host = host_of(url)
    return site_tables().get(host) or site_tables().get(host.removeprefix("www."))


def host_of(url: str | None) -> str:
    """Return the host of an address in lower case, or nothing where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""


@cache
def xpath_of(selector: str) -> str:
    """Write a selector as XPath, looking anywhere below an element; raises `ValueError`."""
    return "".join(f"//{_step(step)}" for step in selector.split()).replace("//", ".//", 1)


def _step(step: str) -> str:
    match = _STEP.fullmatch(step)
    if not match or not step:
        raise ValueError(f"no selector: {step!r}")
    tests = "".join(_test(test) for test in _TEST.finditer(match["tests"]))
    return f"{match['tag'] or '*'}{tests}"


def _test(test: re.Match[str]) -> str:
    if test["cls"]:
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {test['cls']} ')]"
    if test["id"]:
        return f"[@id='{test['id']}']"
    return f"[@{test['name']}='{test['value']}']" if test["value"] else f"[@{test['name']}]"


def _bad_table(name: str, message: str) -> Problem:
    return Problem(
        stage="ingest",
        code="bad-table",
        message=message,
        place=f"ingest/data/sites/{name}",
        hint="see docs/ingest.md for the fields of a site's table",
    )
