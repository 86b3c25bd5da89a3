"""Receiving uploads, in the web and in the live process: from a form or from the editor, the answer fits the asker."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import override

from palabre.authoring.files.keeping import REASONS, Unwelcome, attach
from palabre.authoring.files.models import File
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.policy import require


@dataclass(frozen=True)
class Received:
    """What came of an upload: the files kept, those refused by name and reason, the language of their sender."""

    item: Item | None
    files: list[File] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    language: str | None = None

    @property
    def refused(self) -> str:
        """The first reason, "" if all were kept."""
        return self.refusals[0][1] if self.refusals else ""

    @property
    def status(self) -> int:
        return 422 if self.refused else 201

    @property
    def said(self) -> dict[str, Any]:
        """For the editor: the Markdown to insert, or the sentence to show."""
        kept = [{"id": file.pk, "name": file.name, "markdown": file.markdown} for file in self.files]
        with override(self.language):  # the live process has no language of its own
            why = [f"{name}: {REASONS[reason]}" if name else str(REASONS[reason]) for name, reason in self.refusals]
        return {"files": kept} | ({"error": " ".join(why)} if why else {})

    @property
    def back(self) -> str:
        """For a form: where its sender sees what came of it."""
        page = f"/items/{self.item.pk}/files/" if self.item else "/write/"
        return f"{page}?refused={self.refused}" if self.refused else page


def item_for(person: Any, item: int | None) -> Item | None:
    """The item to attach to, its door opened and the right checked; None for a text still being written."""
    request = HttpRequest()
    request.user = person
    target = item_or_404(request, item) if item is not None else None
    require(person, "file.add", target)
    return target


def receive(person: Any, item: int | None, uploads: Iterable[UploadedFile]) -> Received:
    """Keeps what was sent; asks for the rights again, since much time may have passed while it came in."""
    received = Received(item_for(person, item), language=language_of(person))
    for upload in uploads:
        name = upload.name or ""
        try:
            received.files.append(attach(received.item, person, name, upload.chunks()))
        except Unwelcome as unwelcome:
            received.refusals.append((name, unwelcome.reason))
    if not (received.files or received.refusals):
        received.refusals.append(("", "empty"))
    return received


def language_of(person: Any) -> str | None:
    """The language in which sentences are said to the sender."""
    return getattr(person, "language", None) or None
