"""What people follow, what reached them of it, and their inbox, which has one entry for each thing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, Least, Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.journal import places
from palabre.kit.clock import now
from palabre.people.models import Person
from palabre.search.models import SavedSearch
from palabre.spaces.models import Space
from palabre.tags.models import Tag


class Because(models.TextChoices):
    """How somebody came to follow a thing: by their own choice, or by what they did or were asked."""

    CHOSEN = "chosen", _("you chose to")
    WROTE = "wrote", _("you wrote it")
    COMMENTED = "commented", _("you commented on it")
    MENTIONED = "mentioned", _("you were mentioned in it")
    OWNS = "owns", _("you answer for it")
    JOINED = "joined", _("you joined it")


THINGS = ("item", "space", "tag", "author", "search")


ITSELF = "itself"  # in the place of a kind: what happens to a space, and not what stands in it


class Level(models.TextChoices):
    """How much somebody wants to hear of a thing, from all of it to nothing."""

    ALL = "all", _("All of it")
    QUIET = "quiet", _("In the inbox, without being interrupted")
    PERSONAL = "personal", _("Only what is said to me")
    MUTED = "muted", _("Nothing")


CHOICES = {
    "item": (Level.ALL, Level.PERSONAL, Level.MUTED),
    "space": (Level.ALL, Level.QUIET, Level.MUTED),
    "tag": (Level.ALL, Level.QUIET),
    "author": (Level.ALL, Level.QUIET),
    "search": (Level.ALL, Level.QUIET, Level.MUTED),
}


class FollowQuerySet(models.QuerySet["Follow"]):
    """Questions about follows; everybody has their own, and nobody reads another's."""

    def of(self, person: Any) -> FollowQuerySet:
        return self.filter(person=person)

    def heard(self) -> FollowQuerySet:
        """Those that bring all that happens."""
        return self.filter(level__in=[Level.ALL, Level.QUIET])

    def hushed(self, spaces: Collection[int]) -> set[tuple[int | None, int]]:
        """Who hears nothing of what happens to these spaces themselves: pairs of (space, person) by primary key."""
        if not spaces:
            return set()
        silent = self.filter(space__among=list(spaces), kind=ITSELF, level=Level.MUTED)
        return set(silent.order_by().values_list("space", "person"))

    def visible_to(self, person: Any) -> FollowQuerySet:
        """A person's own follows of what they may see now."""
        seen = Q(item=None) | Q(item__in=Item.objects.visible_to(person, apart=True).order_by().values("pk"))
        place = Q(space=None) | Q(space__in=Space.objects.visible_to(person).order_by().values("pk"))
        tag = Q(tag=None) | Q(tag__in=Tag.objects.visible_to(person).order_by().values("pk"))
        author = Q(author=None) | Q(author__in=Person.objects.visible_to(person).order_by().values("pk"))
        return self.of(person).filter(seen, place, tag, author)  # a search is its owner's alone

    def level_of(self, person: Any, **thing: Any) -> str:
        """How much `person` hears of a thing, "" where they have said nothing and nothing came by itself."""
        return self._exactly(person, **thing).values_list("level", flat=True).first() or ""

    def _exactly(self, person: Any, **thing: Any) -> FollowQuerySet:
        return self.filter(person=person, **(dict.fromkeys(THINGS) | {"kind": ""} | thing))

    def set(self, person: Any, level: str, **thing: Any) -> None:
        """How much `person` hears of a thing from now on (`item=…`, `space=…` and perhaps `kind`, `tag=…`, `author=…`,
        `search=…`).

        No level is no follow, and no search either; one that came by itself stays, so that it does not come again, and
        says what is personal.
        """
        kept = self._exactly(person, **thing)
        if level:
            self.update_or_create(person=person, **({"kind": ""} | thing), defaults={"level": level})
        elif "search" in thing:
            thing["search"].delete()
        elif not kept.exclude(because=Because.CHOSEN).update(level=Level.PERSONAL if "item" in thing else Level.MUTED):
            kept.delete()


