"""The way in to an entry of an inbox: it is one's own, and its thing can be seen, or it does not exist."""

from django.http import Http404, HttpRequest

from palabre.signals.models import Entry


def entry_or_404(request: HttpRequest, pk: int) -> Entry:
    """The reader's entry of that number."""
    mine = Entry.objects.of(request.user).select_related("item", "space").defer("item__body", "item__html")
    entry = mine.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry
