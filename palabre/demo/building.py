"""Building the demo world: the cast, then all they wrote, through the same doors as everybody, dated back.

Texts enter by `publish_all`, in one batch for each storey of the tree; their earlier versions, comments, gestures,
links and confirmations follow. Everything happened on a day of the last eighteen months, counted from now.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from palabre.authoring.files.keeping import attach
from palabre.authoring.models import Draft, Template, Trust
from palabre.authoring.writing import Text, clean, publish_all
from palabre.bookmarks import addresses
from palabre.bookmarks.models import Saver, Status
from palabre.demo import cast, stories
from palabre.demo.aiming import Aiming
from palabre.demo.asking import Asking
from palabre.demo.campaigning import Campaigning
from palabre.demo.cast import Cast
from palabre.demo.chapters import Chapter
from palabre.demo.consulting import Consulting
from palabre.demo.conversing import Conversing
from palabre.demo.deciding import Deciding
from palabre.demo.drawings import DRAWINGS
from palabre.demo.following import Following
from palabre.demo.hooking import Hooking
from palabre.demo.offering import Offering
from palabre.demo.promising import Promising
from palabre.demo.remarking import Remarking
from palabre.demo.ruling import Ruling
from palabre.demo.stories import Story
from palabre.demo.wishing import Wishing
from palabre.items.models import Item, Revision, State
from palabre.journal.models import Event
from palabre.journal.recording import event, record_many
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.people.invitations import invite
from palabre.people.models import Person, Side
from palabre.search.models import Missing
from palabre.spaces.models import Placement, Request, Role
from palabre.tags.models import Tagging

BEGAN = 560  # days ago: before the first story
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
        self.items: dict[str, Item] = {}

    def build(self) -> None:
        self._date_the_cast()
        for storey in _storeys(self.told):
            self._publish(storey)
        self._keep_versions()
        self._date_events()
        self._attach_files()
        self._confirm()
        self._link()
        self._keep_bookmarks()
        Remarking(self.people, self.items, self._when).tell(self.told)
        self._leave_open()
        Asking(self.people, self.spaces, self._when).tell()
        Deciding(self.people, self.spaces, self._when, organisations=self.organisations).tell()
        for chapter in CHAPTERS:
            chapter(self.people, self.spaces, self._when).tell()
        Conversing(self.people, self.items, self._when).tell()
        Hooking(self.people, self.spaces, self._when).tell()
        Following(self.people, self.spaces, self.items, self._when).tell()

    def _when(self, ago: float, key: str = "") -> datetime:
        return stories.moment(self.present, ago, key)

    def _date_the_cast(self) -> None:
        began = self._when(BEGAN)
        Person.objects.filter(pk__in=[person.pk for person in self.people.values()]).update(joined_at=began)
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

    def _publish(self, told: list[Story]) -> None:
        texts = [
            Text(
                story.kind,
                self.spaces[story.space],
                self.people[story.author],
                story.title,
                story.body,
                parent=self.items.get(story.parent),
                tags=story.tags,
                state=story.state,
                at=self._at(story),
                names=story.aliases,
                facet=self._facet(story),
                fields=self._fields(story),
            )
            for story in told
        ]
        for story, item in zip(told, publish_all(texts, self.people["marc"]), strict=True):
            self.items[story.key] = item

    def _at(self, story: Story) -> datetime:
        if story.state == State.SCHEDULED:
            return (self.present + timedelta(days=story.due)).replace(hour=7, minute=0, second=0, microsecond=0)
        return self._when(story.ago, story.key)

    def _fields(self, story: Story) -> dict[str, Any]:
        last = story.versions[-1]
        return {
            "version": len(story.versions),
            "created_at": self._when(story.ago, story.key),
            "updated_at": self._when(last.ago, story.key),
            "owner": self.people[story.author] if story.verified else None,
            "extras": {"story": story.key},
        }

    def _facet(self, story: Story) -> dict[str, Any]:
        if story.kind != "bookmark":
            return {}
        return {
            "address": story.address,
            "canonical": addresses.canonical(story.address),
            "status": Status.READ,  # nothing of the demo goes to the outside by itself
            "fetched_at": self._when(story.ago, story.key),
            "site_name": addresses.site(story.address),
            "description": " ".join(story.body.split())[:600],
        }

    def _keep_versions(self) -> None:
        grown = [story for story in self.told if len(story.versions) > 1]
        Revision.objects.filter(item__in=[self.items[story.key] for story in grown]).delete()
        Revision.objects.bulk_create(
            Revision(
                item=self.items[story.key],
                number=number,
                title=story.title,
                body=clean(version.body),
                by=self.people[version.by],
                at=self._when(version.ago, story.key),
                note=version.note,
            )
            for story in grown
            for number, version in enumerate(story.versions, start=1)
        )
        self._record(
            (self._when(version.ago, story.key), "edited", version.by, story.key, {"version": number})
            for story in grown
            for number, version in enumerate(story.versions[1:], start=2)
        )
        self._record(
            (self._when(story.ago / 2, story.key), story.state, story.author, story.key, {})
            for story in self.told
            if story.state in (State.ARCHIVED, State.TRASHED)
        )

    def _date_events(self) -> None:
        """What the doors recorded just now happened when its item was written."""
        written = Item.objects.filter(pk=OuterRef("item"))
        Tagging.objects.filter(item__in=self.items.values()).update(at=Subquery(written.values("created_at")))
        Event.objects.filter(
            item__in=[item.pk for item in self.items.values()], verb__in=("published", "scheduled", "tagged")
        ).update(at=Subquery(written.values("created_at")))

    def _attach_files(self) -> None:
        for story in self.told:
            if story.file:
                drawing, item = DRAWINGS[story.file], self.items[story.key]
                file = attach(item, self.people[story.author], drawing.name, [drawing.make()])
                type(file)._default_manager.filter(pk=file.pk).update(at=self._when(story.ago, story.key))

    def _confirm(self) -> None:
        """What is verified until a day, what that day has passed for, and what somebody doubts."""
        Trust.objects.bulk_create(
            Trust(
                item=self.items[story.key],
                verified_by=self.people[story.verified["by"]],
                verified_at=self._when(story.verified["ago"], story.key),
                verified_until=(self.present + timedelta(days=story.verified["until"])).date(),
                reported_by=self.people[story.outdated["by"]] if story.outdated else None,
                reported_at=self._when(story.outdated["ago"], story.key) if story.outdated else None,
                report=story.outdated.get("note", ""),
            )
            for story in self.told
            if story.verified
        )

    def _link(self) -> None:
        for story in self.told:
            author = self.people[story.author]
            for link in story.links:
                if link["to"] in self.items:
                    Link.tie(self.items[story.key], Type(link["type"]), self.items[link["to"]], author)
            if story.superseded_by:
                Link.tie(self.items[story.superseded_by], Type.SUPERSEDES, self.items[story.key], self.people["marc"])
        for story in self.told:
            Link.objects.filter(source=self.items[story.key]).update(at=self._when(story.ago, story.key))

    def _keep_bookmarks(self) -> None:
        """Who else kept an address, and why."""
        Saver.objects.bulk_create(
            Saver(
                bookmark_id=self.items[story.key].pk,
                person=self.people[saver["by"]],
                note=saver.get("note", ""),
                at=self._when(story.ago * 0.8, saver["by"]),
            )
            for story in self.told
            if story.kind == "bookmark"
            for saver in ({"by": story.author}, *story.savers)
        )

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

    def _record(self, happened: Iterable[tuple[datetime, str, str, str, dict[str, Any]]]) -> None:
        events = []
        for when, verb, by, key, particulars in sorted(happened, key=lambda each: each[0]):
            item = self.items[key]
            told = event(verb, self.people[by], item=item, space=item.space_id, **particulars)
            told.at = when
            events.append(told)
        record_many(events)


def _storeys(told: list[Story]) -> Iterator[list[Story]]:
    """Stories whose parents have been told, storey by storey."""
    known: set[str] = {""}
    rest = told
    while rest:
        storey = [story for story in rest if story.parent in known]
        yield storey
        known |= {story.key for story in storey}
        rest = [story for story in rest if story.key not in known]
