"""What a wiki needs to be kept in order: pages wanted, orphans, links astray. Each reader's own view of it."""

from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from palabre.items import kinds
from palabre.items.models import Item, ItemQuerySet, Name
from palabre.links.models import Health, Link, LinkQuerySet, OutsideLink
from palabre.spaces.models import Space


def wanted(person: Any, space: Space | None = None) -> Any:
    """Names that texts link to and nothing answers to: rows with title, how many texts, one of their spaces."""
    links: Any = Link.objects.wanted_by(person)
    if space:
        links = links.filter(source__space=space)
    return (
        links.order_by()
        .values("title_key")
        .annotate(
            n=Count("source", distinct=True),
            wanted=Max("title"),
            space=Min("source__space"),
            source=Min("source"),
        )
    )


def orphans(person: Any, space: Space | None = None) -> ItemQuerySet:
    """Pages nothing leads to: cited in no text one sees, tied to nothing, under no other page."""
    seen = Item.objects.visible_to(person).order_by().values("pk")
    leading = Link.objects.filter(target=OuterRef("pk"), source__in=seen).exclude(source=F("target"))
    lasting = [kind.name for kind in kinds.every() if not kind.dated]
    items = Item.objects.visible_to(person).published().filter(~Exists(leading), parent=None, kind__in=lasting)
    return items.filter(space=space) if space else items


def astray(person: Any, space: Space | None = None) -> LinkQuerySet:
    """Links by an internal address that lead nowhere one may go."""
    seen = Item.objects.visible_to(person).order_by().values("pk")
    known = Name.objects.filter(key=OuterRef("title_key"), item__in=seen)
    links = Link.objects.astray_for(person).filter(Q(title_key="") | ~Exists(known))
    return links.filter(source__space=space) if space else links


def broken_outside(person: Any, space: Space | None = None) -> QuerySet[OutsideLink]:
    """Outside addresses, cited in what one sees, that answer no more or have moved."""
    seen = Item.objects.visible_to(person).order_by().values("pk")
    links = OutsideLink.objects.filter(source__in=seen, outside__health__in=[Health.BROKEN, Health.MOVED])
    return links.filter(source__space=space) if space else links
