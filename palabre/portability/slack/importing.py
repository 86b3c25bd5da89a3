"""Bringing an export of Slack in: each channel and each private talk becomes a conversation of those who were in it.

Nobody is told, dates stay what they were, and a second run brings only what is new: a message is known again by its
channel and its moment. A public channel stays among its members, and those whom the command names besides: whoever ran
the other tool decided who reads there, and nothing is opened to more people by moving house.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from palabre.authoring.rendering import render
from palabre.conversations.models import Conversation, Reading, pair
from palabre.items.models import Item, State
from palabre.kit.progress import Step, progress
from palabre.people.models import Person
from palabre.portability.slack import said
from palabre.portability.slack.export import Channel, Export
from palabre.portability.slack.people import People
from palabre.portability.slack.report import Report
from palabre.portability.slack.shaped import first, moment, values
from palabre.talk.models import LONGEST_TEXT, Comment, Gesture, Reaction

LONGEST_NAME = 120
GESTURES = {
    **dict.fromkeys(("+1", "thumbsup", "ok_hand", "100", "point_up", "heavy_plus_sign"), Gesture.AGREE),
    **dict.fromkeys(("heart", "heart_eyes", "tada", "pray", "bow", "clap", "raised_hands"), Gesture.THANKS),
    **dict.fromkeys(("star", "star2", "fire", "sparkles"), Gesture.THANKS),
    **dict.fromkeys(("eyes", "eye", "white_check_mark", "heavy_check_mark", "ballot_box_with_check"), Gesture.SEEN),
}


def import_slack(root: Path, guests: Iterable[Person] = ()) -> Report:
    """Brings the export in `root`; `guests` take part in what were public channels. Raises NoExport."""
    export = Export.read(root)
    report = Report(people=len(export.users), odd=export.odd)
    people = People(export, report)
    channels = {channel.id: channel.name for channel in export.channels}
    told = {channel.id: export.events(channel) for channel in export.channels}
    report.events = sum(map(len, told.values()))
    for each in (each for events in told.values() for each in events):
        people.introduce(each)
    with progress("Importing messages", report.events) as step:
        for channel in export.channels:
            with transaction.atomic():
                _Run(channel, people, channels, report, step).bring(told[channel.id], list(guests))
    return report


class _Run:
    """One channel on its way in."""

    def __init__(self, channel: Channel, people: People, channels: dict[str, str], report: Report, step: Step) -> None:
        self.channel, self.people, self.channels, self.report, self.step = channel, people, channels, report, step
        self.said: dict[datetime, Comment] = {}
        self.fresh = 0

    def bring(self, events: Sequence[dict[str, Any]], guests: Sequence[Person]) -> None:
        members = [self.people.of(key) for key in self.channel.members]
        if self.channel.kind == "channel":
            members += guests
        speakers = [each["user"] for each in events if each["user"] and said.is_message(each)]
        founders = [key for key in (self.channel.creator, *speakers, *self.channel.members) if key]
        if not founders and not members:
            name = self.channel.name or self.channel.id
            self.report.odd.append(f"{name}: nobody was in it, so nothing of it came in")
            for each in events:
                self._leave_out(each, "nobody was in it")
                self.step(1)
            return
        by = self.people.of(founders[0]) if founders else members[0]
        conversation = self._conversation(by, members or [by])
        self.said = {each.at: each for each in conversation.item.comments.order_by("pk")}
        for each in events:
            self._event(conversation.item, each)
            self.step(1)
        self._finish(conversation, members)

    def _conversation(self, by: Person, members: list[Person]) -> Conversation:
        self.report.conversations += 1
        about = {"slack": self.channel.id, "slack_team": self.people.team}
        known = Conversation.objects.filter(item__extras__contains=about).select_related("item__space").first()
        if known:
            for person in members:
                known.item.space.seat(person, by)
            return known
        self.report.new_conversations += 1
        everybody = {person.pk: person for person in members}
        direct = pair(*everybody) if self.channel.kind == "direct" and len(everybody) == 2 else None
        if direct and Conversation.objects.filter(pair=direct).exists():
            direct = None  # they have written to each other here meanwhile: what is older stands beside it
        name = "" if self.channel.kind in ("direct", "several") else self.channel.name[:LONGEST_NAME]
        made = Conversation.objects.open_part(by, everybody.values(), name, pair=direct, **about)
        made.item.created_at = made.item.published_at = self.channel.created
        made.item.excerpt = self.channel.purpose[:280]
        made.item.state = State.ARCHIVED if self.channel.is_archived else State.PUBLISHED
        return made

    def _event(self, item: Item, event: dict[str, Any]) -> None:
        at = moment(event["ts"])
        if not said.is_message(event):
            self._leave_out(event, event["subtype"] or event["type"])
            return
        if at in self.said:
            self.report.known += 1
            return
        body, files = said.body(event, self.people.handle, self.channels)
        self.report.files_gone += said.gone(event)
        if not body:
            self._leave_out(event, "nothing was said in it")
            return
        by = self._speaker(event)
        if len(body) > LONGEST_TEXT:
            self.report.odd.append(f"{self.channel.name} {event['ts']}: too long for a message, and cut")
        comment = self._say(item, by, body[:LONGEST_TEXT], at, event)
        self.said[at] = comment
        self.fresh += 1
        self.report.messages += 1
        self.report.files += files
        self._react(comment, event)

    def _leave_out(self, event: dict[str, Any], reason: str) -> None:
        self.report.left_out[reason] += 1
        self.report.reactions_left_out += sum(len(values(each, "users")) for each in event["reactions"])

    def _speaker(self, event: dict[str, Any]) -> Person:
        key = first(event["comment"].get("user"), event["user"])
        return self.people.of(key) if key else self.people.robot(event)

    def _say(self, item: Item, by: Person, body: str, at: datetime, event: dict[str, Any]) -> Comment:
        parent = None
        if event["thread_ts"] and event["thread_ts"] != event["ts"]:
            parent = self.said.get(moment(event["thread_ts"]))
            if parent is None:
                place = f"{self.channel.name} {event['ts']}"
                self.report.odd.append(f"{place}: an answer to what did not come in; it stands by itself")
            else:
                self.report.answers += 1
        edited = event["edited"]
        self.report.edited += bool(edited)
        return Comment.objects.create(
            item=item,
            by=by,
            body=body,
            html=render(body, item.language).html,
            at=at,
            parent=parent,
            thread_id=parent.opening if parent else None,
            edited_at=moment(edited["ts"]) if edited and edited["ts"] else at if edited else None,
        )

    def _react(self, comment: Comment, event: dict[str, Any]) -> None:
        made: set[tuple[str, int]] = set()
        told = 0
        for reaction in event["reactions"]:
            name = str(reaction.get("name", "")).partition("::")[0]
            users = [key for key in values(reaction, "users") if isinstance(key, str) and key]
            if name not in GESTURES:
                self.report.gestures[name] += len(users)
                continue
            for key in users:
                made.add((GESTURES[name], self.people.of(key).pk))
                told += 1
        self.report.reactions += len(made)
        self.report.reactions_twice += told - len(made)
        Reaction.objects.bulk_create(
            Reaction(item=comment.item, comment=comment, gesture=gesture, by_id=by, at=comment.at)
            for gesture, by in sorted(made)
        )

    def _finish(self, conversation: Conversation, members: Sequence[Person]) -> None:
        item = conversation.item
        item.extras = item.extras | {"slack_people": self.people.numbers()}
        item.save(update_fields=["extras", "created_at", "published_at", "excerpt", "state"])
        if not self.fresh:
            return
        last = max(comment.pk for comment in self.said.values())
        Reading.objects.bulk_create(
            [Reading(conversation=conversation, person=person, upto=last) for person in {*members}],
            update_conflicts=True,
            unique_fields=["conversation", "person"],
            update_fields=["upto"],
        )
        item.record("messages_brought", None, silent=True, messages=self.fresh)
