"""The way in to a file: its item's door, each time; before it has an item, it is its sender's alone."""

from typing import Any

from django.http import Http404

from palabre.authoring.files.models import File


def file_or_404(person: Any, pk: int, *, removed: bool = False) -> File:
    """The file with its item, if `person` may see that item now; else 404. `removed` lets in what can be restored."""
    files = File.objects.visible_to(person, removed=removed)
    file = files.select_related("item", "item__space", "by").filter(pk=pk).first()
    if file is None:
        raise Http404
    return file
