"""What signals show on pages of others: the way to the inbox with its count, and how much one hears of a thing."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat, JSONObject, Now
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.items import doors, kinds, silence
from palabre.items.models import READABLE, Item
from palabre.journal.models import Event
from palabre.kit import live, navigation
from palabre.kit.clock import now
from palabre.kit.navigation import MOST, Place
from palabre.kit.panels import Panel, offer
from palabre.people.attention import A_DAY
from palabre.people.models import Person
from palabre.signals import searches
from palabre.signals.lines import LONG
from palabre.signals.models import CHOICES, Carried, Entry, Follow, House, Level, Signal
from palabre.signals.things import called
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.tags.models import Tag

HELD, HELD_SIGNALS, REMEMBERED = 30, 120, timedelta(days=7)


def _unread(person: Any, within: sight.Within) -> Any:
    """How many entries of what is read wait unread and may interrupt; counted no further than is shown."""
    # Of each by its key, so that PostgreSQL stops at the last that is counted; an item may just have been moved.
    there = Item.objects.filter(pk=OuterRef("item"), space=OuterRef("space"), state__in=READABLE).values("pk")
    mine = Entry.objects.alias(there=Subquery(there[:1])).filter(
        Q(item=None) | Q(there__isnull=False),
        within("space"),
        person=person,
        unread=True,
        loud=True,
        done_at=None,
        at__lte=Now(),
    )
    return sight.number_of(mine.order_by(), MOST + 1)


def _of_house(person: Any, _within: Any) -> Any:
    """1 where something about the whole house waits unread for who runs it, or something that was said to them."""
    mine = Entry.objects.filter(
        Q(person__is_admin=True) | Exists(Signal.objects.newest_said()),
        person=person, item=None, space=None, unread=True, loud=True, done_at=None, at__lte=Now(),
    )  # fmt: skip
    return Subquery(mine.order_by().values(one=Value(1))[:1])


def unread(request: HttpRequest) -> int:
    """How many things wait in the reader's inbox; it came with their sight."""
    counted = sight.of(request.user).counted
    return (counted.get("unread") or 0) + (counted.get("of_house") or 0)


def _followed(person: Any) -> Any:
    mine = Follow.objects.filter(person=person, item=OuterRef("pk"))
    return Subquery(mine.values(told=JSONObject(level="level", because="because"))[:1])


def _waiting(person: Any) -> Any:
    mine = Entry.objects.filter(person=person, item=OuterRef("pk"), unread=True)
    return Subquery(mine.values(told=JSONObject(pk="pk", event="event"))[:1])


def _waiting_within(person: Any) -> Any:
    """The same of its parts, which stand on its page."""
    parts = kinds.parts()
    inner = [name for names in parts.values() for name in names]
    of = ExpressionWrapper(OuterRef("kind"), CharField())  # that a kind has none is known before any is looked for
    mine = Entry.objects.alias(of=of).filter(
        of__in=list(parts), person=person, unread=True, item__parent=OuterRef("pk"), item__kind__in=inner
    )
    return ArraySubquery(mine.order_by().values(told=JSONObject(pk="pk", event="event")))


@silence.says
def _muted(person: Any) -> Any:
    return Follow.objects.filter(person=person, item__isnull=False, level=Level.MUTED)


def _levels(person: Any, _within: Any) -> sight.Numbers:
    """How much is heard of each space."""
    mine = Follow.objects.filter(person=person, item=None)  # which the index tells; items are many
    mine = mine.filter(space__isnull=False, kind="")
    number = Case(*(When(level=level, then=index) for index, level in enumerate(Level.values, 1)))
    return sight.Numbers(mine.order_by().values_list("space", number))


def _last_event(_person: Any) -> Any:
    """The place in the journal of the last that happened to an item: an open page is told what comes after it."""
    # The sum keeps PostgreSQL from going through the last events of the house until one is of the item.
    events = Event.objects.filter(item=OuterRef("pk")).order_by((F("pk") + 0).desc())
    return Subquery(events.values(place=Concat("xid", Value("-"), "pk", output_field=CharField()))[:1])


def _followed_by(person: Any) -> Mapping[str, int]:
    return sight.of(person).counted["followed"] or {}


def choice(person: Any, thing: str, found: Any, *, kind: str = "", **about: Any) -> dict[str, Any]:
    """How much `person` hears of a thing, or of one kind in a space, and what else there is to choose; `about` names it
    as `Follow` does."""
    kept = Follow.objects.exactly(person, kind=kind, **about).first()
    chosen = _choice(thing, found, kept.level if kept else "", kept.get_because_display() if kept else "")
    return chosen | ({"kind": kind, "of_kind": called(kind)} if kind else {})


def _choice(thing: str, found: Any, level: str, because: Any) -> dict[str, Any]:
    heard = level in (Level.ALL, Level.QUIET)
    return {
        "thing": thing,
        "about": found,
        "apart": thing == "item" and found.kind_of.apart,
        "level": level,
        "heard": heard,
        "because": because if heard else "",
        "levels": CHOICES[thing],
    }


def of_item(request: HttpRequest, item: Item, **_context: Any) -> dict[str, Any] | None:
    """The follow that the door brought along. Whoever opens the page has seen what waited for them."""
    if not request.user.is_authenticated or not item.is_readable:
        return None
    waiting = [getattr(item, "waiting_entry", None), *(getattr(item, "waiting_within", None) or ())]
    if shown := {each["pk"]: each["event"] for each in waiting if each}:
        Entry.objects.see_each(shown)
        live.waits_anew(request.user.pk)
    kept = getattr(item, "followed", None) or {}
    because = Follow(because=kept["because"]).get_because_display() if kept else ""
    return _choice("item", item, kept.get("level", ""), because) | {"after": getattr(item, "last_event", None) or ""}


