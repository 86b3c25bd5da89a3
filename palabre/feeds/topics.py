"""Topics: feeds as WebSub names them, by the address at which they are read; each is read as who may read it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from palabre.feeds.doors import token_or_404
from palabre.feeds.entries import entries
from palabre.feeds.feed import Feed, compose
from palabre.feeds.formats import TYPES, WRITERS
from palabre.feeds.models import Token
from palabre.feeds.sources import Source, absolute, on_behalf


@dataclass(frozen=True)
class Topic:
    """The first page of a list, in one format: what a stranger reads there, or who holds the token of its address."""

    source: Source
    form: str
    token: Token | None = None
    own: str = ""

    @property
    def type(self) -> str:
        """Its type of content."""
        return f"{TYPES[self.form]}; charset=utf-8"

    def stamp(self) -> str | None:
        """Another one whenever the feed says something else; None when there is nothing for its reader."""
        try:
            return self._read()[1].stamp
        except Http404:
            return None

    def written(self) -> tuple[str, bytes] | None:
        """Its stamp and the document; None when there is nothing for its reader."""
        try:
            with translation.override(self._language):
                request, feed = self._read()
                return feed.stamp, WRITERS[self.form](feed, entries(request, feed.listing))
        except Http404:
            return None

    def _read(self) -> tuple[HttpRequest, Feed]:
        """Rights are asked anew: whoever reads it here may have lost some since."""
        reader: Any = AnonymousUser()
        if self.token is not None:
            valid = Token.objects.valid().select_related("person__organisation").filter(pk=self.token.pk).first()
            if valid is None:
                raise Http404
            reader = valid.person
        request = on_behalf(reader, self.source.query)
        with translation.override(self._language):
            return request, compose(request, self.source, self.form, self.own)

    @property
    def _language(self) -> str:
        """What a request without wishes is answered in."""
        return (self.token.person.language if self.token else "") or settings.LANGUAGE_CODE


def topic_at(address: str) -> Topic | None:
    """The topic of an address of ours; None of any other, of a page further back, and where nobody may read."""
    if not address.startswith(absolute("/feeds/")):
        return None
    try:
        split = urlsplit(address.removeprefix(settings.ADDRESS))
        found = resolve(unquote(split.path))
        form = found.kwargs.get("form", "")
        if found.view_name == "feeds:private" and not split.query:
            token = token_or_404(found.kwargs["token"])
            source = token.list
            return Topic(source, form, token, split.path) if source else None
    except (Resolver404, Http404, ValueError):
        return None
    if found.namespace != "feeds" or "what" not in found.kwargs:
        return None
    parts = {name: value for name, value in found.kwargs.items() if name not in ("what", "form")}
    source = Source.of(found.kwargs["what"], parse_qsl(split.query), **parts)
    return Topic(source, form) if absolute(source.address(form)) == address else None


def private_path(token: str, form: str) -> str:
    """Where the list of a token is read."""
    return reverse("feeds:private", kwargs={"token": token, "form": form})
