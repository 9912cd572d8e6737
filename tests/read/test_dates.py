from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import Span, Standing, TimeExpression, When
from chancery.read.dates import find_times, when_of
from chancery.read.sentences import split_sentences
from chancery.read.whens import bounded_by_standing

TUESDAY = date(2023, 8, 15)
DECEMBER = date(2021, 12, 20)
UNDATED = When()


def stated(day: date) -> When:
    return When(first=day, last=day, basis="stated")


def times_in(text: str, published: When) -> list[TimeExpression]:
    return find_times(text, split_sentences(text), published)


def deed_in(text: str, trigger: str, published: When) -> When:
    sentences = split_sentences(text)
    start = text.index(trigger)
    span = Span(start, start + len(trigger))
    sentence = next(item for item in sentences if item.span.covers(span))
    return when_of(span, sentence, text, find_times(text, sentences, published), published)


@pytest.mark.parametrize(
    ("text", "words", "value", "edtf"),
    [
        ("It opened on 3 May 2019.", "3 May 2019", "2019-05-03", "2019-05-03"),
        ("It opened on May 3rd, 2019.", "May 3rd, 2019", "2019-05-03", "2019-05-03"),
        ("It opened on 2019-05-03.", "2019-05-03", "2019-05-03", "2019-05-03"),
        ("It opened on 25/12/2019.", "25/12/2019", "2019-12-25", "2019-12-25"),
        ("It opened on 3/4/2019.", "3/4/2019", "2019-XX-XX", "2019-03-04/2019-04-03"),
        ("It opened in March 2016.", "March 2016", "2016-03", "2016-03"),
        ("It opened in 2006.", "2006", "2006", "2006"),
        ("It opened in the 1990s.", "1990s", "199X", "1990-01-01/1999-12-31"),
        ("It opened in the third quarter of 2019.", "the third quarter of 2019", "2019-Q3",
         "2019-07-01/2019-09-30"),
        ("It opened in the summer of 2019.", "the summer of 2019", "2019-SU",
         "2019-06-01/2019-08-31"),
        ("It opened on Friday.", "Friday", "2023-08-11", "2023-08-11"),
        ("It opened on Tuesday.", "Tuesday", "2023-08-15", "2023-08-15"),
        ("It will open on Friday.", "Friday", "2023-08-18", "2023-08-18"),
        ("It will open next Tuesday.", "next Tuesday", "2023-08-22", "2023-08-22"),
        ("It opened last Tuesday.", "last Tuesday", "2023-08-08", "2023-08-08"),
        ("It opened yesterday.", "yesterday", "2023-08-14", "2023-08-14"),
        ("It opened last week.", "last week", "2023-W32", "2023-08-07/2023-08-13"),
        ("It opened earlier this month.", "this month", "2023-08", "2023-08-01/2023-08-15"),
        ("It will open later this month.", "this month", "2023-08", "2023-08-15/2023-08-31"),
        ("It opened last year.", "last year", "2022", "2022"),
        ("It opened in November.", "November", "2022-11", "2022-11"),
        ("It will open in November.", "November", "2023-11", "2023-11"),
        ("It opened on Dec. 24.", "Dec. 24", "2022-12-24", "2022-12-24"),
        ("It opened three weeks ago.", "three weeks ago", "2023-W30", "2023-07-24/2023-07-30"),
        ("It opened more than 10 years ago.", "more than 10 years ago", "2013", "../2013-08-15"),
        ("It has been open since last year.", "last year", "2022", "2022-01-01/.."),
        ("It must open by 2031.", "2031", "2031", "../2031-12-31"),
        ("It opened in early 2019.", "early 2019", "2019", "2019-01-01/2019-07-02"),
        ("In the past three months it grew.", "the past three months", "P3M",
         "2023-05-15/2023-08-15"),
    ],
)  # fmt: skip
def test_days_of_words(text: str, words: str, value: str, edtf: str) -> None:
    (found,) = times_in(text, stated(TUESDAY))
    assert found.span.of(text) == words
    assert found.value == value
    assert found.when.edtf() == edtf


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("They talked for two hours.", "DURATION", "PT2H"),
        ("They talked for several days.", "DURATION", "PXD"),
        ("It was a three-year deal.", "DURATION", "P3Y"),
        ("They meet every two weeks.", "SET", "P2W"),
        ("They meet every Monday.", "SET", "XXXX-WXX-1"),
        ("It costs 3 million dollars a year.", "SET", "P1Y"),
        ("The shelling went on Monday night.", "TIME", "2023-08-14TNI"),
        ("They are now at war.", "DATE", "PRESENT_REF"),
        ("They recently met.", "DATE", "PAST_REF"),
    ],
)
def test_timex_types(text: str, type: str, value: str) -> None:
    (found,) = times_in(text, stated(TUESDAY))
    assert (found.type, found.value) == (type, value)


