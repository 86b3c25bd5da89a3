"""One's conversations as rows: who takes part, how the last message begins, whether something in it is new."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from palabre.conversations.models import Conversation, Reading
from palabre.items import silence
from palabre.kit import paging
from palabre.kit.html import strip
from palabre.people.models import Person
from palabre.spaces.models import Membership
from palabre.talk.models import Comment

SIZE = 30
PREVIEW = 140


@dataclass
class Line:
    """One conversation in the list."""

    conversation: Conversation
    title: str
    others: list[Person]
    said: Comment | None
    preview: str
    unread: bool
    typed: bool
    muted: bool


def listed(request: HttpRequest) -> dict[str, Any]:
    """The page of conversations that `?after=` names: five queries, however many there are."""
    reader: Any = request.user
    mine = Reading.objects.filter(person=reader.pk)
    found = Conversation.objects.visible_to(reader).going_on().latest_first().select_related("item")
    found = found.defer("item__body", "item__html", "item__outline").annotate(muted=silence.of(reader.pk))
    page = paging.page(found, request, ("-moved", "-item_id"), SIZE)
    parts = [each.pk for each in page.rows]
    said = {c.pk: c for c in Comment.objects.select_related("by").filter(pk__in=[each.last for each in page.rows])}
    readings = {each.conversation_id: each for each in mine.filter(conversation__in=parts)}
    people: dict[int, list[Person]] = {each.item.space_id: [] for each in page.rows}
    for part in (
        Membership.objects.filter(space__in=people).select_related("person__organisation").order_by("since", "pk")
    ):
        if part.person_id != reader.pk:
            people[part.space_id].append(part.person)
    lines = [
        _line(each, people[each.item.space_id], said.get(each.last), readings.get(each.pk), reader)
        for each in page.rows
    ]
    return {"lines": lines, "page": page}


def _line(conversation: Any, others: list[Person], said: Comment | None, reading: Reading | None, reader: Any) -> Line:
    named = conversation.named or not others
    upto = reading.upto if reading else 0
    return Line(
        conversation,
        conversation.item.title if named else ", ".join(person.name for person in others),
        others,
        said,
        " ".join(strip(said.html).split())[:PREVIEW] if said else "",
        bool(said and said.pk > upto and said.by_id != reader.pk) and not conversation.muted,
        bool(reading and reading.typed),
        conversation.muted,
    )
