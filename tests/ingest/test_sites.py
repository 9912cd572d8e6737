import pytest

from chancery.ingest.sites import page_table, site_of, site_tables, xpath_of

PAGE = """<html><head><meta property="og:url" content="http://en.kremlin.ru/events/1">
<meta property="og:site_name" content="President of Russia"></head><body>
<h1>Menu</h1><h1 class="entry-title p-name">Talks held</h1>
<div class="read__lead p-summary"><p>Two presidents held talks in the capital.</p></div>
<time class="read__published" datetime="2020-02-07">February 7, 2020</time>
<div class="e-content read__internal_content"><div class="slider masha-ignore">Caption.</div>
<p>They spoke of <a>trade<span class="read__tooltip hidden">A note on trade</span></a> and gas.</p>
<p><b>The host:</b> Welcome.</p><div class="read__bottommeta">Tags</div></div>
<p>Last updated at <time datetime="2020-02-08">February 8, 2020</time></p></body></html>"""


@pytest.mark.parametrize(
    ("selector", "xpath"),
    [
        ("h1", ".//h1"),
        ("[hidden]", ".//*[@hidden]"),
        ("time[itemprop=datePublished]", ".//time[@itemprop='datePublished']"),
        ("#a p", ".//*[@id='a']//p"),
        (".a", ".//*[contains(concat(' ', normalize-space(@class), ' '), ' a ')]"),
    ],
)
def test_selectors(selector: str, xpath: str) -> None:
    assert xpath_of(selector) == xpath


@pytest.mark.parametrize("selector", ["p > a", "p:first-child", "p[a='b']", "P,"])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="no selector"):
        xpath_of(selector)


def test_every_selector_of_the_tables_can_be_used() -> None:
    table = page_table()
    selectors = [
        *table.drop,
        *table.silent,
        *(selector for selector, _ in table.published_elements),
    ]
    for site in site_tables().values():
        selectors += [site.title, *site.body, *site.drop, site.published or "time"]
    for selector in selectors:
        assert xpath_of(selector)


@pytest.mark.parametrize("url", [None, "", "x", "http://[", "https://example.org/"])
def test_most_addresses_have_no_table(url: str | None) -> None:
    assert site_of(url) is None


def test_a_sites_table_overrules(read) -> None:
    pytest.importorskip("lxml")
    (report,), problems = read("a.html", PAGE)
    assert report.text == (
        "Talks held\nTwo presidents held talks in the capital.\n\n"
        "They spoke of trade and gas.\n\nThe host: Welcome."
    )
    assert report.published.edtf() == "2020-02-07"
    assert report.source == "President of Russia (en.kremlin.ru)"
    assert problems == []
