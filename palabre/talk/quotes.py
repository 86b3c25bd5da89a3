"""The words of comments, for whoever tells of them."""

from collections.abc import Mapping, Sequence

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.kit.html import beginning, strip
from palabre.talk.models import Comment

LONGEST = 280  # characters in a list


@quotes("commented", "comment_edited")
def of_comments(events: Sequence[Event]) -> Mapping[int, Quote]:
    """What each comment says, unless it was taken back; as it reads now."""
    numbers = {event.pk: event.particulars.get("comment") for event in events}
    standing = Comment.objects.standing().filter(pk__in={number for number in numbers.values() if number})
    said = {comment.pk: _quote(comment) for comment in standing.only("pk", "html")}
    return {event: said[number] for event, number in numbers.items() if number in said}


def _quote(comment: Comment) -> Quote:
    return Quote(beginning(strip(comment.html), LONGEST), comment.get_absolute_url(), comment.html)
