"""What is said is rendered anew with the texts it is said of."""

from palabre.authoring.rendering import render
from palabre.authoring.renewal import renews
from palabre.talk.models import Comment


@renews("comments")
def said_anew(after: int, at_most: int) -> int:
    """Comments above this number; nobody is told."""
    held = Comment.objects.select_for_update(of=("self",), no_key=True).select_related("item")
    comments = list(held.filter(pk__gt=after).order_by("pk")[:at_most])
    changed = []
    for comment in comments:
        html = render(comment.body, comment.item.language).html
        if html != comment.html:
            comment.html = html
            changed.append(comment)
    Comment.objects.bulk_update(changed, ["html"])
    return comments[-1].pk if comments else 0
