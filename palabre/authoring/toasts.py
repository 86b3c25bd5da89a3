"""What has just been done, said once, with the way to undo it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from palabre.kit.tokens import token


def done(request: HttpRequest, text: str) -> None:
    """Says it on the next page."""
    messages.success(request, text)


def done_with_undo(
    request: HttpRequest, text: str, address: str, pk: int, *, within: str = "", thing: str = "", **fields: Any
) -> None:
    """Says it on the next page, with a button that posts `fields` to `address`, which may name the space `within` or
    what sort of `thing` it is about.
    """
    names = {"pk": pk} | ({"slug": within} if within else {}) | ({"thing": thing} if thing else {})
    done_with_undo_at(request, text, reverse(address, kwargs=names), **fields)


def done_with_undo_at(request: HttpRequest, text: str, path: str, **fields: Any) -> None:
    """Like `done_with_undo`, for what has another name than a number."""
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    messages.success(
        request,
        format_html(
            '{} <form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
            '<button class="btn quiet">{}</button></form>',
            text,
            path,
            token(request),
            hidden,
            _("Undo"),
        ),
    )
