"""A web page → one report, without its menus, hover notes and boxes of other articles.

For a site with a table (`sites.py`) the table says where title, body and day stand. For any other
page trafilatura finds the body, and the page's own metadata (then htmldate, then the address)
give title, day and outlet. This module is the only door to lxml, trafilatura and htmldate; they
are the extra `html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import msgspec

from chancery.errors import MissingExtra, Problem
from chancery.ingest.days import EARLIEST_YEAR, LATEST_YEAR, BadDay, parse_published
from chancery.ingest.draft import Draft, finish, problem
from chancery.ingest.encoding import decode
from chancery.ingest.limits import MAX_ATTRIBUTES, MAX_TAGS
from chancery.ingest.sites import Site, page_table, site_of, xpath_of
from chancery.model import Report, When

if TYPE_CHECKING:
    from lxml.etree import XPath
    from lxml.html import HtmlElement

EXTRA: Final = ("lxml", "trafilatura", "htmldate")

LONG_TAG: Final = 1_000
"""Characters of a tag from which its attributes are counted."""

MOST_PLACED: Final = 0.9
"""The share of trafilatura's words that the page's own paragraphs must hold to order them."""

FEWEST_LEAD_WORDS: Final = 6

_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_DAY_IN_ADDRESS = re.compile(
    r"/(20\d\d|19\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNDECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_html(data: bytes, place: str) -> Iterator[Report | Problem]:
    """Read one web page; without the extra `html` it is a problem, and nothing is read."""
    declared = _CHARSET.search(data[:4096])
    text, problems = decode(data, place, declared[1].decode("ascii") if declared else None)
    if fault := check_page(text, place):
        yield fault
        return
    try:
        draft = draft_of_page(text, place)
    except MissingExtra as missing:
        yield problem("missing-extra", missing.message, place, missing.hint)
        return
    if isinstance(draft, Problem):
        yield draft
        return
    yield from finish(msgspec.structs.replace(draft, problems=(*problems, *draft.problems)))


def check_page(text: str, place: str) -> Problem | None:
    """Say what makes a page too large to be parsed in bounded time and memory, if anything."""
    count = text.count("<")
    if count > MAX_TAGS:
        message = f"a page of {count:,} tags; at most {MAX_TAGS:,} are read"
    elif any(_attribute_count(tag[0]) > MAX_ATTRIBUTES for tag in _TAG.finditer(text)):
        message = f"a tag of more than {MAX_ATTRIBUTES} attributes"
    else:
        return None
    return problem("html-bomb", f"{message}; left out", place, "save the article alone as text")


def _attribute_count(tag: str) -> int:
    """Count the attributes of a tag that is long enough to hold many."""
    return len(_QUOTED.sub("", tag).split()) - 1 if len(tag) > LONG_TAG else 0


def draft_of_page(text: str, place: str) -> Draft | Problem:
    """Draft a report from a page's text; raises `MissingExtra` without the extra `html`."""
    page, cut_off = _parse(text)
    if page is None:
        return problem("no-text", "a web page without any content", place, "left out")
    meta = _meta(page)
    url = _address(page, meta)
    site = site_of(url)
    outlet = site.source if site else None
    outlet = outlet or next(_named(meta, page_table().source_meta), None)
    when, given = _published(page, site, url, meta)
    title = _title(page, site, meta)
    paragraphs = _site_paragraphs(page, site) if site else []
    if not paragraphs:
        paragraphs = _general_paragraphs(page, title)
    body = "\n\n".join(paragraphs)
    faults: tuple[Problem, ...] = ()
    if cut_off:
        faults = (
            problem(
                "html-bomb",
                "tags nested too deeply; what lies deeper was not read",
                place,
                "kept as far as it could be read; save the article alone as text",
            ),
        )
    return Draft(
        place=place, title=title, body=body, given=given, when=when, source=outlet, url=url,
        language=_language(page), problems=faults,
    )  # fmt: skip


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    """Parse a page; also say whether the parser cut off what was nested too deeply."""
    if any(find_spec(name) is None for name in EXTRA):
        raise MissingExtra("reading web pages", "html")
    from lxml import etree, html

    parser = html.HTMLParser(
        huge_tree=False, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    source = _UNDECLARED.sub("", text).replace("\x00", "\ufffd")
    try:
        page = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None, False
    _clean(page)
    cut_off = any("depth" in entry.message.lower() for entry in parser.error_log)
    return page, cut_off


def _clean(page: HtmlElement) -> None:
    """Replace characters that XML cannot hold: with one such, lxml refuses to move a text."""
    for element in page.iter():
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub("\ufffd", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub("\ufffd", element.tail)


# What a page says of itself ----------------------------------------------------------------------


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return what the page's meta elements say, by name in lower case; the first counts."""
    found: dict[str, str] = {}
    for element in page.iterfind(".//meta"):
        for attribute in ("property", "name", "itemprop"):
            name, content = element.get(attribute), (element.get("content") or "").strip()
            if name and content:
                found.setdefault(name.lower(), content)
    return found


def _named(meta: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    """Yield what is said under these names, in their order."""
    return (meta[name.lower()] for name in names if name.lower() in meta)


def _address(page: HtmlElement, meta: dict[str, str]) -> str | None:
    """Return the page's own full address, where it states one."""
    links = page.xpath("//link[@rel='canonical']/@href")
    stated = [*links, *_named(meta, page_table().url_meta), *page.xpath("//base/@href")]
    return next((str(url).strip() for url in stated if url and "://" in str(url)), None)


def _title(page: HtmlElement, site: Site | None, meta: dict[str, str]) -> str:
    """Return the headline: the site's own place for it, else metadata, `h1` or `title`."""
    for selector in ([site.title] if site else []) + ["article h1[itemprop=headline]"]:
        for element in page.xpath(xpath_of(selector)):
            if words := _words(element):
                return words
    first_heads = [_words(element) for element in page.xpath("//h1")]
    heads = [words for words in first_heads if words]
    stated = " ".join(next(_named(meta, page_table().title_meta), "").split())
    if len(heads) == 1 and (not stated or heads[0] in stated or stated in heads[0]):
        return heads[0]
    return stated or (heads[0] if heads else "") or _words_of_all(page.xpath("//title")[:1])


def _language(page: HtmlElement) -> str | None:
    declared = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")
    return str(declared) if declared else None


def _published(
    page: HtmlElement, site: Site | None, url: str | None, meta: dict[str, str]
) -> tuple[When | None, str | None]:
    """Return when the page was published: as worked out here, or the words that state it.

    The first place that states a day the calendar has counts; if none does, the first words stand
    for the problem they are.
    """
    said = list(_stated_days(page, site, meta))
    for words in said:
        try:
            return parse_published(words), None
        except BadDay:
            continue
    return _inferred(page, url), said[0] if said else None


def _stated_days(page: HtmlElement, site: Site | None, meta: dict[str, str]) -> Iterator[str]:
    """Yield the words of every place where the page states its day, the surest first."""
    table = page_table()
    own = [(site.published, site.published_attribute)] if site and site.published else []
    for selector, attribute in own:
        for element in page.xpath(xpath_of(selector)):
            if words := _attribute_or_words(element, attribute):
                yield words
    yield from _named(meta, table.published_meta)
    yield from _linked_data(page, "datePublished")
    for selector, attribute in table.published_elements:
        for element in page.xpath(xpath_of(selector)):
            if words := _attribute_or_words(element, attribute):
                yield words


def _linked_data(page: HtmlElement, name: str) -> Iterator[str]:
    """Yield a property's words from the page's linked data (JSON-LD)."""
    wanted = re.compile(rf'"{name}"\s*:\s*"([^"\\]{{4,100}})"')
    for script in page.xpath("//script[@type='application/ld+json']"):
        for match in wanted.finditer(script.text or ""):
            yield match[1]


def _inferred(page: HtmlElement, url: str | None) -> When | None:
    """Infer the day from the address, else let htmldate look for it; never from the clock."""
    from htmldate import find_date

    match = _DAY_IN_ADDRESS.search(url or "")
    words = "-".join(match.groups()) if match else None
    words = words or find_date(
        deepcopy(page),
        extensive_search=False,
        original_date=True,
        min_date=f"{EARLIEST_YEAR}-01-01",
        max_date=f"{LATEST_YEAR}-12-31",  # else it is the clock's today
    )
    if not words:
        return None
    try:
        return msgspec.structs.replace(parse_published(words), basis="inferred")
    except BadDay:
        return None


def _attribute_or_words(element: HtmlElement, attribute: str) -> str:
    return str(element.get(attribute) or "").strip() if attribute else _words(element)


# The report in it --------------------------------------------------------------------------------


def _site_paragraphs(page: HtmlElement, site: Site) -> list[str]:
    parts = [element for selector in site.body for element in page.xpath(xpath_of(selector))]
    for part in parts:
        _drop(part, (*site.drop, *page_table().silent))
    return [words for part in parts for words in paragraphs_of(part)]


def _general_paragraphs(page: HtmlElement, title: str) -> list[str]:
    """Let trafilatura choose the paragraphs, after taking out what is never the report.

    It may move or lose the lead, so the page itself gives their order, and the sentences that
    stand between the headline and the first chosen paragraph are kept as well.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _drop(page, page_table().drop)
    _drop_related(page)
    there = paragraphs_of(page)
    found = bare_extraction(
        page, fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    if not isinstance(found, Document) or found.body is None or not there:
        return []
    chosen = [words for words in paragraphs_of(found.body) if words != title]
    return _in_page_order(chosen, there, title)


def _in_page_order(chosen: list[str], there: list[str], title: str) -> list[str]:
    """Put the chosen paragraphs in the order in which they stand on the page."""
    wanted = set(chosen)
    head = there.index(title) if title in there else -1
    placed = [place for place in range(head + 1, len(there)) if there[place] in wanted]
    length = sum(len(there[place]) for place in placed)
    if length < MOST_PLACED * sum(map(len, chosen)):
        return chosen  # cut otherwise than the page's own elements cut it, or told above the title
    lead = range(head + 1, placed[0]) if head >= 0 and placed else ()
    return [there[place] for place in lead if _is_sentence(there[place])] + [
        there[place] for place in placed
    ]


def _is_sentence(words: str) -> bool:
    return words.count(" ") >= FEWEST_LEAD_WORDS and words.rstrip("”’\"')")[-1:] in (".", "!", "?")


def _drop(part: HtmlElement, selectors: tuple[str, ...]) -> None:
    """Take elements out of a tree, keeping the words that follow them."""
    for element in _finder(selectors)(part):
        if element.getparent() is not None:
            element.drop_tree()


@cache
def _finder(selectors: tuple[str, ...]) -> XPath:
    """Compile selectors into one search for all the elements that any of them names."""
    from lxml import etree

    return etree.XPath("|".join(xpath_of(selector) for selector in selectors))


def _drop_related(page: HtmlElement) -> None:
    """Take out boxes headed "See also" and the like: the heading's parent, if it is no body."""
    for heading in page.xpath("//h2|//h3|//h4|//h5|//h6|//strong|//b"):
        if _words(heading).rstrip(":").casefold() not in page_table().related_headings:
            continue
        box = heading.getparent()
        if box is None or box.tag in ("body", "article", "main", "html"):
            continue
        if len(_words(box)) <= 0.3 * len(_words(page)):
            box.drop_tree()


def paragraphs_of(part: HtmlElement) -> list[str]:
    """Return the paragraphs of an element in reading order, blanks joined, empty ones left out."""
    blocks = page_table().blocks
    paragraphs: list[str] = []
    words: list[str] = []

    def close() -> None:
        if joined := " ".join("".join(words).split()):
            paragraphs.append(joined)
        words.clear()

    for event, element in _walk(part):
        tag = element.tag
        if event == "tail":
            if tag in blocks:
                close()
            words.append(element.tail or "")
        elif tag in blocks:
            close()
            words.append(element.text or "")
        else:
            words.append("\n" if tag in ("br", "lb") else element.text or "")
    close()
    return paragraphs


def _walk(part: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield each element on entering it, and again before the words that follow it."""
    from lxml import etree

    for event, element in etree.iterwalk(part, events=("start", "end")):
        if event == "start":
            yield "start", element
        elif element is not part:
            yield "tail", element


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _words_of_all(elements: list[HtmlElement]) -> str:
    return " ".join(_words(element) for element in elements)
