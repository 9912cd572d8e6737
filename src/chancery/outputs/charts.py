"""Charts as files: SVG and PNG of a Vega-Lite spec, drawn by vl-convert (the extra `charts`).

The same spec gives the same bytes. Nothing is fetched: what draws comes out of the wheel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from chancery.errors import MissingExtra, UsageError

VEGA_LITE: Final = "5.20"
"""The version that draws: one of those in the wheel, whatever its newest is."""
SCALE: Final = 2.0
"""Pixels of a PNG for one of the spec's."""
KINDS: Final = (".svg", ".png", ".json")


def svg(spec: dict[str, Any]) -> bytes:
    """Draw a spec as SVG; raises `MissingExtra` where vl-convert is not installed."""
    drawn: str = _drawer().vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn.encode()


def png(spec: dict[str, Any]) -> bytes:
    """Draw a spec as PNG; raises `MissingExtra` where vl-convert is not installed."""
    drawn: bytes = _drawer().vegalite_to_png(
        spec, vl_version=VEGA_LITE, scale=SCALE, allowed_base_urls=[]
    )
    return drawn


def check_kind(path: Path) -> None:
    """Refuse a file that no chart can be written to: `.svg`, `.png` or `.json` (the spec)."""
    if path.suffix.lower() not in KINDS:
        raise UsageError(f"no chart for {path.name!r}", hint=f"a file in {', '.join(KINDS)}")


def write_chart(spec: dict[str, Any], path: Path) -> None:
    """Write a spec to a file: drawn, or as it is, by the file's name."""
    check_kind(path)
    drawers = {".svg": svg, ".png": png, ".json": spec_bytes}
    path.write_bytes(drawers[path.suffix.lower()](spec))


def bundle() -> bytes:
    """Return the script that draws specs in a browser; raises `MissingExtra` without vl-convert.

    Vega's interpreter is in it, so that it runs where a policy forbids to make code of words.
    """
    drawer = _drawer()
    words: str = drawer.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    return words.encode()


def spec_bytes(spec: dict[str, Any]) -> bytes:
    """Return a spec as a JSON file, the same bytes for the same spec."""
    return msgspec.json.format(msgspec.json.encode(spec), indent=1) + b"\n"


def _drawer() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtra("drawing a chart", "charts") from error
    return vl_convert
