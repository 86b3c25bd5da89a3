"""Building the demo world: the cast, then all they wrote, through the same doors as everybody, dated back.

Everything happened on a day of the last eighteen months, counted from now.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from palabre.authoring.models import Draft, Template
from palabre.authoring.writing import clean
from palabre.demo import cast, stories
from palabre.demo.aiming import Aiming
from palabre.demo.asking import Asking
from palabre.demo.campaigning import Campaigning
from palabre.demo.cast import Cast
from palabre.demo.chapters import Chapter
from palabre.demo.consulting import Consulting
from palabre.demo.conversing import Conversing
from palabre.demo.deciding import Deciding
from palabre.demo.following import Following
from palabre.demo.hooking import Hooking
from palabre.demo.offering import Offering
from palabre.demo.promising import Promising
from palabre.demo.publishing import Publishing
from palabre.demo.remarking import Remarking
from palabre.demo.ruling import Ruling
from palabre.demo.stories import Story
from palabre.demo.wishing import Wishing
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.journal.recording import event
from palabre.kit.clock import now
from palabre.people.invitations import invite
from palabre.people.models import Person, Side
from palabre.search.models import Missing
from palabre.spaces.models import Placement, Request, Role

BEGAN = 560  # days ago: before the first story
LAST_HERE = timedelta(hours=20)  # ago, so that whoever looks sees what is new since
SOUGHT = ("carte des zones blanches", "solar battery theft insurance", "formulaire F-17", "formulaire F-17")
CHAPTERS: tuple[type[Chapter], ...] = (
    Wishing, Campaigning, Consulting, Promising, Offering, Ruling, Aiming,
)  # fmt: skip
INVITED = "maimouna@fibreplus.example"


@transaction.atomic
def build() -> Cast:
    """The whole world in an instance without people; of one that stands already, only what is missing."""
    company = cast.find() if cast.stands() else cast.build()
    if not Item.objects.filter(extras__has_key="story").exists():
        _World(company, stories.read(), now()).build()
    return company


class _World:
    """One building of it; `present` is the moment from which every story counts its days."""

    def __init__(self, company: Cast, told: list[Story], present: datetime) -> None:
        self.people, self.spaces, self.present = company.people, company.spaces, present
        self.organisations = company.organisations
        self.told = told

    def build(self) -> None:
        self._date_the_cast()
        published = Publishing(self.people, self.spaces, self.present)
        published.tell(self.told)
        Remarking(self.people, published.items, self._when).tell(self.told)
        self._leave_open()
        Asking(self.people, self.spaces, self._when).tell()
        Deciding(self.people, self.spaces, self._when, organisations=self.organisations).tell()
        for chapter in CHAPTERS:
            chapter(self.people, self.spaces, self._when).tell()
        Conversing(self.people, published.items, self._when).tell()
        Hooking(self.people, self.spaces, self._when).tell()
        Following(self.people, self.spaces, published.items, self._when).tell()

    def _when(self, ago: float, key: str = "") -> datetime:
        return stories.moment(self.present, ago, key)

    def _date_the_cast(self) -> None:
        began = self._when(BEGAN)
        Person.objects.filter(pk__in=[person.pk for person in self.people.values()]).update(joined_at=began)
        Person.objects.with_account().update(here_at=self.present - LAST_HERE)
        Person.objects.filter(pk=self.people["bineta"].pk).update(left_at=self._when(335))
        for space in self.spaces.values():
            space.created_at = began
            space.save(update_fields=["created_at"])
            space.memberships.update(since=began)
        foundations = list(self._foundations())
        for each in foundations:
            each.at = began
        Event.objects.bulk_create(foundations)

    def _foundations(self) -> Iterator[Event]:
        """What the journal of rights of each space tells of its beginning."""
        founder = self.people["tom"]
        for space in self.spaces.values():
            yield event("space_created", founder, space=space, audience=space.audience, name=space.name)
            for member in space.memberships.order_by("pk"):
                yield event("member_added", founder, space=space, person=member.person_id, role=member.role)

    def _leave_open(self) -> None:
        """What waits for somebody: a request, an invitation, a draft; and the texts people start from."""
        people, spaces = self.people, self.spaces
        Request.objects.create(
            space=spaces["reseau"],
            person=people["grace"],
            role=Role.READER,
            words="Our ring in Serekunda has the layout you describe; I would like to read your review of it.",
            asked_at=self._when(2, "grace"),
        )
        invitation, _link = invite(
            people["marc"],
            INVITED,
            side=Side.PARTNER,
            organisation=people["tidiane"].organisation,
            name="Maïmouna Sané-Costa",
        )
        Placement.objects.create(invitation=invitation, space=spaces["installateurs"], role=Role.CONTRIBUTOR)
        Draft.objects.create(
            person=people["awa"],
            kind="page",
            space=spaces["maison"],
            title="Lire un plan sans réseau",
            body="Trois façons d’emporter les plans sur un chantier où le téléphone ne capte pas.\n",
            updated_at=self._when(0.2),
        )
        for words in SOUGHT:
            Missing.note(words)
        Template.objects.bulk_create(
            Template(
                space=spaces[story.space],
                name=story.title[:80],
                title=story.title,
                body=clean(story.body),
                by=people[story.author],
            )
            for story in self.told
            if story.template
        )
