"""What a source lists for one reader: the newest first, as far as they see, without the texts.

That is enough to know whether a feed has changed, so that a reader who has it already is told so for little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from palabre.items import kinds
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit import given, paging
from palabre.people.doors import person_or_404
from palabre.search import facets, query
from palabre.search.asking import LAST_PAGE, SIZE, ask
from palabre.spaces.doors import space_or_404
from palabre.tags import company
from palabre.tags.doors import tags_or_404
from palabre.tags.models import Tagging
from palabre.talk.models import Comment

NEWEST = 20
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # of what nothing stands in
ORDER, SAID_ORDER = ("-published_at", "-id"), ("-at", "-id")


@dataclass(frozen=True)
class Listing:
    """A title, the page that shows the same, and rows of which each names its item or comment as `id`.

    `next` is the query of the rows after these. `said` tells that the rows are comments on `about`.
    """

    title: str
    page: str
    rows: Sequence[Mapping[str, Any]]
    next: str = ""
    language: str = ""
    about: Item | None = None

    @property
    def said(self) -> bool:
        return self.about is not None

    @property
    def changed_at(self) -> datetime:
        """When the last of these rows changed."""
        return max((at for row in self.rows for at in _moments(row)), default=BEGINNING)


def read(request: HttpRequest, what: str, parts: Mapping[str, Any]) -> Listing:
    """The page of a source that `?after=` names, for the reader of this request; 404 where there is none for them."""
    return _READERS[what](request, **parts)


def _new(request: HttpRequest) -> Listing:
    return _items(request, _published(request), str(_("What is new")), "/")


def _of_space(request: HttpRequest, slug: str, kind: str = "") -> Listing:
    space = space_or_404(request, slug)
    items = _published(request).filter(space=space.pk)
    if not kind:
        return _items(request, items, space.name, space.get_absolute_url(), space.language)
    found = _kind_or_404(kind)
    title = _("%(kind)s in %(space)s") % {"kind": found.label_plural, "space": space.name}
    page = f"{space.get_absolute_url()}{found.path}/"
    return _items(request, items.of_kind(found.name), title, page, space.language)


def _of_kind(request: HttpRequest, kind: str) -> Listing:
    found = _kind_or_404(kind)
    page = f"/{found.path}/"
    if not is_valid_path(page):  # of what has no register
        page = f"/search/?{urlencode({'q': f'kind:{found.name}'})}"
    return _items(request, _published(request).of_kind(found.name), str(found.label_plural), page)


def _of_tag(request: HttpRequest, keys: str) -> Listing:
    if keys.count("+") >= 6:  # each of them costs the question some more
        raise Http404
    tags = tags_or_404(request, keys.split("+"))
    title = " + ".join(f"#{tag.name}" for tag in tags)
    page = f"/tags/{'+'.join(tag.key for tag in tags)}/"
    return _items(request, company.bearing(request.user, tags).published(), title, page)


def _of_person(request: HttpRequest, pk: int) -> Listing:
    person = person_or_404(request, pk)
    return _items(request, _published(request).filter(author=person.pk), person.name, person.get_absolute_url())


def _of_search(request: HttpRequest) -> Listing:
    """The newest of what is found; further ones by the number of their page, for a search has no keys."""
    text = " ".join(given.text(request.GET, "q", query.MAX_LENGTH).split())
    if not text:
        raise Http404
    page = min(max(given.number(request.GET, "page") or 1, 1), LAST_PAGE)
    answer = ask(request.user, text, facets.chosen(request), newest=True, page=page, size=NEWEST)
    keys = [result.item.pk for result in answer.results] if answer.page == page else []
    rows = _stamped(Item.objects.visible_to(request.user).filter(pk__in=keys)).order_by(*ORDER) if keys else ()
    more = answer.total > page * NEWEST and page < LAST_PAGE * SIZE // NEWEST
    asked = [(name, value) for name, value in request.GET.lists() if name != "page"]
    return Listing(
        _("Search: %(words)s") % {"words": text},
        f"/search/?{urlencode([*asked, ('sort', 'newest')], doseq=True)}",
        list(rows),
        urlencode({"page": page + 1}) if more else "",
    )


def _comments(request: HttpRequest, pk: int) -> Listing:
    item = item_or_404(request, pk)  # what is said among a few stays there
    said = Comment.objects.visible_to(request.user).standing().filter(item=item.pk)
    fields = ("id", "at", "edited_at", "by__name")
    found = paging.cut(
        list(paging.after(said.values(*fields), _after(request), SAID_ORDER)[: NEWEST + 1]), SAID_ORDER, NEWEST
    )
    title = _("Comments on “%(title)s”") % {"title": item.title}
    return Listing(title, item.get_absolute_url(), found.rows, _next(found), item.language, item)


_READERS: dict[str, Callable[..., Listing]] = {
    "new": _new,
    "space": _of_space,
    "kind_in_space": _of_space,
    "kind": _of_kind,
    "tag": _of_tag,
    "person": _of_person,
    "search": _of_search,
    "comments": _comments,
}


def _published(request: HttpRequest) -> Any:
    return Item.objects.visible_to(request.user).published()


def _kind_or_404(path: str) -> kinds.Kind:
    kind = kinds.at(path)
    if kind is None:
        raise Http404
    return kind


def _items(request: HttpRequest, items: Any, title: str, page: str, language: str = "") -> Listing:
    found = paging.cut(list(paging.after(_stamped(items), _after(request), ORDER)[: NEWEST + 1]), ORDER, NEWEST)
    return Listing(title, page, found.rows, _next(found), language)


def _stamped(items: QuerySet[Any]) -> QuerySet[Any, Any]:
    """All that an entry shows but its text, and that the text has changed."""
    put = Tagging.objects.filter(item=OuterRef("pk")).order_by()
    return items.values(
        "id", "published_at", "updated_at", "version", "kind", "title", "space__name", "author__name",
        tags=ArraySubquery(put.order_by("tag__name").values("tag__name")),
        tagged_at=Subquery(put.values("item").annotate(last=Max("at")).values("last")),
    )  # fmt: skip


def _after(request: HttpRequest) -> str:
    return given.text(request.GET, "after", 1000)


def _next(found: paging.Page) -> str:
    return urlencode({"after": found.next}) if found.next else ""


def _moments(row: Mapping[str, Any]) -> list[datetime]:
    names = ("published_at", "updated_at", "tagged_at", "at", "edited_at")
    return [row[name] for name in names if row.get(name)]
