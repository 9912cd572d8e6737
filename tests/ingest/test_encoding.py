import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ingest.encoding import LineDecoder, decode

FRENCH = "Les ministres français étaient très fâchés après l'été à Genève. " * 3
RUSSIAN = "Министр встретился с послом в столице, и они говорили о границе. " * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_without_doubt(encoding: str) -> None:
    text = "The envoy’s café – a plain meeting place, they said."
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert decode(data, "a.txt") == (text, [])


def test_a_declared_charset_is_believed_where_it_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "a.html", "koi8-r") == (RUSSIAN, [])


@pytest.mark.parametrize("declared", ["no-such", "base64", "utf-7\x00", "rot13", "idna", "ascii"])
def test_a_useless_charset_is_passed_over(declared: str) -> None:
    text, problems = decode(FRENCH.encode("cp1252"), "a.html", declared)
    assert text == FRENCH
    assert [problem.code for problem in problems] == ["encoding"]


@pytest.mark.parametrize(("text", "encoding"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251")])
def test_a_guess_is_owned_up_to(text: str, encoding: str) -> None:
    found, (problem,) = decode(text.encode(encoding), "a.txt")
    assert found == text
    assert encoding in problem.message
    assert problem.place == "a.txt"


def test_a_stray_broken_byte_costs_one_character() -> None:
    text, (problem,) = decode(b"The envoy met the minister" * 10 + b"\xff.", "a.txt")
    assert text.endswith("minister\ufffd.")
    assert "1 place" in problem.message


def test_a_file_of_lines_is_guessed_and_told_once() -> None:
    lines = [RUSSIAN.encode("cp1251"), b"plain", RUSSIAN.encode("cp1251")]
    decoder = LineDecoder(b"\n".join(lines))
    answers = [decoder.decode(line, f"a.csv:{number}") for number, line in enumerate(lines)]
    assert [text for text, _ in answers] == [RUSSIAN, "plain", RUSSIAN]
    assert [len(problems) for _, problems in answers] == [1, 0, 0]


@given(st.binary(max_size=300))
def test_any_bytes_give_text(data: bytes) -> None:
    text, _ = decode(data, "a")
    assert isinstance(text, str)
