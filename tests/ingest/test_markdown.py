import pytest

from chancery.ingest.markdown import plain, split_front_matter

BODY = "The minister met the envoy on Monday, and they agreed to open the border."


def test_front_matter_gives_the_fields(read) -> None:
    front = (
        '---\ntitle: "Envoys: a meeting"\ndate: 2020-02-10T23:30:00+03:00\nlang: en\n'
        "source: The Courier\nlink: https://example.org/1\nid: a1\n---\n"
    )
    (report,), problems = read("a.md", f"{front}\n# Envoys: a meeting\n\n{BODY}\n")
    assert report.title == "Envoys: a meeting"
    assert report.text == f"Envoys: a meeting\n{BODY}"
    assert report.published.edtf() == "2020-02-10"
    assert (report.source, report.url, report.key) == ("The Courier", "https://example.org/1", "a1")
    assert problems == []


def test_toml_front_matter_and_a_mapping(read) -> None:
    front = '+++\nheadline = "Envoys meet"\ndate = 2020-02-10\n+++\n'
    (report,), _ = read("a.md", front + BODY, {"title": "headline"})
    assert (report.title, report.published.edtf()) == ("Envoys meet", "2020-02-10")


def test_broken_front_matter_is_a_problem_and_the_article_is_kept(read) -> None:
    (report,), (problem,) = read("a.md", "+++\nx = = 1\n+++\n" + BODY)
    assert problem.code == "bad-front-matter"
    assert report.text == BODY


def test_the_first_heading_is_the_title(read) -> None:
    (report,), _ = read("a.md", f"# Envoys *meet* #\n\n{BODY}\n\n## Later\n\nThey left.\n")
    assert report.title == "Envoys meet"
    assert report.text == f"Envoys meet\n{BODY}\n\nLater\n\nThey left."


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("The **minister** and __she__", "The minister and she"),
        ("an *odd* and _new_ way", "an odd and new way"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("[the envoy](https://example.org/a_b)", "the envoy"),
        ("[the envoy][1]\n\n[1]: https://example.org", "the envoy\n\n"),
        ("![a picture](x.png)They left.", "They left."),
        ("> said\n> > she", "said\nshe"),
        ("`code` and \\*stars\\*", "code and *stars*"),
        ("Title\n=====\ntext", "Title\n\ntext"),
        ("* one\n* two", "* one\n* two"),
        ("<!-- note -->They left.", "They left."),
    ],
)
def test_markup_goes_and_words_stay(marked: str, words: str) -> None:
    assert plain(marked) == words


def test_a_rule_is_no_front_matter() -> None:
    assert split_front_matter("---\nThey left.") == ("", "---\nThey left.")
