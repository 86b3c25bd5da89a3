"""The words of comments, for whoever tells of them."""

from collections.abc import Mapping, Sequence

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.kit.html import strip
from palabre.talk.models import Comment

LONGEST = 280


@quotes("commented")
def of_comments(events: Sequence[Event]) -> Mapping[int, Quote]:
    """How each comment begins, unless it was taken back; as it reads now."""
    numbers = {event.pk: event.particulars.get("comment") for event in events}
    standing = Comment.objects.standing().filter(pk__in={number for number in numbers.values() if number})
    said = {comment.pk: comment for comment in standing.only("pk", "html")}
    return {
        event: Quote(strip(said[number].html)[:LONGEST], said[number].get_absolute_url())
        for event, number in numbers.items()
        if number in said
    }
