"""Mail → reports: one message (eml) or many (mbox).

The subject is the title, the sender's name the source, the message's id the key; the day is that
of the sender's own clock and offset. A message gives its plain text, or else its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO, Final

import msgspec

from chancery.errors import MissingExtra, Problem
from chancery.ingest.draft import Draft, finish, problem
from chancery.ingest.encoding import decode
from chancery.ingest.html import check_page, draft_of_page
from chancery.ingest.limits import MAX_HEADER_BYTES, MAX_MAIL_PARTS, MAX_REPORT_BYTES
from chancery.ingest.lines import read_lines
from chancery.ingest.text import normalise_newlines
from chancery.model import Report

_PARTS: Final = re.compile(
    rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE
)
_HEADERS = re.compile(
    rb"^(?:content-[\w-]+|from|subject|date|message-id|archived-at):[^\n]*+(?:\n[ \t][^\n]*+)*+",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mbox(stream: BinaryIO, name: str) -> Iterator[Report | Problem]:
    """Read a mailbox, a message at a time; problems name the line a message starts on."""
    start, size, message = 1, 0, bytearray()
    blank = True
    for number, line in read_lines(stream):
        if blank and line is not None and line.startswith(b"From "):
            yield from _read_boxed(message, size, f"{name}:{start}")
            start, size, message = number, 0, bytearray()
        else:
            size += MAX_REPORT_BYTES + 1 if line is None else len(line)
            if line is not None and size <= MAX_REPORT_BYTES:
                message += line
        blank = line is not None and not line.strip()
    yield from _read_boxed(message, size, f"{name}:{start}")


def _read_boxed(message: bytearray, size: int, place: str) -> Iterator[Report | Problem]:
    if size > MAX_REPORT_BYTES:
        yield problem(
            "too-large",
            f"a message of more than {MAX_REPORT_BYTES:,} bytes; left out",
            place,
            "take off its attachments, or save its text",
        )
    elif message.strip():
        yield from read_mail(_QUOTED_FROM.sub(rb"\1", bytes(message)), place)


def read_mail(data: bytes, place: str) -> Iterator[Report | Problem]:
    """Read one message."""
    if any(len(header[0]) > MAX_HEADER_BYTES for header in _HEADERS.finditer(data)):
        fault = f"a header of more than {MAX_HEADER_BYTES:,} bytes; left out"
        yield problem("bad-mail", fault, place, "is this a message? save its text")
        return
    if len(_PARTS.findall(data)) > MAX_MAIL_PARTS:
        yield problem(
            "deep-mail",
            f"more than {MAX_MAIL_PARTS} parts that hold parts; left out",
            place,
            "save the messages inside it one by one",
        )
        return
    message = message_from_bytes(data)
    body = _body(message, place)
    if isinstance(body, Problem):
        yield body
        return
    name, address = parseaddr(_header(message, "from") or "")
    yield from finish(
        msgspec.structs.replace(
            body,
            title=" ".join((_header(message, "subject") or body.title).split()),
            given=_header(message, "date") or body.given,
            source=name or address or body.source,
            url=_header(message, "archived-at") or body.url,
            language=_header(message, "content-language") or body.language,
            key=_header(message, "message-id"),
        )
    )


def _body(message: Message, place: str) -> Draft | Problem:
    """Return the first plain text of a message, or else its first page."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    parts = [part for part in parts if part.get_content_disposition() != "attachment"]
    for wanted in ("plain", "html"):
        for part in parts:
            if part.get_content_subtype() != wanted:
                continue
            text, problems = decode(_payload(part), place, part.get_content_charset())
            if text.strip():
                return _draft_of_part(text, wanted, place, tuple(problems))
    return problem("no-text", "a message without any text; left out", place, "nothing to read")


def _draft_of_part(
    text: str, subtype: str, place: str, problems: tuple[Problem, ...]
) -> Draft | Problem:
    if subtype == "plain":
        return Draft(place=place, body=normalise_newlines(text).strip("\n"), problems=problems)
    if fault := check_page(text, place):
        return fault
    try:
        draft = draft_of_page(text, place)
    except MissingExtra as missing:
        return problem("missing-extra", missing.message, place, missing.hint)
    return draft


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: Message, name: str) -> str | None:
    """Return a header's words, decoded as far as they can be."""
    value = message.get(name)
    if value is None:
        return None
    raw = str(value)
    try:
        pieces = decode_header(raw)
        words = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in pieces
        )
    except (HeaderParseError, MessageError, LookupError, ValueError):
        words = raw
    return " ".join(words.split())
