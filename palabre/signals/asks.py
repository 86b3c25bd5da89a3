"""What waits for somebody's answer: where they were named, or asked something, and have said nothing since.

A comment of theirs on the item settles it, and so does being done with it in the inbox.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.items import kinds, seeing
from palabre.items.models import address
from palabre.kit.asks import Ask, asks
from palabre.kit.clock import now
from palabre.kit.queries import Written
from palabre.people.models import Person
from palabre.spaces import homecoming, sight

NAME = "signals"
FACE = ("name", "handle", "side")
LATEST = 60  # signals said to one person that are looked at
MOST = 6
SINCE = timedelta(days=30)  # what nobody answered by then has been answered otherwise

# An answer to what one said is a question when it holds a question mark; being named is one by itself.
_UNANSWERED = """
WITH latest AS (
    SELECT event, item_id, by_id, at, reason FROM signals_signal
    WHERE person_id = %(person)s AND addressed AND item_id IS NOT NULL ORDER BY event DESC LIMIT %(latest)s
), said AS (
    SELECT latest.*, comment.id AS comment, row_number() OVER (PARTITION BY latest.item_id ORDER BY event DESC) AS place
    FROM latest
    JOIN journal_event happened ON happened.id = latest.event
    LEFT JOIN talk_comment comment ON comment.id = (happened.particulars->>'comment')::bigint
    WHERE latest.at > %(signals_since)s AND comment.deleted_at IS NULL AND (
        latest.reason IN ('named', 'mentioned') OR latest.reason = 'answered' AND strpos(comment.body, '?') > 0
    )
)
SELECT item.id AS item, item.kind, item.title, item.language, item.space_id AS space, said.comment, said.reason,
    person.id AS by, person.name, person.handle, person.side, entry.id AS entry
FROM said
JOIN items_item item ON item.id = said.item_id
JOIN signals_entry entry ON entry.person_id = %(person)s AND entry.item_id = item.id
    AND entry.done_at IS NULL AND entry.at <= statement_timestamp()
LEFT JOIN people_person person ON person.id = said.by_id
WHERE said.place = 1 AND item.id IN ({visible}) AND NOT EXISTS (
    SELECT FROM talk_comment mine
    WHERE mine.item_id = item.id AND mine.by_id = %(person)s AND mine.deleted_at IS NULL
        AND (mine.id > said.comment OR said.comment IS NULL AND mine.at > said.at)
)
ORDER BY said.event DESC LIMIT %(most)s
"""


@asks("signals.unanswered", order=10)
def unanswered(request: HttpRequest) -> Iterable[Ask]:
    """The last items in which somebody said something to the reader that waits for an answer."""
    spaces = sight.of(request.user).spaces
    for each in homecoming.told(request.user, NAME) or ():
        reason, comment = each["reason"], each["comment"]
        who = _("%(who)s answered you") if reason == "answered" else _("%(who)s mentioned you")
        yield Ask(
            kind=_("Question for you") if reason == "answered" else _("You are named"),
            icon="message-circle" if comment else kinds.get(each["kind"]).icon,
            title=each["title"],
            address=f"/comments/{comment}/" if comment else address(each["kind"], each["item"], each["title"]),
            button=_("Answer"),
            said=who % {"who": each["name"] or ""},
            face=Person(pk=each["by"], **{name: each[name] for name in FACE}) if each["by"] else None,
            space=spaces[each["space"]],
            language=each["language"],
            done=reverse("signals:done", args=[each["entry"]]),
        )


def _told(_person: Any, _within: Any) -> Written:
    visible, values = seeing.visible_to_asker()
    return Written(_UNANSWERED.format(visible=visible), values | {"latest": LATEST, "most": MOST})


homecoming.tells(NAME, _told, lambda: {"signals_since": now() - SINCE})
