"""Acts that ask for words first: a page with one form about an item, which says what comes of it and who reads it."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from palabre.items.models import Item

LONGEST = 5000  # characters of an answer, a statement
REASON = 500  # characters of a reason


def page(
    request: HttpRequest,
    item: Item | None,
    form: Form,
    asks: str,
    button: str,
    icon: str,
    lede: str = "",
    template: str = "authoring/act.html",
    **more: Any,
) -> HttpResponse:
    """The form; where something was wrong with it, as it was filled in, with 422.

    asks: the title. lede: what comes of it. button, icon: what sending it does.
    """
    context = {"item": item, "form": form, "asks": asks, "button": button, "button_icon": icon, "lede": lede, **more}
    context.setdefault("space", item.space if item else None)
    return render(request, template, context, status=422 if form.is_bound else 200)


def wrong_with(words: str, missing: str, longest: int = LONGEST) -> str:
    """What is wrong with words that one has to give: that they are `missing`, or too many; "" where nothing is."""
    if not words:
        return missing
    said = _("Say it in %(number)s characters at most.")
    return said % {"number": number_format(longest, force_grouping=True)} if len(words) > longest else ""
