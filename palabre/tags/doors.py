"""The way in to a tag: something one sees bears it, or it does not exist."""

from django.http import Http404, HttpRequest

from palabre.tags.keys import key_of
from palabre.tags.models import Tag


def tag_or_404(request: HttpRequest, written: str) -> Tag:
    """The tag that answers to `written`, if the reader sees something that bears it."""
    return tags_or_404(request, [written])[0]


def tags_or_404(request: HttpRequest, written: list[str]) -> list[Tag]:
    """The tags that answer to these names, each once, in their order; all of them are known, or none is told."""
    keys = [key_of(name) for name in written]
    found: dict[str, Tag] = Tag.objects.visible_to(request.user).called(keys)
    if not keys or len(found) < len(set(keys)):
        raise Http404
    return list(dict.fromkeys(found[key] for key in keys))
