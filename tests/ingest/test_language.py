import pytest

from chancery.ingest.language import told_language

ENGLISH = "The minister met the envoy on Monday, and they agreed to open the border in the spring."
RUSSIAN = (
    "Министр иностранных дел встретился с послом в столице, и они договорились открыть границу "
    "весной, сообщила пресс-служба правительства в понедельник."
)
GERMAN = (
    "Der Außenminister traf den Gesandten am Montag in der Hauptstadt, und sie vereinbarten, die "
    "Grenze im Frühjahr zu öffnen, wie die Regierung mitteilte."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("They met in the capital.", "en"),
        ("Envoys meet", "und"),
        ("12 345", "und"),
        ("", "und"),
        (RUSSIAN, "ru"),
        (GERMAN, "de"),
        ("Minister trifft Gesandten", "und"),
    ],
)
def test_tells_the_language(text: str, language: str) -> None:
    assert told_language(text, None, "a") == (language, [])


@pytest.mark.parametrize("stated", ["en-GB", "EN", "eng", " en_US "])
def test_what_is_stated_counts(stated: str) -> None:
    assert told_language("Envoys meet", stated, "a") == ("en", [])


@pytest.mark.parametrize("stated", ["", "und", "unknown", "!!", "en" * 40])
def test_what_states_nothing_is_passed_over(stated: str) -> None:
    assert told_language(ENGLISH, stated, "a") == ("en", [])


def test_the_words_win_and_the_difference_is_told() -> None:
    language, (problem,) = told_language(RUSSIAN, "en", "a.jsonl:3")
    assert language == "ru"
    assert (problem.code, problem.place) == ("language-differs", "a.jsonl:3")
    assert "English" in problem.message


def test_a_report_in_another_language_is_kept_with_a_problem(read) -> None:
    (report,), (problem,) = read("a.txt", RUSSIAN)
    assert (report.language, report.text) == ("ru", RUSSIAN)
    assert (problem.code, problem.report) == ("language", report.id)
    assert "Russian: kept, searchable, not read" in problem.message
