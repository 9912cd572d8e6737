import pytest

from chancery.ingest import mail

HEAD = (
    "From: =?utf-8?q?The_Couri=C3=A9r?= <desk@example.org>\nTo: x@example.org\n"
    "Subject: Envoys\n meet\nDate: Mon, 10 Feb 2020 23:30:00 +0300\nMessage-ID: <1@example.org>\n"
)
BODY = "The minister met the envoy on Monday, and they agreed to open the border.\n"


def test_a_message_is_a_report(read) -> None:
    (report,), problems = read("a.eml", f"{HEAD}\n{BODY}")
    assert report.text == "Envoys meet\n" + BODY.strip()
    assert (report.source, report.key) == ("The Couriér", "<1@example.org>")
    assert report.published.edtf() == "2020-02-10"
    assert problems == []


def test_plain_text_goes_before_a_page_and_attachments_are_left_out(read) -> None:
    parts = (
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nNotes.\n"
        "--b\nContent-Type: text/html\n\n<p>The page.</p>\n"
        "--b\nContent-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n\nThe caf=E9 talks went on.\n--b--\n"
    )
    (report,), _ = read("a.eml", HEAD + parts)
    assert report.text == "Envoys meet\nThe café talks went on."


def test_a_message_that_is_a_page(read) -> None:
    page = "<html><body><p>" + BODY.strip() + "</p></body></html>\n"
    (report,), _ = read("a.eml", f"{HEAD}Content-Type: text/html\n\n{page}")
    assert report.text == "Envoys meet\n" + BODY.strip()


def test_a_mailbox_holds_many(read) -> None:
    boxed = f"From desk@example.org Mon Feb 10 23:30:00 2020\n{HEAD}\n>From here on.\n{BODY}\n"
    bad = "From desk@example.org Mon Feb 10 23:30:00 2020\nFrom: a\n\n\n"
    reports, (problem,) = read("a.mbox", boxed + bad + boxed)
    assert [report.text.split("\n")[1] for report in reports] == ["From here on."] * 2
    assert problem.code == "no-text"
    assert problem.place == f"a.mbox:{boxed.count(chr(10)) + 1}"


def test_mail_nested_without_end(read) -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(2000))
    reports, (problem,) = read("a.eml", HEAD + deep)
    assert reports == []
    assert problem.code == "deep-mail"


def test_a_message_that_is_too_long(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_REPORT_BYTES", 500)
    boxed = f"From desk@example.org Mon Feb 10 23:30:00 2020\n{HEAD}\n{BODY}\n"
    long = boxed + "x" * 80 + "\n" + "They left.\n" * 50 + "\n"
    reports, (problem,) = read("a.mbox", boxed + long + boxed)
    assert len(reports) == 2
    assert problem.code == "too-large"


@pytest.mark.parametrize("date", ["Mon, 45 Feb 2020 23:30:00 +0300", "yesterday"])
def test_a_bad_date_is_a_problem(read, date: str) -> None:
    text = f"From: a\nTo: b\nSubject: One two three\nDate: {date}\n\n{BODY}"
    (report,), (problem,) = read("a.eml", text)
    assert not report.published.known
    assert (problem.code, problem.report) == ("bad-date", report.id)
