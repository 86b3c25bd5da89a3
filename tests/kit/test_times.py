"""Dates in the reader's way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from palabre.kit import times
from palabre.kit.clock import now

SPRING = datetime(2024, 4, 14, 8, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "hour", "day", "full"),
    [
        ("fr", "8\u00a0h\u00a042", "14 avril 2024", "dimanche 14 avril 2024 à 8\u00a0h\u00a042"),
        ("en", "8:42", "14 April 2024", "Sunday 14 April 2024 at 8:42"),
    ],
)
def test_each_language_writes_its_own_way(language, hour, day, full):
    with translation.override(language):
        assert times.hour(SPRING) == hour
        assert times.in_words(SPRING) == day
        assert times.in_full(SPRING) == full


@pytest.mark.parametrize(("language", "said"), [("fr", "1er mars 2024"), ("en", "1 March 2024")])
def test_the_first_of_a_month_is_called_as_the_language_calls_it(language, said):
    with translation.override(language):
        assert times.day_and_month(date(2024, 3, 1)) == said
        assert said in times.heading(date(2024, 3, 1)) and said in times.in_full(SPRING.replace(month=3, day=1))


def test_the_hour_is_the_reader_s_and_not_the_server_s():
    with translation.override("en"), timezone.override("Asia/Tokyo"):
        assert times.hour(SPRING) == "17:42"


def test_the_day_is_the_reader_s_and_not_the_server_s():
    late = datetime(2023, 12, 31, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("Asia/Tokyo"):
        assert Template("{% load ui %}{{ at|day }}").render(Context({"at": late})) == "1 January 2024"
    with translation.override("en"), timezone.override("America/Lima"):
        assert times.day_and_month(late) == "31 December 2023"


def test_today_is_an_hour_and_yesterday_says_so():
    with translation.override("en"), timezone.override("UTC"):
        assert times.in_words(now()) == times.hour(now())
        assert times.in_words(now() - timedelta(days=1)).startswith("yesterday at ")


@pytest.mark.parametrize(("language", "expected"), [("fr", "Dimanche 14 avril 2024"), ("en", "Sunday 14 April 2024")])
def test_a_heading_begins_with_a_capital_and_keeps_the_others(language, expected):
    with translation.override(language):
        assert times.heading(date(2024, 4, 14)) == expected
