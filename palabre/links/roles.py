"""Who is mentioned in a text."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.items.models import Revision
from palabre.items.within import text_of
from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.links.models import Mention


@role("mentioned", _("%(who)s mentioned you"), rank=10, personal=True)
def mentioned(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Whom a text names when it appears, by itself or within another; and when it is changed, whom it did not name
    before."""
    texts = {event.pk: text_of(event) for event in events}
    rows = Mention.objects.filter(item__in={text for text in texts.values() if text}, person__left_at=None)
    named: dict[int, list[tuple[int, str]]] = {}
    for item, person, handle in rows.values_list("item", "person", "person__handle"):
        named.setdefault(item, []).append((person, handle))
    before = _before(events)
    return [
        (event.pk, person)
        for event in events
        for person, handle in named.get(texts[event.pk] or 0, ())
        if not re.search(rf"@{re.escape(handle)}\b", before.get(event.pk, ""), re.IGNORECASE)
    ]


def _before(events: Sequence[Event]) -> dict[int, str]:
    """The texts that stood before these changes, by event; nothing for what has just appeared."""
    wanted = {
        (event.item, event.particulars["version"] - 1): event.pk for event in events if "version" in event.particulars
    }
    if not wanted:
        return {}
    rows = Revision.objects.filter(item__in={item for item, _ in wanted}, number__in={number for _, number in wanted})
    return {
        wanted[key]: body
        for *key_, body in rows.values_list("item", "number", "body")
        if (key := tuple(key_)) in wanted
    }
