"""Figures as people write them: what is the decimal comma of one language groups the thousands of the other."""

from __future__ import annotations

import re
from itertools import pairwise

from django.utils.translation import get_language

LARGEST = 10**12


def figure(typed: str) -> float | int | None:
    """The number that is meant, whole where it can be; None when it is none, or too large. In English “12,500” is
    twelve thousand five hundred, in French it is twelve and a half; spaces are never minded.
    """
    groups, point = (".", ",") if (get_language() or "").startswith("fr") else (",", ".")
    typed = re.sub(r"\s", "", typed)
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}([{groups}]\d{{3}})+([{point}]\d+)?", typed, re.ASCII):
        typed = typed.replace(groups, "")
    typed = typed.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,13}(\.\d{1,6})?", typed, re.ASCII) or abs(float(typed)) > LARGEST:
        return None
    value = float(typed)
    return int(value) if value == int(value) else value


def row(typed: str) -> list[float | int] | None:
    """Several figures, between which stand semicolons, lines, or commas with a space; or nothing but spaces, where they
    rise, so that no thousands are taken for a figure of their own. None when it cannot be told which they are.
    """
    typed = re.sub(r"[^\d\s.,;/]", "", typed)
    pieces = [each for each in re.split(r"[;/\n]|,\s", typed) if each.strip()]
    apart = pieces if len(pieces) > 1 else typed.split()
    found = [figure(each) for each in apart]
    known = [each for each in found if each is not None]
    falls = len(pieces) == 1 and any(here >= there for here, there in pairwise(known))
    return None if falls or len(known) < len(found) else known
