"""Sources: the lists of the house of which there are feeds, by the address of the feed without its ending.

A source is asked on somebody's behalf, in a request whose `user` they are: it goes through the same doors and starts
from the same `visible_to` as the page of that list. What they may not see does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.conf import settings
from django.core.validators import slug_re
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse

from palabre.items import kinds
from palabre.kit import given
from palabre.spaces import sight
from palabre.spaces.models import Space

ATOM, JSON = "atom", "json"
FORMATS = (ATOM, JSON)
NARROWS = ("q", "kind", "space", "tag", "author", "age")  # what an address of a search says


@dataclass(frozen=True)
class Source:
    """One list: the name of its address (`space`), what that address is made of, and for a search, what is asked."""

    what: str
    parts: tuple[tuple[str, Any], ...] = ()
    query: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, what: str, query: Any = (), **parts: Any) -> Source:
        kept = tuple((name, value) for name, value in query if name in NARROWS and value) if what == "search" else ()
        return cls(what, tuple(sorted(parts.items())), kept)

    @classmethod
    def at(cls, path: str) -> Source | None:
        """The source of such an address (`/feeds/spaces/reseau`, perhaps with a query); None of any other."""
        try:
            split = urlsplit(path)
            found = resolve(f"{unquote(split.path)}.{ATOM}")
        except (Resolver404, ValueError):  # no address at all
            return None
        if found.namespace != "feeds" or "what" not in found.kwargs:
            return None
        parts = {name: value for name, value in found.kwargs.items() if name not in ("what", "form")}
        return cls.of(found.kwargs["what"], parse_qsl(split.query), **parts)

    @property
    def path(self) -> str:
        """Its address without an ending, by which it is kept."""
        asked = f"?{urlencode(self.query)}" if self.query else ""
        return self._path(ATOM).removesuffix(f".{ATOM}") + asked

    @property
    def space(self) -> int | None:
        """The key of the space whose list it is, if it is one's."""
        slug = dict(self.parts).get("slug")
        return Space.objects.filter(slug=slug).values_list("pk", flat=True).first() if slug else None

    def address(self, form: str) -> str:
        """Where a stranger, or who is signed in, reads it in that form."""
        return self._path(form) + (f"?{urlencode(self.query)}" if self.query else "")

    def _path(self, form: str) -> str:
        return _path(self.what, self.parts, form)


@lru_cache(maxsize=1024)
def _path(what: str, parts: tuple[tuple[str, Any], ...], form: str) -> str:
    return reverse(f"feeds:{what}", kwargs=dict(parts) | {"form": form})


def on_behalf(reader: Any, query: Any = ()) -> HttpRequest:
    """A request that somebody might make, for who reads without their browser."""
    request = HttpRequest()
    request.method = "GET"
    request.GET = QueryDict(urlencode(list(query)))  # type: ignore[assignment]
    request.user = sight.keeping(reader)
    return request


def standing_at(request: HttpRequest) -> Source | None:
    """The list that the page of this request shows, found in its address; None when there is none."""
    match request.path.strip("/").split("/"):
        case [""]:
            return Source.of("new")
        case ["spaces", slug] if _is_slug(slug):
            return Source.of("space", slug=slug) if slug != "new" else None
        case ["spaces", slug, path] if _is_slug(slug) and kinds.at(path):
            return Source.of("kind_in_space", slug=slug, kind=path)
        case ["tags", keys]:
            return Source.of("tag", keys=keys)
        case ["people", who]:
            return _of_row("person", who)
        case ["search"]:
            return _search(request)
        case [path] if kinds.at(path):
            return Source.of("kind", kind=path)
        case ["items", which, "comments"]:
            return _of_row("comments", which)
        case [path, which] if kinds.at(path):
            return _of_row("comments", which)
    return None


def _is_slug(part: str) -> bool:
    """Whether a space can have it in its address: a page that says that there is none stands at any address."""
    return slug_re.match(part) is not None


def _of_row(name: str, place: str) -> Source | None:
    """The list of what stands at such a place of an address (`12`, `12-its-title`)."""
    pk = given.key(place.partition("-")[0])
    return Source.of(name, pk=pk) if pk is not None else None


def _search(request: HttpRequest) -> Source | None:
    asked = [(name, value) for name in NARROWS for value in request.GET.getlist(name)]
    return Source.of("search", asked) if request.GET.get("q", "").strip() else None


def absolute(path: str) -> str:
    """An address of ours as others write it."""
    return f"{settings.ADDRESS}{path}"
