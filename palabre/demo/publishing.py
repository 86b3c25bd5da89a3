"""The stories of the demo world, published: one batch for each storey of the tree, then all that time brought to them.

Their earlier versions, files, links and confirmations are each dated back to their day.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from palabre.authoring.files.keeping import attach
from palabre.authoring.models import Trust
from palabre.authoring.writing import Text, clean, publish_all
from palabre.bookmarks import addresses
from palabre.bookmarks.models import Saver, Status
from palabre.demo.drawings import DRAWINGS
from palabre.demo.stories import Story, moment
from palabre.items.models import Item, Revision, State
from palabre.journal.models import Event
from palabre.journal.recording import event, record_many
from palabre.links.models import Link, Type
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.tags.models import Tagging


class Publishing:
    """Told of `present`, the moment from which every story counts its days; `items` are those published, by key."""

    def __init__(self, people: Mapping[str, Person], spaces: Mapping[str, Space], present: datetime) -> None:
        self.people, self.spaces, self.present = people, spaces, present
        self.told: list[Story] = []
        self.items: dict[str, Item] = {}

    def tell(self, told: list[Story]) -> None:
        self.told = told
        for storey in _storeys(told):
            self._publish(storey)
        self._keep_versions()
        self._date_events()
        self._attach_files()
        self._confirm()
        self._link()
        self._keep_bookmarks()

    def _when(self, ago: float, key: str = "") -> datetime:
        return moment(self.present, ago, key)

    def _publish(self, storey: list[Story]) -> None:
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
            for story in storey
        ]
        for story, item in zip(storey, publish_all(texts, self.people["marc"]), strict=True):
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
            "description": story.says,
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
