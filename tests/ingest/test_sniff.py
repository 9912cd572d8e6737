import pytest

from chancery.ingest.sniff import sniff


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (b"", ".txt", "empty"),
        (b"\xef\xbb\xbf\r\n ", ".txt", "empty"),
        (b"The envoy met the minister.", ".txt", "text"),
        (b"The envoy met the minister.", "", "text"),
        (b"The envoy met the minister.", ".log", "text"),
        (b"# The envoy\n", ".md", "markdown"),
        (b"---\ntitle: A\n---\n", "", "markdown"),
        (b"\n<!DOCTYPE html><p>", ".txt", "html"),
        (b"<?xml version='1.0'?><html>", "", "html"),
        (b"<p>no more than a piece</p>", ".html", "html"),
        (b'{"text":"a"}\n{"text":"b"}\n', "", "jsonl"),
        (b'{"text":"a"}\n{"text":"b"}\n', ".json", "jsonl"),
        (b'{"text":"a"}', ".json", "json"),
        (b'{\n "text":"a"}', "", "json"),
        (b"not json", ".jsonl", "jsonl"),
        (b'[{"text":"a"}]', ".txt", "json"),
        (b"id,title,text\n", "", "csv"),
        (b'"text";"url"\n', "", "csv"),
        (b"a,b\n", ".csv", "csv"),
        (b"From: a\nTo: b\nSubject: c\n\nbody", "", "eml"),
        (b"From a@b Mon Feb 10 10:00:00 2020\nFrom: a\n", "", "mbox"),
        (b"From Minsk the envoy went to Kyiv at 10:00.\nHe said", "", "text"),
        ("The envoy met".encode("utf-16"), ".txt", "text"),
        ("The envoy met".encode("utf-16-le"), ".txt", "text"),
        ('{"text":"a"}\n'.encode("utf-16"), "", "jsonl"),
        (b"<?xml version='1.0'?><rss>", ".xml", "feed"),
        (b"\x1f\x8b\x08", ".txt", "gzip"),
        (b"PK\x03\x04", ".txt", "archive"),
        (b"%PDF-1.7", ".txt", "document"),
        (b"{\\rtf1", ".txt", "document"),
        (b"\x89PNG\r\n\x1a\n", ".txt", "image"),
        (b"\x00\x00\x00\x00", ".txt", "binary"),
        (bytes(range(256)) * 4, ".txt", "binary"),
        (b"The envoy met the minister, and they spoke of the border.\x00" * 2, ".txt", "text"),
    ],
)
def test_tells_by_content_first(head: bytes, suffix: str, kind: str) -> None:
    assert sniff(head, suffix) == kind
