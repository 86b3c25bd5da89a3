"""The register of a kind: what there is of it in all spaces that the reader sees, or in one, and how each stands.

A room says the words that are its own, and gives a template of rows that extends `items/rows.html`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palabre.items import kinds
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import navigation
from palabre.kit.policy import may
from palabre.spaces import nowhere
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space
from palabre.spaces.policy import writes_somewhere
from palabre.spaces.views.spaces import frame

NONE = _("There is none")
Listed = Callable[[HttpRequest, ItemQuerySet, str], dict[str, Any]]
"""The `page` of the items, looked at in that way, and whatever else their rows show."""


@dataclass(frozen=True)
class Register:
    """What a room says of the register of its kind.

    ways: how one may look at it, by name, the usual one first; mine: the one that is for who is signed in. label: which
    choice that is. empty: what is said where one of them shows nothing, as a heading and a text. begins: what the
    button says that begins one, which leads to `start`, if not where all of the kind begin. rule: what whoever begins
    one must be allowed, beside writing there. rows, house, space: the templates.
    """

    kind: str
    rows: str
    label: Any
    ways: Mapping[str, Any]
    begins: Any
    empty: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    lede: Any = ""
    mine: str = ""
    start: str = ""
    rule: str = ""
    house: str = "items/list.html"
    space: str = "items/of_space.html"

    def show(self, request: HttpRequest, listed: Listed) -> HttpResponse:
        """Of all spaces that the reader sees."""
        somewhere = writes_somewhere(request.user)
        begun = self._context(request, listed, self._allows(request.user) and somewhere)
        return render(request, self.house, begun | ({} if somewhere else nowhere.ways(request.user)))

    def show_in(self, request: HttpRequest, slug: str, listed: Listed) -> HttpResponse:
        """Of one space."""
        space = space_or_404(request, slug)
        framed = frame(request, space)
        may_begin = self._allows(request.user) and bool(framed["may_write"])
        return render(request, self.space, {**framed, **self._context(request, listed, may_begin, space)})

    def chosen(self, request: HttpRequest) -> str:
        """In which way the reader looks at it."""
        said = request.GET.get("show", "")
        return said if said in self._offered(request) else next(iter(self.ways))

    def begin(self, space: Space | None = None) -> str:
        """Where one begins, in that space."""
        slug = space.slug if space else ""
        start = self.start or kinds.get(self.kind).start
        return f"{start}?space={slug}" if start and slug else start or navigation.writing(kind=self.kind, space=slug)

    def _context(
        self, request: HttpRequest, listed: Listed, may_begin: bool, space: Space | None = None
    ) -> dict[str, Any]:
        items = Item.objects.visible_to(request.user).published().of_kind(self.kind)
        way, usual = self.chosen(request), next(iter(self.ways))
        return {
            "register": self,
            "kind": kinds.get(self.kind),
            "ways": self._offered(request),
            "way": way,
            "way_label": self.ways[way],
            "nothing": self.empty.get(way) or (NONE, self.empty[usual][1] if usual in self.empty else ""),
            "here": space is not None,
            "begin": self.begin(space) if may_begin else "",
            "usual": way == usual,
            "back": "" if way == usual else f"?show={usual}",
            "back_label": self.ways[usual],
            **listed(request, items.filter(space=space) if space else items, way),
        }

    def _offered(self, request: HttpRequest) -> dict[str, Any]:
        return {name: label for name, label in self.ways.items() if name != self.mine or request.user.is_authenticated}

    def _allows(self, person: Any) -> bool:
        return not self.rule or may(person, self.rule)
