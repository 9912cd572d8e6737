"""Drawings inside a page: only elements and attributes of a list, and every bar is a link.

What draws the charts may write whatever it likes; a page with a strict policy takes no style, no
script and no address from it. What is not listed here is dropped, and so is a value that is more
than numbers, a colour or a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree import ElementTree

import msgspec
from markupsafe import Markup, escape

ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan"})
ATTRIBUTES: Final = frozenset({
    "viewBox", "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "r", "cx", "cy",
    "width", "height", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity",
    "stroke-dasharray", "stroke-miterlimit", "stroke-linecap", "opacity", "text-anchor",
    "font-size", "font-weight",
})  # fmt: skip
VALUE: Final = re.compile(r"[-\w#.,%+ ()]*")
UNSAFE: Final = re.compile(r"url|script|expression", re.IGNORECASE)
PANEL: Final = re.compile(r"concat_([01])_group")
BAR: Final = "bar"
HEIGHT: Final = re.compile(r"M0,0h[\d.]+v([\d.]+)h")
SPAN: Final = re.compile(r"M([-\d.]+),[-\d.]+h([-\d.]+)v")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class BarLink(msgspec.Struct, frozen=True, kw_only=True):
    """Where a bar leads, what is said of it, and what the page calls it."""

    href: str
    words: str
    name: str


LinkOf = Callable[[int, str], BarLink | None]
"""Gives the link of a bar by its panel (0 there, 1 back) and the first day of its step."""


def for_page(drawn: bytes, words: str, link_of: LinkOf) -> Markup:
    """Return a drawing as a part of a page, named by `words`, with its bars linked."""
    root = ElementTree.fromstring(drawn)
    size = root.get("viewBox") or ""
    inside = Markup("").join(_written(child, link_of, None, "0") for child in root)
    return Markup(
        '<svg class="relations-drawing" role="group" aria-label="{}" viewBox="{}">{}</svg>'
    ).format(words, size, inside)


def _written(one: ElementTree.Element, link_of: LinkOf, panel: int | None, height: str) -> Markup:
    tag = one.tag.rpartition("}")[2]
    if tag not in ELEMENTS or one.get("display") == "none":
        return Markup("")
    if place := PANEL.search(one.get("class") or ""):
        panel = int(place[1])
    if one.get("class") == "background":
        return Markup("")
    height = _height(one) or height
    inside = Markup("").join(_written(child, link_of, panel, height) for child in one)
    if tag == "g" and not inside:
        return Markup("")
    text = escape(one.text or "") if tag in ("text", "tspan") else Markup("")
    names = Markup("").join(_attributes(one))
    drawn = Markup("<{0}{1}>{2}{3}</{0}>").format(Markup(tag), names, text, inside)
    link = None
    if one.get("aria-roledescription") == BAR and panel is not None:
        day = DAY.match(one.get("aria-label") or "")
        link = link_of(panel, day[0]) if day else None
    return _linked(one, drawn, link, height) if link else drawn


def _attributes(one: ElementTree.Element) -> Iterator[Markup]:
    for name, value in one.attrib.items():
        if name in ATTRIBUTES and VALUE.fullmatch(value) and not UNSAFE.search(value):
            yield Markup(' {}="{}"').format(Markup(name), value)


def _height(one: ElementTree.Element) -> str:
    """Return how high a panel is: its ground says so."""
    ground = next((child for child in one if child.get("class") == "background"), None)
    found = HEIGHT.match(ground.get("d") or "") if ground is not None else None
    return found[1] if found and float(found[1]) else ""


def _linked(one: ElementTree.Element, drawn: Markup, link: BarLink, height: str) -> Markup:
    """Make a bar a link as high as its panel, so that the smallest can be hit as well."""
    place = SPAN.match(one.get("d") or "")
    ground = Markup("")
    if place:
        ground = Markup(
            '<rect class="relations-hit" x="{}" y="0" width="{}" height="{}" fill="none"></rect>'
        ).format(place[1], place[2], height)
    return Markup(
        '<a class="relations-bar" href="{}" data-bar="{}" aria-label="{}">{}{}</a>'
    ).format(link.href, link.name, link.words, ground, drawn)
