import json

import pytest

from chancery.ingest.jsonl import cut_items, depth_of

BODY = "The minister met the envoy on Monday, and they agreed to open the border."


def test_all_fields(read) -> None:
    record = {
        "id": "a1", "title": "Envoys meet", "text": BODY, "published": "2020-02-10T23:30:00+03:00",
        "publisher": "The Courier", "url": "https://example.org/1", "language": "en-GB",
    }  # fmt: skip
    (report,), problems = read("a.jsonl", json.dumps(record))
    assert report.text == "Envoys meet\n" + BODY
    assert (report.key, report.title, report.source) == ("a1", "Envoys meet", "The Courier")
    assert (report.url, report.language) == ("https://example.org/1", "en")
    assert report.published.edtf() == "2020-02-10"
    assert problems == []


def test_the_text_is_taken_exactly(read) -> None:
    text = "  The minister\r\nmet the envoy. \n"
    (report,), _ = read("a.jsonl", json.dumps({"text": text, "title": " A  title "}))
    assert report.text == " A  title \n" + text


def test_other_names_by_mapping(read) -> None:
    record = {"uid": 7, "headline": "Envoys meet", "body": BODY, "date": "2020-02"}
    mapping = {"id": "uid", "title": "headline", "text": "body", "published": "date"}
    (report,), _ = read("a.jsonl", json.dumps(record), mapping)
    assert (report.key, report.title, report.published.edtf()) == ("7", "Envoys meet", "2020-02")


def test_problems_name_the_line_and_the_rest_is_read(read) -> None:
    lines = [
        json.dumps({"id": "a"}),
        "",
        "no json",
        "[1]",
        json.dumps({"text": 5}),
        json.dumps({"text": " "}),
        json.dumps({"text": BODY, "published": "2020-13-45"}),
        json.dumps({"text": BODY, "title": ["x"], "published": 2020}),
        '{"text":"x","a":' + "[" * 500 + "]" * 500 + "}",
        json.dumps({"text": BODY, "id": "last"}),
    ]
    reports, problems = read("a.jsonl", "\n".join(lines))
    assert [(problem.place, problem.code) for problem in problems] == [
        ("a.jsonl:1", "missing-field"),
        ("a.jsonl:3", "bad-json"),
        ("a.jsonl:4", "bad-json"),
        ("a.jsonl:5", "bad-field"),
        ("a.jsonl:6", "no-text"),
        ("a.jsonl:7", "bad-date"),
        ("a.jsonl:8", "bad-field"),
        ("a.jsonl:9", "deep-json"),
    ]
    assert [report.published.edtf() for report in reports] == ["..", "2020", ".."]
    assert problems[5].report == reports[0].id
    assert all(problem.hint for problem in problems)


def test_a_list_is_read_item_by_item_with_lines(read) -> None:
    text = f'[\n {{"text": "{BODY}"}},\n {{"text": }},\n\n {{"text": "They left."}}\n]\n'
    reports, (problem,) = read("a.json", text)
    assert [report.text for report in reports] == [BODY, "They left."]
    assert (problem.code, problem.place) == ("bad-json", "a.json:3")


def test_one_object_over_several_lines(read) -> None:
    (report,), _ = read("a.json", json.dumps({"text": BODY}, indent=2))
    assert report.text == BODY


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("[]", []),
        ("[1, 2]", ["1", "2"]),
        ('[{"a": "x,]}"}, [1, 2]]', ['{"a": "x,]}"}', "[1, 2]"]),
        (r'["\"]", 2]', [r'"\"]"', "2"]),
        ('[1, {"a": [', ["1", '{"a": [']),
        ('["open', ['"open']),
    ],
)
def test_lists_are_cut_without_decoding(text: str, items: list[str]) -> None:
    assert [item.strip() for _, item in cut_items(text)] == items


def test_depth() -> None:
    assert depth_of('{"a": [[1], "[[["]}') == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(read, encoding: str) -> None:
    text = "Les ministres français étaient très fâchés après l'été à Genève, dit-on à Paris."
    data = (json.dumps({"text": text}, ensure_ascii=False) + "\n").encode(encoding) * 2
    reports, problems = read("a.jsonl", data)
    assert [report.text for report in reports] == [text, text]
    assert [p.code for p in problems if p.code == "encoding"] == ["encoding"] * (
        encoding == "cp1252"
    )
