import pytest

BODY = "The minister met the envoy, and they agreed."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_become_reports(read, delimiter: str) -> None:
    rows = [
        ["id", "title", "text", "published"],
        ["1", "Envoys meet", f'"{BODY}\nThey ""left""."', "2020-02-10"],
    ]
    table = "\n".join(delimiter.join(row) for row in rows)
    (report,), problems = read("a.csv", table)
    assert report.text == f'Envoys meet\n{BODY}\nThey "left".'
    assert (report.key, report.published.edtf()) == ("1", "2020-02-10")
    assert problems == []


def test_other_names_by_mapping(read) -> None:
    (report,), _ = read("a.csv", "article,day\nThey left.,2020-02-10\n", {"text": "article"})
    assert report.text == "They left."


def test_problems_name_the_line_a_row_starts_on(read) -> None:
    table = (
        "id,text,published\n"
        '1,"The envoy\nleft.",2020-13-45\n'
        "2,=HYPERLINK(1),2020-02-10\n"
        "3,a,b,c\n"
        "4\n"
        "5,They left.,2020-02-10\n"
    )
    reports, problems = read("a.csv", table)
    assert [report.key for report in reports] == ["1", "2", "5"]
    assert [(problem.place, problem.code) for problem in problems] == [
        ("a.csv:2", "bad-date"),
        ("a.csv:4", "formula-cell"),
        ("a.csv:5", "bad-row"),
        ("a.csv:6", "missing-field"),
    ]
    assert reports[1].text == "=HYPERLINK(1)"


def test_prose_that_begins_with_a_dash_is_no_formula(read) -> None:
    _, problems = read("a.csv", "id,text\n1,- We shall see (she said).\n2,+3 degrees\n")
    assert problems == []


def test_without_a_column_of_text_nothing_is_read(read) -> None:
    reports, (problem,) = read("a.csv", "a,b\n1,2\n")
    assert reports == []
    assert "'a', 'b'" in problem.message
    assert problem.place == "a.csv:1"


def test_a_quotation_mark_left_open_takes_the_rest_as_its_cell(read) -> None:
    reports, _ = read("a.csv", 'id,text\n1,"They left.\n2,b\n')
    assert [report.text for report in reports] == ["They left.\n2,b\n"]
