"""What people want to hear of: an item, a space, a tag, a person, what a search finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
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
ITSELF = (
    "itself"  # in the place of a kind: what happens to a space, and not what stands in it; of no space, to the house
)
HOUSE = "house"


class Level(models.TextChoices):
    """How much somebody wants to hear of a thing, from all of it to nothing."""

    ALL = "all", _("All of it")
    QUIET = "quiet", _("Without interrupting me")
    PERSONAL = "personal", _("Only what is said to me")
    MUTED = "muted", _("Nothing")


CHOICES = {
    "item": (Level.ALL, Level.PERSONAL, Level.MUTED),
    "space": (Level.ALL, Level.QUIET, Level.MUTED),
    "tag": (Level.ALL, Level.QUIET),
    "author": (Level.ALL, Level.QUIET),
    "search": (Level.ALL, Level.QUIET, Level.MUTED),
    HOUSE: (Level.ALL, Level.MUTED),
}


@dataclass(frozen=True)
class House:
    """All of it: what administrators hear of, where nothing smaller is meant."""

    pk: int = 0

    def __str__(self) -> str:
        return str(settings.COMPANY)

    def get_absolute_url(self) -> str:
        return "/"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Questions about follows; everybody has their own, and nobody reads another's."""

    def of(self, person: Any) -> FollowQuerySet:
        return self.filter(person=person)

    def heard(self) -> FollowQuerySet:
        """Those that bring all that happens."""
        return self.filter(level__in=[Level.ALL, Level.QUIET])

    def hushed(self, spaces: Collection[int | None]) -> set[tuple[int | None, int]]:
        """Who hears nothing of what happens to these spaces themselves, or, for None, to the house: pairs of (space,
        person) by primary key."""
        if not spaces:
            return set()
        named = Q(space__among=[space for space in spaces if space])
        silent = self.filter(named | OF_HOUSE if None in spaces else named, kind=ITSELF, level=Level.MUTED)
        return set(silent.order_by().values_list("space", "person"))

    def less(self, items: Iterable[Item]) -> Mapping[int, dict[int, str]]:
        """Who wants less of these items than they would hear: by item, and person, how much. Who has muted a thing
        has muted what is a part of it."""
        wholes = {item.pk: item.parent_id if item.kind_of.within else None for item in items}
        keys = sorted({*wholes, *(whole for whole in wholes.values() if whole)})
        said: dict[int, dict[int, str]] = defaultdict(dict)
        limited = self.filter(item__among=keys, level__in=[Level.PERSONAL, Level.MUTED])
        for item, person, level in limited.order_by().values_list("item", "person", "level"):
            said[item][person] = level
        for item, whole in wholes.items():
            muted = {person for person, level in said.get(whole or 0, {}).items() if level == Level.MUTED}
            if muted:
                said[item] |= dict.fromkeys(muted, Level.MUTED)
        return said

    def visible_to(self, person: Any) -> FollowQuerySet:
        """A person's own follows of what they may see now."""
        seen = Q(item=None) | Q(item__in=Item.objects.visible_to(person, apart=True).order_by().values("pk"))
        place = Q(space=None) | Q(space__in=Space.objects.visible_to(person).order_by().values("pk"))
        tag = Q(tag=None) | Q(tag__in=Tag.objects.visible_to(person).order_by().values("pk"))
        author = Q(author=None) | Q(author__in=Person.objects.visible_to(person).order_by().values("pk"))
        house = Q() if getattr(person, "is_admin", False) else ~OF_HOUSE
        return self.of(person).filter(seen, place, tag, author, house)  # a search is its owner's alone

    def level_of(self, person: Any, **thing: Any) -> str:
        """How much `person` hears of a thing, "" where they have said nothing and nothing came by itself."""
        return self.exactly(person, **thing).values_list("level", flat=True).first() or ""

    def exactly(self, person: Any, **thing: Any) -> FollowQuerySet:
        """The follow of a thing, named as in `set`, if `person` has one."""
        return self.filter(person=person, **_whole(thing))

    def set(self, person: Any, level: str, **thing: Any) -> None:
        """How much `person` hears of a thing from now on (`item=…`, `space=…` and perhaps `kind`, `tag=…`, `author=…`,
        `search=…`; `kind` alone, of the house).

        No level is no follow, and no search either; one that came by itself stays, so that it does not come again, and
        says what is personal.
        """
        kept = self.exactly(person, **thing)
        if level:
            self.update_or_create(person=person, **_whole(thing), defaults={"level": level})
        elif "search" in thing:
            thing["search"].delete()
        elif not kept.exclude(because=Because.CHOSEN).update(level=Level.PERSONAL if "item" in thing else Level.MUTED):
            kept.delete()


OF_HOUSE = Q(**dict.fromkeys(THINGS), kind=ITSELF)


def _whole(thing: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(THINGS) | {"kind": ""} | thing


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
                    | OF_HOUSE
                ),
                name="signals_follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.of} {self.key}"

    @property
    def thing(self) -> Item | Space | Tag | Person | SavedSearch | House:
        """What is followed."""
        return House() if self.of == HOUSE else getattr(self, self.of)

    def called_by(self, reader: Any) -> str:
        """What its owner calls what is followed."""
        return self.item.kind_of.title_of(self.item, reader) if self.item else str(self.thing)

    @property
    def of(self) -> str:
        """The name of the field that says what is followed; where none does, it is the house."""
        return next((name for name in THINGS if getattr(self, f"{name}_id")), HOUSE)

    @property
    def key(self) -> int:
        """The key of what is followed; 0 of the house."""
        return getattr(self, f"{self.of}_id", 0)

    @property
    def choices(self) -> tuple[Level, ...]:
        """How much of such a thing one can hear; what was silenced beside its reason is heard of again from here."""
        levels = (Level.ALL, Level.MUTED) if self.kind == ITSELF else CHOICES[self.of]
        return levels if self.level in levels else (*levels, Level(self.level))
