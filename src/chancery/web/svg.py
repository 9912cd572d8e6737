"""Drawings inside a page: only elements and attributes of a list, and every bar is a link.

What draws the charts may write whatever it likes; a page with a strict policy takes no style, no
script and no address from it. What is not listed here is dropped, and so is a value that is more
than numbers, a colour or a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final
from xml.etree import ElementTree

import msgspec
from markupsafe import Markup

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
WORDED: Final = frozenset({"text", "tspan"})
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
    pieces = [
        f'<svg class="relations-drawing" role="group" aria-label="{escape(words)}"'
        f"{_attribute('viewBox', root.get('viewBox') or '')}>"
    ]
    for child in root:
        pieces += _written(child, link_of, None, "0")
    # Only what the lists above let through, and words that were escaped.
    return Markup("".join([*pieces, "</svg>"]))


def _written(
    one: ElementTree.Element, link_of: LinkOf, panel: int | None, height: str
) -> list[str]:  # fmt: skip
    tag = one.tag.rpartition("}")[2]
    kind = one.get("class") or ""
    if tag not in ELEMENTS or one.get("display") == "none" or kind == "background":
        return []
    if place := PANEL.search(kind):
        panel = int(place[1])
    height = _height(one) or height
    inside: list[str] = []
    for child in one:
        inside += _written(child, link_of, panel, height)
    if tag == "g" and not inside:
        return []
    if tag in WORDED:
        inside.insert(0, escape(one.text or ""))
    names = "".join(_attribute(name, value) for name, value in one.attrib.items())
    drawn = [f"<{tag}{names}>", *inside, f"</{tag}>"]
    link = None
    if one.get("aria-roledescription") == BAR and panel is not None:
        day = DAY.match(one.get("aria-label") or "")
        link = link_of(panel, day[0]) if day else None
    return _linked(one, drawn, link, height) if link else drawn


def _attribute(name: str, value: str) -> str:
    """Write an attribute that is on the list and has a value that can do nothing."""
    if name in ATTRIBUTES and VALUE.fullmatch(value) and not UNSAFE.search(value):
        return f' {name}="{value}"'
    return ""


def _height(one: ElementTree.Element) -> str:
    """Return how high a panel is: its ground says so."""
    if one.tag.endswith("g") and len(one) and one[0].get("class") == "background":
        found = HEIGHT.match(one[0].get("d") or "")
        return found[1] if found and float(found[1]) else ""
    return ""


def _linked(
    one: ElementTree.Element, drawn: list[str], link: BarLink, height: str
) -> list[str]:  # fmt: skip
    """Make a bar a link as high as its panel, so that the smallest can be hit as well."""
    place = SPAN.match(one.get("d") or "")
    ground = (
        f'<rect class="relations-hit" x="{place[1]}" y="0" width="{place[2]}" height="{height}" '
        'fill="none"></rect>'
        if place
        else ""
    )
    start = (
        f'<a class="relations-bar" href="{escape(link.href)}" data-bar="{escape(link.name)}" '
        f'aria-label="{escape(link.words)}">'
    )
    return [start, ground, *drawn, "</a>"]
