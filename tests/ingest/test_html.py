import importlib.util
import sys
import time

import pytest

pytest.importorskip("lxml")
pytest.importorskip("trafilatura")

from chancery.ingest import html, limits

LEAD = "The foreign minister of one state met the envoy of the other in the capital on Monday."
SECOND = "They agreed that the border would be opened in March, and that talks on gas would go on."
THIRD = "Two former officials said that nothing had been settled, and that the talks might fail."

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Envoys meet in the capital | The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="og:title" content="Envoys meet in the capital">
<link rel="canonical" href="https://example.org/news/envoys.html">
<meta property="article:modified_time" content="2020-02-14T08:00:00+03:00">
<meta property="article:published_time" content="2020-02-10T23:30:00+03:00">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Envoys meet in the capital</h1>
<p class="lead">{LEAD}</p><p class="date">Last updated at 14 February 2020</p>
<p>{SECOND.replace("border", 'border<span class="tooltip hidden">a line between states</span>')}</p>
<div class="box"><h3>See also</h3><ul><li><a href="x">Sanctions on 1 May 2019 explained</a></li>
</ul></div>
<p>{THIRD}</p></article>
<aside><p>Most read: the weather of the coming week, and what it means for the harvest.</p></aside>
<footer><p>&copy; 2020 The Courier. All rights reserved.</p></footer></body></html>"""


def test_a_page_without_a_site_table(read) -> None:
    (report,), problems = read("a.html", PAGE)
    assert report.title == "Envoys meet in the capital"
    updated = "Last updated at 14 February 2020"
    body = report.text.removeprefix(report.title + "\n").split("\n\n")
    assert [words for words in body if words != updated] == [LEAD, SECOND, THIRD]
    asides = [(aside.kind, aside.span.of(report.text)) for aside in report.asides]
    assert asides == [("date", updated)] * (updated in body)
    assert report.published.edtf() == "2020-02-10"
    assert report.published.basis == "stated"
    assert (report.source, report.language) == ("The Courier", "en")
    assert report.url == "https://example.org/news/envoys.html"
    assert problems == []


def page(head: str = "", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}<p>{LEAD}</p><p>{SECOND}</p></body></html>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta itemprop="datePublished" content="2020-02-10">', ""),
        ('<meta name="dc.date" content="10 February 2020">', ""),
        ("", '<time itemprop="datePublished" datetime="2020-02-10T23:30-05:00">x</time>'),
        (
            '<script type="application/ld+json">{"dateModified": "2020-02-14", '
            '"datePublished": "2020-02-10T23:30:00+03:00"}</script>',
            "",
        ),
        ('<meta property="article:published_time" content="soon">'
         '<meta name="date" content="2020-02-10">', ""),
    ],
)  # fmt: skip
def test_the_page_states_its_day(read, head: str, body: str) -> None:
    (report,), problems = read("a.html", page(head, body))
    assert (report.published.edtf(), report.published.basis) == ("2020-02-10", "stated")
    assert problems == []


def test_a_day_in_the_address_is_inferred(read) -> None:
    head = '<meta property="og:url" content="https://example.org/2020/02/10/envoys">'
    (report,), _ = read("a.html", page(head))
    assert (report.published.edtf(), report.published.basis) == ("2020-02-10", "inferred")


def test_a_page_without_a_day_stays_without(read) -> None:
    (report,), _ = read("a.html", page(body="<footer>(c) 2019 The Courier</footer>"))
    assert (report.published.edtf(), report.published.basis) == ("..", "unknown")


def test_a_bad_day_is_a_problem(read) -> None:
    head = '<meta property="article:published_time" content="2020-13-45">'
    (report,), (problem,) = read("a.html", page(head))
    assert not report.published.known
    assert (problem.code, problem.report) == ("bad-date", report.id)


def test_paragraphs_join_inline_marks_and_split_at_blocks() -> None:
    from lxml.html import fromstring

    part = fromstring(
        "<div>One <b>bold</b> and 20<sup>th</sup>.<p>Two<br>lines.</p>tail<ul><li>a</li><li>b</li>"
        "</ul><!-- note --><p> </p></div>"
    )
    found = html.paragraphs_of(part)
    assert found == ["One bold and 20th.", "Two lines.", "tail", "a", "b"]


def test_the_charset_of_the_page_is_believed(read) -> None:
    text = page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
    russian = "Министр иностранных дел встретился с послом в столице, и они говорили о границе."
    data = text.replace(LEAD, russian).encode("cp1251")
    (report,), problems = read("a.html", data)
    assert russian in report.text
    assert "encoding" not in [problem.code for problem in problems]


def test_without_the_extra_a_page_is_a_problem(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert importlib.util.find_spec("lxml") is None
    reports, (problem,) = read("a.html", PAGE)
    assert reports == []
    assert problem.code == "missing-extra"
    assert "chancery[html]" in problem.hint


@pytest.mark.parametrize(
    "bomb",
    [
        "<p>x" * (limits.MAX_TAGS + 1),
        "<p " + " ".join(f"a{n}=1" for n in range(limits.MAX_ATTRIBUTES * 2)) + ">x</p>",
        "<b>" * (limits.MAX_TAGS + 1),
    ],
    ids=["tags", "attributes", "depth"],
)
def test_bombs_are_refused_quickly(read, bomb: str) -> None:
    began = time.monotonic()
    reports, (problem,) = read("a.html", f"<html><body>{bomb}<p>{LEAD}</p></body></html>")
    assert reports == []
    assert problem.code == "html-bomb"
    assert time.monotonic() - began < 5


def test_what_is_nested_too_deeply_is_told(read) -> None:
    deep = "<div>" * 3000 + "far down" + "</div>" * 3000
    (report,), (problem,) = read("a.html", f"<html><body><p>{LEAD}</p>{deep}</body></html>")
    assert LEAD in report.text
    assert (problem.code, problem.report) == ("html-bomb", report.id)


@pytest.mark.parametrize(
    "text", ["<html></html>", "<html><body><script>x()</script>", "<!doctype html>"]
)
def test_a_page_without_words_is_a_problem(read, text: str) -> None:
    reports, problems = read("a.html", text)
    assert reports == []
    assert [problem.code for problem in problems] == ["no-text"]


def test_control_characters_written_as_references(read) -> None:
    (report,), _ = read("a.html", page(body=f"<p>&#1;{THIRD}<b class=hidden>x</b>&#0;&#x1b;</p>"))
    assert THIRD in report.text
    assert "\x01" not in report.text
