"""The way in to a comment: one may read its item, or it does not exist."""

from django.http import Http404, HttpRequest

from palabre.items.doors import item_or_404
from palabre.talk.models import Comment


def comment_or_404(request: HttpRequest, pk: int) -> Comment:
    """The comment, with its item and its author, if the reader may see the item."""
    comment = Comment.objects.select_related("by", "by__organisation", "thread", "deleted_by").filter(pk=pk).first()
    if comment is None:
        raise Http404
    comment.item = item_or_404(request, comment.item_id, apart=True)
    return comment
