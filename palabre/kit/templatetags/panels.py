"""`{% panels "item.aside" item=item %}` renders what rooms offer for a slot; `{% kept "name" key %}` keeps a piece."""

import secrets
from collections.abc import Hashable
from html import escape
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from palabre.kit import keeping
from palabre.kit import panels as registry
from palabre.kit.tokens import token as csrf_token

register = template.Library()

# Stand in kept pieces for what changes with every request; nobody can write them into a name or a title.
CSRF_TOKEN, HERE, NONCE = (secrets.token_hex(16) for _ in range(3))


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, **given: Any) -> SafeString:
    """The panels of `slot`, one after the other; nothing outside a request."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    # Each piece comes out of a template, escaped there.
    return mark_safe("".join(registry.render(request, slot, given, context)))  # noqa: S308


@register.tag
def kept(parser: Parser, token: Token) -> template.Node:
    """`{% kept "frame.rail" standing %}…{% endkept %}`: drawn once for each value of its keys and each language.

    Whatever is inside depends on nothing but them, save for `{% csrf_token %}`, `{{ here }}`, the address of the page
    with its query, and `{{ nonce }}`, that of its scripts. A key that is None says not to keep.
    """
    _tag, *keys = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept([parser.compile_filter(key) for key in keys], inside)


class Kept(template.Node):
    """A piece of a page that is kept between requests."""

    def __init__(self, keys: list[FilterExpression], nodelist: NodeList) -> None:
        self.keys, self.nodelist = keys, nodelist

    def render(self, context: template.Context) -> SafeString:
        request = context.get("request")
        keys: list[Hashable] = [key.resolve(context) for key in self.keys]
        if request is None or None in keys:
            of_request = {"here": request.get_full_path(), "nonce": request.csp_nonce} if request else {}
            with context.push(**of_request):
                return self.nodelist.render(context)
        piece = keeping.kept((get_language(), *keys), lambda: self._drawn(context))
        if CSRF_TOKEN in piece:
            piece = piece.replace(CSRF_TOKEN, csrf_token(request))
        if HERE in piece:
            piece = piece.replace(HERE, escape(request.get_full_path()))
        if NONCE in piece:
            piece = piece.replace(NONCE, request.csp_nonce)
        return mark_safe(piece)  # noqa: S308 - it comes out of a template, escaped there

    def _drawn(self, context: template.Context) -> str:
        with context.push(csrf_token=CSRF_TOKEN, here=HERE, nonce=NONCE):
            return self.nodelist.render(context)
