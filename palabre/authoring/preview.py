"""What a text will look like to its readers, and what some of them could not open."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from palabre.authoring import marks, reach
from palabre.authoring.document import Document
from palabre.authoring.drafting import LARGEST, Content
from palabre.authoring.rendering import render
from palabre.authoring.writing import clean
from palabre.items.models import Item


@dataclass(frozen=True)
class Preview:
    """`closed` are the items it links to that some reader of its space cannot open."""

    html: SafeString
    document: Document
    closed: list[Any]


def previewed(request: HttpRequest, content: Content, item: Item | None = None) -> Preview:
    """The text as `request.user` would read it once it is there."""
    space = content.space or (item.space if item else None)
    document = render(clean(content.body[:LARGEST]), space.language if space else "")
    targets = marks.targets(document.html, request.user, item)
    closed = reach.cannot_open(space, targets) if space else []
    return Preview(marks.resolve(document.html, request.user, item), document, closed)