class Follow(models.Model):
    """Somebody wants to hear of an item, a space (or one kind in it), a tag, a person, or what a search finds.

    A row with less than all stays, so that no gesture makes it speak again but the person's own: a muted item is silent
    whatever else its events would be heard for.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="followers")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="followers")
    kind = models.CharField(max_length=20, blank=True)
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="followers")
    author = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="followers")
    search = models.ForeignKey(SavedSearch, null=True, on_delete=models.CASCADE, related_name="followers")
    because = models.CharField(max_length=10, choices=Because, default=Because.CHOSEN)
    level = models.CharField(max_length=8, choices=Level, default=Level.ALL)
    since = models.DateTimeField(default=now, db_default=Now())

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item", "space", "kind", "tag", "author", "search"],
                name="signals_followed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=(
                    Q(item__isnull=False, space=None, tag=None, author=None, search=None, kind="")
                    | Q(item=None, space__isnull=False, tag=None, author=None, search=None)
                    | Q(item=None, space=None, tag__isnull=False, author=None, search=None, kind="")
                    | Q(item=None, space=None, tag=None, author__isnull=False, search=None, kind="")
                    | Q(item=None, space=None, tag=None, author=None, search__isnull=False, kind="")
                ),
                name="signals_follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.of} {getattr(self, f'{self.of}_id')}"

    @property
    def thing(self) -> Item | Space | Tag | Person | SavedSearch:
        """What is followed."""
        return getattr(self, self.of)  # type: ignore[no-any-return]

    @property
    def of(self) -> str:
        """The name of the field that says what is followed."""
        return next(name for name in THINGS if getattr(self, f"{name}_id"))

    @property
    def choices(self) -> tuple[Level, ...]:
        """How much of such a thing one can hear; what was silenced beside its reason is heard of again from here."""
        levels = (Level.ALL, Level.MUTED) if self.kind == ITSELF else CHOICES[self.of]
        return levels if self.level in levels else (*levels, Level(self.level))


class Why(models.TextChoices):
    """The thing followed for which a signal came; a role (`journal.concerning`) says it with its own name."""

    ITEM = "follow.item", _("You follow it")
    PERSON = "follow.person", _("You follow %(name)s")
    TAG = "follow.tag", _("You follow #%(name)s")
    SEARCH = "follow.search", _("Your search “%(name)s”")
    KIND = "follow.kind", _("You follow this kind of thing in %(name)s")
    SPACE = "follow.space", _("You follow %(name)s")

    @property
    def sentence(self) -> str | Promise:
        return self.label


class Carried(models.TextChoices):
    """By which way a signal reached its person, beyond standing in their inbox; each by one, once."""

    LIVE = "live", _("You were here when it came")
    PUSH = "push", _("Shown on your devices")
    MAIL = "mail", _("Sent by mail")
    DIGEST = "digest", _("In your digest")
    NONE = "none", _("Only in your inbox")


class Held(models.TextChoices):
    """Why a signal that might have interrupted waits instead."""

    HOURS = "hours", _("Your quiet hours")
    ENOUGH = "enough", _("Enough interruptions for a day")
    SAID = "said", _("You were told of this a moment ago")
    WAY = "way", _("No device of yours, and not said to you")


class SignalQuerySet(models.QuerySet["Signal"]):
    """Questions about signals."""

    def of(self, person: Any) -> SignalQuerySet:
        return self.filter(person=person)

    def waiting(self) -> SignalQuerySet:
        """Those that no way has carried yet."""
        return self.filter(carried="")


class Signal(models.Model):
    """One event reached one person, for one reason: the name of a role, or a `Why` and the follow it came by.

    `loud` may interrupt, and `addressed` is said to them; the rest waits to be looked at. At `due_at` it is decided
    how it is carried; what has no such hour waits for the digest, and `held` says why, if it might have interrupted.

    An event may reach ten thousand people, so each index is paid ten thousand times: there is none that another one
    begins with, and those that begin with the thing come first, since they are written in one place. `space` and `by`
    are what the event says, which nothing checks again for each person.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signals", db_index=False
    )
    event = models.BigIntegerField()
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="signals", db_index=False)
    space = models.ForeignKey(
        Space, null=True, on_delete=models.CASCADE, related_name="signals", db_index=False, db_constraint=False
    )
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    follow = models.ForeignKey(Follow, null=True, on_delete=models.SET_NULL, related_name="+")
    loud = models.BooleanField()
    addressed = models.BooleanField(default=False, db_default=False)
    carried = models.CharField(max_length=6, choices=Carried, blank=True, default="", db_default="")
    carried_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    held = models.CharField(max_length=6, choices=Held, blank=True, default="", db_default="")

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="signals_once")]
        indexes = [
            models.Index(fields=["item", "person", "-event"], name="signals_of_thing"),
            models.Index(
                fields=["person", "-event"],
                condition=Q(addressed=True, item__isnull=False),
                name="signals_said_to",
            ),
            models.Index(fields=["person", "id"], condition=Q(carried=""), name="signals_to_carry"),
            models.Index(fields=["due_at"], condition=Q(carried="", due_at__isnull=False), name="signals_due"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.verb} {self.event}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about the inbox; rights are asked again each time it is read."""

    def of(self, person: Any) -> EntryQuerySet:
        """A person's own entries about what they may see now."""
        # Of each by its key: asked which there are, PostgreSQL would first gather all that its owner may see.
        visible = Item.objects.visible_to(person, apart=True).filter(pk=OuterRef("item")).order_by().values("pk")
        place = Q(item=None, space__in=Space.objects.visible_to(person).order_by().values("pk"))
        place |= Q(item=None, space__in=Space.objects.askable_by(person).order_by().values("pk"))
        house = Q(item=None, space=None) if getattr(person, "is_admin", False) else Q()
        mine = self.alias(visible=Subquery(visible[:1])).filter(person=person)
        return mine.filter(Q(visible__isnull=False) | place | house)

    def waiting(self, moment: datetime | None = None) -> EntryQuerySet:
        """Neither done with nor put off."""
        return self.filter(done_at=None, at__lte=moment or now())

    def put_off(self) -> EntryQuerySet:
        """Those that come back at an hour still to come."""
        return self.filter(done_at=None, at__gt=now())

    def done(self) -> EntryQuerySet:
        return self.filter(done_at__isnull=False)

    def unread(self) -> EntryQuerySet:
        return self.filter(unread=True)

    def see(self, event: int) -> None:
        """Their owner has seen what happened up to `event`, of what there is; what came since goes on waiting."""
        later = Q(event__gt=event)
        given = Value(event, models.BigIntegerField())  # a bare number is cut to four bytes
        self.update(
            seen=Greatest(F("seen"), Least(F("event"), given)),
            unread=Case(When(later, then=F("unread")), default=False),
            loud=Case(When(later, then=F("loud")), default=False),
        )

    def unsee(self) -> None:
        """They are to be read again."""
        self.update(unread=True, loud=True, seen=0)


class Entry(models.Model):
    """What somebody's inbox says of one thing: an item; where an event has none, a space; without one, the house.

    `at` is when it last had something new, or when it comes back after having been put off. `loud` says that
    something unread in it may interrupt.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox", db_index=False)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    space = models.ForeignKey(
        Space, null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    event = models.BigIntegerField()
    at = models.DateTimeField()
    unread = models.BooleanField(default=True)
    loud = models.BooleanField(default=False)
    seen = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(item__isnull=False), name="signals_entry_of_item"
            ),
            models.UniqueConstraint(fields=["person", "space"], condition=Q(item=None), name="signals_entry_of_space"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(item=None, space=None), name="signals_entry_of_house"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], condition=Q(done_at=None), name="signals_inbox"),
            models.Index(fields=["person", "-done_at", "-id"], condition=Q(done_at__isnull=False), name="signals_done"),
            models.Index(
                fields=["person", "space"], condition=Q(unread=True, loud=True, done_at=None), name="signals_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id or self.space_id or 'house'}"


class Place(places.Place):
    """How far the journal has been read for inboxes."""