def news(request: HttpRequest) -> dict[str, Any] | None:
    """Where the browser hears what concerns the open page."""
    if not request.user.is_authenticated:
        return None
    return {"address": f"{live.address(request)}/news/" if settings.STREAMS else ""}


def of_space(request: HttpRequest, space: Space, **_context: Any) -> dict[str, Any] | None:
    """The level that the reader's sight brought along."""
    if not request.user.is_authenticated:
        return None
    number = _followed_by(request.user).get(str(space.pk))
    return _choice("space", space, Level.values[number - 1] if number else "", "")


def of_kind(request: HttpRequest, space: Space, kind: str, **_context: Any) -> dict[str, Any] | None:
    return choice(request.user, "space", space, space=space, kind=kind) if request.user.is_authenticated else None


def saving(request: HttpRequest, text: str, answer: Any, **_context: Any) -> dict[str, Any] | None:
    """To keep the search at hand, or what the reader hears of it; where nothing is sought, those that they keep."""
    if not request.user.is_authenticated:
        return None
    if not answer.asked.empty:
        kept = [each["pk"] for each in answer.beside.get(searches.KEPT, ())]
        if kept and (follow := Follow.objects.filter(pk__in=kept).select_related("search").first()):
            return {"follow": follow}
        ticked = [(name, value) for name in searches.TICKED for value in request.GET.getlist(name)]
        return {"ticked": ticked, "levels": CHOICES["search"][:2]}
    mine = Follow.objects.filter(person=request.user, search__isnull=False).select_related("search")
    return {"kept": list(mine.order_by("-since", "-pk"))}


def of_tag(request: HttpRequest, tag: Tag, **_context: Any) -> dict[str, Any] | None:
    return choice(request.user, "tag", tag, tag=tag) if request.user.is_authenticated else None


def of_person(request: HttpRequest, person: Person, **_context: Any) -> dict[str, Any] | None:
    if not request.user.is_authenticated or person.pk == request.user.pk or person.left_at:
        return None
    return choice(request.user, "author", person, author=person)


def held(request: HttpRequest, **_context: Any) -> dict[str, Any]:
    """What interrupted the reader today, and what was held back from them of late, and why: thing by thing, the newest
    first."""
    person = request.user
    about = Q(item__in=Item.objects.visible_to(person, apart=True).order_by().values("pk"))
    about |= Q(item=None, space__in=Space.objects.visible_to(person).order_by().values("pk"))
    if getattr(person, "is_admin", False):
        about |= Q(item=None, space=None)
    sent = Q(carried__in=[Carried.PUSH, Carried.MAIL], carried_at__gt=now() - A_DAY)
    kept = ~Q(held="") & Q(at__gt=now() - REMEMBERED)
    mine = Signal.objects.of(person).filter(about, sent | kept).order_by("-event")
    things: dict[str, dict[Any, list[Signal]]] = {"held": {}, "sent": {}}
    for signal in mine.select_related("item", "space").defer(*LONG)[:HELD_SIGNALS]:
        thing = (signal.item_id, None if signal.item_id else signal.space_id)
        things["held" if signal.held else "sent"].setdefault(thing, []).append(signal)
    return {name: [_told(some, person) for some in [*found.values()][:HELD]] for name, found in things.items()}


def _told(signals: Sequence[Signal], person: Any) -> dict[str, Any]:
    """What interrupted with one thing, or was held back of it, the newest first: where it stands, how much it was, why,
    until when, what became of it."""
    newest = signals[0]
    thing = newest.item or newest.space or House()
    return {
        "title": newest.item.kind_of.title_of(newest.item, person) if newest.item else str(thing),
        "address": thing.get_absolute_url(),
        "icon": newest.item.kind_of.icon if newest.item else "layers" if newest.space else "building-2",
        "language": newest.item.language if newest.item else "",
        "number": len(signals),
        "why": list(dict.fromkeys(signal.get_held_display() for signal in signals if signal.held)),
        "at": newest.at if newest.held else newest.carried_at,
        "until": newest.due_at,
        "carried": newest.get_carried_display() if newest.carried else "",
    }


sight.counts("unread", _unread)
sight.counts("of_house", _of_house)
sight.counts("followed", _levels)
doors.brings("followed", _followed)
doors.brings("waiting_entry", _waiting)
doors.brings("waiting_within", _waiting_within)
doors.brings("last_event", _last_event)
navigation.offer(
    Place(
        "inbox",
        _("Inbox"),
        "inbox",
        "signals:inbox",
        order=20,
        bar=True,
        key="i",
        shown=navigation.signed_in,
        count=unread,
    )
)
navigation.offer(
    Place("following", _("What I follow"), "bell", "signals:follows", part="me", order=20, shown=navigation.signed_in)
)
CHOICE = "signals/panels/choice.html"
offer(Panel("item.actions", "signals.choice", CHOICE, of_item, order=20))
offer(Panel("space.actions", "signals.choice", CHOICE, of_space))
offer(Panel("space.kind", "signals.choice", CHOICE, of_kind, queries=1))
offer(Panel("search.keeping", "signals.saving", "signals/panels/saving.html", saving, queries=1))
offer(Panel("tag.actions", "signals.choice", CHOICE, of_tag, queries=1))
offer(Panel("frame.end", "signals.news", "signals/panels/news.html", news, kept=True))
offer(Panel("person.actions", "signals.choice", CHOICE, of_person, queries=1))
offer(Panel("account.attention", "signals.held", "signals/panels/held.html", held, queries=1))
