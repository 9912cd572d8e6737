"""Runs the pages on this computer until they are stopped."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

import uvicorn

from chancery.errors import UsageError
from chancery.web.app import make_app
from chancery.web.room import Room

PORT: Final = 8471
PORTS_TRIED: Final = 20
HOST: Final = "127.0.0.1"
LEAST_TOKEN: Final = 16
SWITCH_SECONDS: Final = 0.0005
"""So long at most a page waits for a thread that calculates, each time the ledger has answered."""


def check_token(host: str, token: str | None) -> None:
    """Refuse to open a ledger to other computers without a token that is hard to guess.

    Raises `UsageError`, with a fresh token as its hint.
    """
    if is_own(host):
        return
    if not token:
        raise UsageError(
            f"{host} is open to other computers, so a token is needed",
            hint=f"--token {secrets.token_urlsafe(24)} (a fresh one), or the variable "
            "CHANCERY_TOKEN",
        )
    if len(token) < LEAST_TOKEN:
        raise UsageError(f"the token has fewer than {LEAST_TOKEN} characters")


def is_own(host: str) -> bool:
    """Say whether only this computer can reach a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def find_port(host: str, wanted: int) -> int:
    """Return the port, or the next one that is free; raises `UsageError` where none is near."""
    for port in range(wanted, wanted + PORTS_TRIED):
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                return port
        except OSError as error:
            last = error
    raise UsageError(
        f"no port is free from {wanted} on {host}: {last}", hint="--port 9000 begins elsewhere"
    )


def address_of(host: str, port: int, token: str | None = None) -> str:
    """Write the address that a browser opens."""
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{port}/{f'?token={token}' if token else ''}"


def serve(room: Room, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve a room until Ctrl-C; `ready` is called once the pages can be opened."""
    config = uvicorn.Config(
        make_app(room), host=host, port=port, log_level="warning", access_log=False, ws="none",
        server_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    room.ahead.begin()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        Telling(config).run()
    finally:
        room.close()
