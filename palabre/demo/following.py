"""What people of the demo world follow, and what reached them of it in the last weeks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from palabre.home.models import Trend
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.search.models import SavedSearch
from palabre.signals import filling
from palabre.signals.models import Because, Entry, Follow, Level
from palabre.spaces.models import Membership, Space
from palabre.tags.keys import key_of
from palabre.tags.models import Tag

FOLLOWED = {  # by whom: a tag, a person
    "awa": ("coupures", "coumba"),
    "marc": ("clients", "nadia"),
    "nadia": ("délais", "lea"),
    "coumba": ("débit", "awa"),
    "grace": ("roaming", "binta"),
    "tidiane": ("raccordement", "koffi"),
    "ines": ("créneaux", "ousmane"),
    "tom": ("accueil", "marc"),
    "diego": ("terrain", "marc"),
}
SAVED: tuple[tuple[str, str, str, dict[str, list[str]]], ...] = (  # by whom: a name, a query, what is ticked
    ("awa", "Les délais de raccordement", "délai raccordement", {}),
    ("marc", "Ce que disent les clients", "clients", {"kind": ["post"]}),
    ("grace", "Roaming", "roaming", {}),
)
OF_A_KIND = (("grace", "le-fil", "post"), ("nadia", "maison", "page"))
HEARD, READ, DONE = 60, 4, 20  # days ago


@dataclass(frozen=True)
class Following:
    """Tells it all, dated back; what is older than some days they have read."""

    people: Mapping[str, Person]
    spaces: Mapping[str, Space]
    items: Mapping[str, Item]
    when: Callable[..., datetime]

    def tell(self) -> None:
        self._follow()
        self._hear()

    def _follow(self) -> None:
        joined = Membership.objects.filter(person__in=Person.objects.with_account(), space__nameless=False).order_by(
            "pk"
        )
        Follow.objects.bulk_create(
            Follow(person_id=person, space_id=space, because=Because.JOINED, level=Level.QUIET, since=since)
            for person, space, since in joined.values_list("person", "space", "since")
        )
        tags = Tag.objects.in_bulk([key_of(name) for name, _ in FOLLOWED.values()], field_name="key")
        Follow.objects.bulk_create(
            follow
            for key, (tag, author) in FOLLOWED.items()
            for follow in (
                Follow(person=self.people[key], tag=tags[key_of(tag)], since=self.when(40, key)),
                Follow(person=self.people[key], author=self.people[author], since=self.when(30, key)),
            )
        )
        for key, name, text, choice in SAVED:
            search = SavedSearch.objects.create(
                person=self.people[key], name=name, text=text, choice=choice, created_at=self.when(30, key)
            )
            Follow.objects.create(person=self.people[key], search=search, since=search.created_at)
        for key, space, kind in OF_A_KIND:
            Follow.objects.create(
                person=self.people[key], space=self.spaces[space], kind=kind, since=self.when(25, key)
            )

    def _hear(self) -> None:
        written = Item.objects.filter(pk=OuterRef("item"))
        just_now = Event.objects.filter(item__in=[item.pk for item in self.items.values()], at__gte=self.when(0))
        just_now.update(at=Subquery(written.values("updated_at")))
        filling.tell(list(Event.objects.filter(at__gt=self.when(HEARD)).order_by("at", "pk")))
        read = Entry.objects.filter(at__lt=self.when(READ))
        read.update(unread=False, loud=False, seen=F("event"))
        read.filter(at__lt=self.when(DONE)).update(done_at=F("at") + timedelta(days=1))
        Trend.compute()
