"""Receiving uploads, in the web and in the live process: from a form or from the editor, the answer fits the asker."""

from collections.abc import Iterable
from dataclasses import dataclass
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
    """What came of an upload: the files kept until the first that was not, and why it was not."""

    item: Item | None
    files: list[File]
    refused: str = ""

    @property
    def status(self) -> int:
        return 422 if self.refused else 201

    @property
    def said(self) -> dict[str, Any]:
        """For the editor: the Markdown to insert, or the sentence to show."""
        kept = [{"id": file.pk, "name": file.name, "markdown": file.markdown} for file in self.files]
        return {"files": kept} | ({"error": str(REASONS[self.refused])} if self.refused else {})

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
    target = item_for(person, item)
    files: list[File] = []
    with override(getattr(person, "language", None) or None):
        try:
            for upload in uploads:
                files.append(attach(target, person, upload.name or "", upload.chunks()))  # noqa: PERF401 - kept so far
        except Unwelcome as unwelcome:
            return Received(target, files, unwelcome.reason)
    return Received(target, files) if files else Received(target, files, "empty")
