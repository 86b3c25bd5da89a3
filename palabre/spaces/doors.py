"""The way in to a space: one may read it, or it does not exist."""

from django.http import Http404, HttpRequest

from palabre.spaces import sight
from palabre.spaces.models import FormerSlug, Space


def space_or_404(request: HttpRequest, slug: str) -> Space:
    """The space of that address, or that once had it, if the reader sees it; it carries the reader's `role`."""
    for space in sight.of(request.user).spaces.values():
        if space.slug == slug:
            return space
    former = FormerSlug.objects.filter(slug=slug).values_list("space", flat=True).first()
    found = sight.of(request.user).spaces.get(former or 0)
    if found is None:
        raise Http404
    return found
