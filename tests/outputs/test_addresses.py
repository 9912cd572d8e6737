"""Addresses from outside are web addresses or nothing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.outputs.addresses import urn, web_address


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        (" HTTP://News.Example/A ", "http://news.example/A"),
        ("https://news.example:8080/", "https://news.example:8080/"),
        ("https://news.example/a b\"'<>", "https://news.example/a%20b%22%27%3C%3E"),
        ("https://news.example/100%/%41", "https://news.example/100%25/%41"),
        ("https://news.example/é", "https://news.example/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:pass@news.example/", "https://news.example/"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("//news.example/", None),
        ("https:///path", None),
        ("https://a b/", None),
        ("https://[", None),
        ("https://news.example:port/", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(given_: str | None, written: str | None) -> None:
    assert web_address(given_) == written


@given(rest=st.text())
def test_whatever_follows_the_host_is_harmless(rest: str) -> None:
    address = web_address(f"https://news.example/{rest}")
    if address is not None:
        assert urlsplit(address).scheme == "https"
        assert urlsplit(address).hostname == "news.example"
        assert re.fullmatch(r"[A-Za-z0-9%/:?#@!$&*+,;=._~-]+", address)
        assert web_address(address) == address


@given(url=st.text())
def test_only_the_web(url: str) -> None:
    address = web_address(url)
    assert address is None or address.startswith(("http://", "https://"))


def test_names() -> None:
    assert urn("hap_4f2a") == "urn:chancery:hap_4f2a"
    assert urn("fct_1", "outcome") == "urn:chancery:fct_1:outcome"
    assert urn('a"<b> c') == "urn:chancery:a%22%3Cb%3E%20c"