@pytest.mark.parametrize(
    "text",
    [
        "Some 2000 people marched.",
        "The court may march on.",
        "Resolution 1973 passed.",
        "It cost $1999.",
        "The 44-year-old envoy left.",
    ],
)
def test_no_time_is_named(text: str) -> None:
    assert times_in(text, stated(TUESDAY)) == []


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("They met in 2017 and 2018.", "2017-01-01/2018-12-31", "in 2017 and 2018"),
        ("He served from 2011 to 2014.", "2011-01-01/2014-12-31", "from 2011 to 2014"),
        ("They met on 3-5 May 2019.", "2019-05-03/2019-05-05", "on 3-5 May 2019"),
    ],
)
def test_two_dates_make_one_stretch(text: str, edtf: str, words: str) -> None:
    first, second = times_in(text, stated(TUESDAY))
    assert first.when == second.when
    assert first.when.edtf() == edtf
    assert first.when.words is not None
    assert first.when.words.of(text) == words


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("They are to be moved on January 3.", "January 3", "2022-01-03"),
        ("The ministers welcomed the summit of January 3-4.", "January 3", "2022-01-03/2022-01-04"),
        ("The ministers met on January 3 last year.", "January 3", "2020-01-03"),
        ("The ministers met on March 20.", "March 20", "2021-03-20"),
        ("The ministers met on December 19.", "December 19", "2021-12-19"),
        ("The ministers spoke of January 3 this year.", "January 3", "2021-01-03"),
        ("The ministers spoke of March 20 next year.", "March 20", "2022-03-20"),
        ("In 2015 they met. On January 3 they met again.", "January 3", "2015-01-03"),
    ],
)
def test_a_day_without_a_year_is_the_coming_one_if_that_is_soon(
    text: str, words: str, edtf: str
) -> None:
    whens = {item.span.of(text): item.when for item in times_in(text, stated(DECEMBER))}
    assert whens[words].edtf() == edtf


@pytest.mark.parametrize("words", ["this week", "last year", "Friday", "three days ago", "today"])
def test_an_undated_report_keeps_relative_words_open(words: str) -> None:
    text = f"The envoy left {words}."
    (found,) = times_in(text, UNDATED)
    assert found.when == When(words=found.span)
    assert "X" in found.value
    assert deed_in(text, "left", UNDATED) == found.when


def test_a_given_date_moves_everything() -> None:
    text = "The envoy left this week."
    assert deed_in(text, "left", stated(date(2020, 5, 20))).edtf() == "2020-05-18/2020-05-24"


