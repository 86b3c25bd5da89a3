"""Shares as the reader's language writes them: 12 % in French, with a space that does not break, 12% in English."""

from django.utils.formats import number_format
from django.utils.translation import get_language


def percent(share: float, places: int = 0) -> str:
    """`share`, from 0 to 1, in hundredths, with so many `places` after the point."""
    hundredths = round(100 * share, places or None)
    return number_format(hundredths) + ("\u00a0%" if get_language() == "fr" else "%")
