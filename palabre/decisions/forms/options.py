"""The options of a vote, read from what is typed: one a line, with its cost where a sum is spent."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

MOST = 50


def listed(typed: str) -> list[str]:
    """The lines that say something."""
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    return [line for line in lines if line]


def priced(lines: list[str]) -> tuple[list[str], dict[str, int]]:
    """The titles, and what each costs by its key (its number in the list). Raises ValidationError."""
    titles, costs = [], {}
    for number, line in enumerate(lines, 1):
        found = re.fullmatch(r"(.+?)\s*[:=]\s*(\d[\d\s\u00a0\u202f]*)", line)
        cost = int(re.sub(r"\s", "", found[2])) if found else 0
        if not found or not 0 < cost < 10**12:
            raise ValidationError(
                gettext("“%(line)s” has no cost. Write it after a colon, in whole units: New kitchen: 1200"),
                params={"line": line},
            )
        titles.append(found[1])
        costs[str(number)] = cost
    return titles, costs


def counted(titles: list[str]) -> list[str]:
    """These titles, being neither too few nor too many, nor too long, nor the same. Raises ValidationError."""
    if not 2 <= len(titles) <= MOST:
        raise ValidationError(gettext("Write two options at least, and no more than %d.") % MOST)
    if any(len(title) > 200 for title in titles):
        raise ValidationError(gettext("An option has 200 characters at most: say the rest in the text."))
    if len({title.casefold() for title in titles}) < len(titles):
        raise ValidationError(gettext("Two options are the same."))
    return titles