def test_a_story_keeps_its_year_without_the_report_s_day() -> None:
    text = (
        "On 5 May 1870 the army marched. It reached the river in June. Two days later it crossed."
    )
    *dates, leaning = times_in(text, UNDATED)
    assert [time.value for time in dates] == ["1870-05-05", "1870-06"]
    assert leaning.value == "XXXX-XX-XX", "no day is known that two days could be counted from"
    assert leaning.when.edtf() == "1870-06-03/1870-07-02"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began in November 2022. The envoy left on March 7.", "March 7", "2023-03-07"),
        ("They agreed in September 2022, and he came in February.", "February", "2023-02"),
        ("It began in May 2022. The envoy left in November.", "November", "2022-11"),
        ("It began in May 2022. The envoy left in April.", "April", "2022-04"),
        ("It rained on Friday. No envoy had come since 1993. He left the same month.",
         "the same month", "2023-08"),
        ("He left on Friday. She, who had served there in 1998, came two days later.",
         "two days later", "2023-08-13"),
        ("He was chosen on 19 March. The vote for 2023 was short. Five days later he fell.",
         "Five days later", "2023-03-24"),
        ("He was held on 19 December. At the end of that month he fell.",
         "the end of that month", "2022-12"),
        ("By April Norway had left.", "April", "2023-04"),
    ],
)  # fmt: skip
def test_what_a_date_leans_on(text: str, words: str, value: str) -> None:
    found = {time.span.of(text): time.value for time in times_in(text, stated(TUESDAY))}
    assert found[words] == value


@pytest.mark.parametrize(
    "text",
    [
        "The crowd filled October Square.",
        "The April 6 Youth Movement met.",
        "April Berg spoke to June Hall.",
        "Theresa May and Ms. June spoke.",
        "He wrote for the Sunday Times.",
    ],
)
def test_a_month_within_a_name_is_no_date(text: str) -> None:
    assert times_in(text, stated(TUESDAY)) == []


@pytest.mark.parametrize(
    ("text", "trigger", "edtf", "basis"),
    [
        ("The envoy left on 3 May 2019.", "left", "2019-05-03", "stated"),
        ("On Friday, the envoy, who will return by 2030, left.", "left", "2023-08-11", "reckoned"),
        ("It began in 2019. The envoys have met.", "met", "../2023-08-15", "bounded"),
        ("It began in 2019. The envoys will meet.", "meet", "2023-08-15/..", "bounded"),
        ("The talks began on Sunday. The envoy left.", "left", "2023-08-13", "reckoned"),
        ("The ministers held a telephone conversation. They agreed.", "agreed", "2023-08-15",
         "published"),
        ("They praised him for freeing five men in May 2019.", "praised", "../2023-08-15",
         "bounded"),
        ("They praised him for freeing five men in May 2019.", "freeing", "2019-05", "stated"),
        ("They praised the swap, which took place on 3 May 2019.", "praised", "../2023-08-15",
         "bounded"),
        ("The envoy, who had served there, left on Sunday.", "served", "../2023-08-13", "bounded"),
        ("The envoy, who served there, left on Sunday.", "left", "2023-08-13", "reckoned"),
        ("Talks began on Sunday. An envoy who served there spoke.", "served", "../2023-08-15",
         "bounded"),
        ("The mayor extended the lockdown to 1 May 2024.", "extended", "../2023-08-15",
         "bounded"),
    ],
)  # fmt: skip
def test_when_a_deed_took_place(text: str, trigger: str, edtf: str, basis: str) -> None:
    when = deed_in(text, trigger, stated(TUESDAY))
    assert (when.edtf(), when.basis) == (edtf, basis)


