"""What waits for the reader's voice or answer, drawn without a template loop: a dozen stand on every home page."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit.asks import Ask
from palabre.kit.drawing import avatar, icon
from palabre.kit.tokens import token


def draw(asks: Iterable[Ask], request: HttpRequest, first: bool = False) -> SafeString:
    """The asks, one after the other, as items of a list: what it is, who asks and how it presses, the one gesture.

    first: the first of them is the first that waits, whose gesture is the loudest thing of the page.
    """
    pieces: list[str] = []
    for ask in asks:
        address, title = escape(ask.address), conditional_escape(ask.title)
        spoken = f' lang="{escape(ask.language)}"' if ask.language else ""
        face = avatar(ask.face, "sm", request.user) if ask.face else ""
        said = f"{conditional_escape(ask.said)}<br>" if ask.said else ""
        voice = " voice" if first and not pieces else ""
        pieces.append(
            f'<li><span class="kind">{icon(ask.icon)}{conditional_escape(ask.kind)}</span>'
            f'<h3{spoken}><a href="{address}">{title}</a></h3>'
            f'<div class="foot">{face}<span>{said}{_pressing(ask)}</span></div>'
            f'<div class="row"><a class="btn{voice}" href="{address}">'
            f'{conditional_escape(ask.button)}<span class="vh"> : {title}</span></a>'
            f"{_waiver(ask, request) if ask.done else ''}</div></li>"
        )
    return mark_safe("".join(pieces))  # noqa: S308 - every value is escaped above


def _pressing(ask: Ask) -> str:
    """What presses, else the place."""
    if ask.late:
        return f'<span class="late">{conditional_escape(ask.late)}</span>'
    return conditional_escape(ask.space.name) if ask.space else ""


def _waiver(ask: Ask, request: HttpRequest) -> str:
    """The form which says that nothing need be done, or that it is not for them."""
    name = escape(ask.waives or _("Nothing to be done"))
    return (
        f'<form method="post" action="{escape(ask.done)}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token(request)}">'
        f'<input type="hidden" name="next" value="/">'
        f'<button class="btn quiet icon" title="{name}">{icon("x" if ask.waives else "check")}'
        f'<span class="vh">{name} – {conditional_escape(ask.title)}</span></button></form>'
    )
