"""The words of comments, for whoever tells of them."""

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.kit.html import strip
from palabre.talk.models import Comment

COMMENTS = Rows("comment", lambda: Comment.objects.standing(), {"html": "html"})


@quotes("commented", "comment_edited", rows=COMMENTS)
def of_comment(_event: Event, comment: Row) -> Quote:
    """What it says, unless it was taken back; as it reads now."""
    return Quote(strip(comment["html"]), Comment(pk=comment["pk"]).get_absolute_url(), comment["html"])