SCRIPT = """
from datetime import date
from chancery.model import When
from chancery.read.dates import find_times
from chancery.read.sentences import split_sentences
text, day = "It opened today and on Friday.", date(2023, 8, 15)
times = find_times(text, split_sentences(text), When(first=day, last=day, basis="stated"))
print(*(time.when.edtf() for time in times))
"""


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_machine_s_zone_changes_nothing(zone: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["2023-08-15", "2023-08-11"]


WORDS = """
on in since by last next this the of and to from 3 12 31 1999 2020 99999 May March Friday
week year years ago later early end quarter Q3 19:30 pm noon , . - ' said will
"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=25),
    st.sampled_from([UNDATED, stated(TUESDAY)]),
)
def test_any_words_give_ordered_spans_and_days(words: list[str], published: When) -> None:
    text = " ".join(words)
    found = times_in(text, published)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    for time_found in found:
        when = time_found.when
        assert 0 <= time_found.span.start < time_found.span.end <= len(text)
        assert when.first is None or when.last is None or when.first <= when.last


@pytest.mark.parametrize("first", [date.min, date.max])
def test_the_edges_of_the_calendar(first: date) -> None:
    text = "It opened 9999 years ago, last week, next month, on Friday and in the 1990s."
    assert times_in(text, stated(first))


@pytest.mark.parametrize(
    "text",
    ["the " * 5_000, "1 of May to " * 1_500, "Monday and " * 1_500, "a couple of " * 2_000],
)
def test_long_odd_input_takes_linear_time(text: str) -> None:
    sentences = split_sentences(text)
    started = time.process_time()
    find_times(text, sentences, stated(TUESDAY))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("standing", "edtf"),
    [
        ("happened", "../2023-08-15"),
        ("alleged", "../2023-08-15"),
        ("planned", "2023-08-15/.."),
        ("predicted", "2023-08-15/.."),
        ("negated", "2023-08-15/.."),
    ],
)
def test_a_mere_bound_lies_on_the_side_of_the_standing(standing: Standing, edtf: str) -> None:
    ahead = When(first=TUESDAY, basis="bounded")
    assert bounded_by_standing(ahead, standing, stated(TUESDAY)).edtf() == edtf


def test_a_date_in_the_words_is_left_to_the_words() -> None:
    deadline = When(last=DECEMBER, basis="bounded", words=Span(3, 9))
    assert bounded_by_standing(deadline, "planned", stated(TUESDAY)) == deadline
    assert bounded_by_standing(When(), "happened", UNDATED) == When()


@pytest.mark.parametrize(
    "text",
    [
        "The Banking Act of 1933 was repealed. On July 2 the minister resigned.",
        "He was asked about the 2016 election. On July 2 the minister resigned.",
    ],
)
def test_a_year_in_a_name_or_before_a_noun_begins_no_story(text: str) -> None:
    (_, day) = times_in(text, stated(date(2019, 7, 20)))
    assert day.when.first == date(2019, 7, 2)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Two men were arrested in January of last year.", date(2018, 1, 1)),
        ("The treaty was signed in 2012. In June of that year war began.", date(2012, 6, 1)),
        ("Talks will be held in March of next year.", date(2020, 3, 1)),
        ("He left on May 3 of this year.", date(2019, 5, 3)),
    ],
)
def test_a_year_may_be_said_after_its_month(text: str, first: date) -> None:
    found = times_in(text, stated(date(2019, 7, 20)))
    assert first in [time.when.first for time in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("In the past few days towns have asked schools to pay.", date(2019, 7, 13)),
        ("In recent weeks protesters clashed with police.", date(2019, 6, 8)),
        ("In the last several months ten men were arrested.", date(2018, 9, 20)),
    ],
)
def test_a_vague_stretch_reaches_back_to_the_most_it_can_mean(text: str, first: date) -> None:
    (time,) = times_in(text, stated(date(2019, 7, 20)))
    assert (time.when.first, time.when.last) == (first, date(2019, 7, 20))


JUNE = stated(date(2019, 6, 3))


def test_a_year_that_tells_which_deed_dates_it() -> None:
    when = deed_in("Four men were killed in the 2012 attacks on the port.", "attacks", JUNE)
    assert (when.first, when.last) == (date(2012, 1, 1), date(2012, 12, 31))
    when = deed_in("He criticised the 2012 budget.", "criticised", JUNE)
    assert when.first is None


def test_who_attends_what_takes_place_is_there_then() -> None:
    text = "He will attend the summit, which is happening from June 11-13."
    when = deed_in(text, "attend", JUNE)
    assert (when.first, when.last) == (date(2019, 6, 11), date(2019, 6, 13))
    when = deed_in("He praised the summit, which took place on May 2.", "praised", JUNE)
    assert when.first is None


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        # Told as news: between the story's day and the report's.
        ("The mine shut on Thursday. It had opened in 2015.\nA union condemned the step.",
         "condemned", "2019-05-30/2019-06-03"),
        # A day named only later is none it is told to follow.
        ("The envoy rejected the offer.\nIt had come on Friday, after a vote in April.",
         "rejected", "../2019-06-03"),
        # The report's own day does not make what has none its own.
        ("The mine shut today. It had opened in 2015.\nA union condemned the step.",
         "condemned", "../2019-06-03"),
        # A noun, a participle and a clause hanging on another are no news of their own.
        ("The mine shut on Thursday. It had opened in 2015.\nThe step drew protests.",
         "protests", "../2019-06-03"),
        ("The mine shut on Thursday. It had opened in 2015.\nA banned party spoke.",
         "banned", "../2019-06-03"),
        ("The mine shut on Thursday. It had opened in 2015.\nPeople wept after troops stormed it.",
         "stormed", "../2019-06-03"),
        # The paragraph last told of another time.
        ("The mine shut on Thursday.\nIt opened in 2015. A union condemned the step.",
         "condemned", "../2019-06-03"),
    ],
)  # fmt: skip
def test_news_lies_between_the_story_s_day_and_the_report_s(
    text: str, trigger: str, edtf: str
) -> None:
    when = deed_in(text, trigger, JUNE)
    assert bounded_by_standing(when, "happened", JUNE).edtf() == edtf


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("The minister thanked Samoa for generous aid.", "aid", "../2019-06-03"),
        ("They spoke about Samoa's blockade of the strait.", "blockade", "../2019-06-03"),
        ("She praised them for freeing the crew.", "freeing", "../2019-06-03"),
        # Not what is held, nor a verb: these are the story's own.
        ("The ministers held a round of talks.", "talks", "2019-06-03"),
        ("The minister of Samoa thanked them.", "thanked", "2019-06-03"),
        ("The minister replied by freeing the crew.", "freeing", "2019-06-03"),
    ],
)
def test_what_is_only_spoken_of_lies_before_the_report(text: str, trigger: str, edtf: str) -> None:
    assert deed_in(text, trigger, JUNE).edtf() == edtf


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("On Friday a judge freed the ship in response to a lawsuit.", "lawsuit", "../2019-05-31"),
        ("On Friday four men were jailed for the murder of a clerk.", "murder", "../2019-05-31"),
        ("Following a raid, police closed the road on Friday.", "raid", "../2019-05-31"),
        # Its own day stands beside it; a year holds the occasion too; a verb is no occasion.
        ("Police closed the road following a raid on Friday.", "raid", "2019-05-31"),
        ("In 2012 he took power following a coup.", "coup", "2012"),
        ("On Friday a judge freed the ship.", "freed", "2019-05-31"),
    ],
)
def test_the_occasion_of_a_dated_deed_lies_on_or_before_its_day(
    text: str, trigger: str, edtf: str
) -> None:
    assert deed_in(text, trigger, JUNE).edtf() == edtf


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("They agreed to meet next month.", "agreed", "../2019-06-03"),
        ("They will meet next month.", "meet", "2019-07"),
        ("They recalled the envoy on 4 June 2019.", "recalled", "2019-06-04"),
        ("They praised the fishing treaty signed in May.", "praised", "../2019-06-03"),
        ("They praised the fishing treaty in May.", "praised", "2019-05"),
    ],
)
def test_a_day_that_belongs_to_another_deed_dates_none(text: str, trigger: str, edtf: str) -> None:
    assert deed_in(text, trigger, JUNE).edtf() == edtf
