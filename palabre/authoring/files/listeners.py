"""A file that was added is read for its words, in the background."""

from typing import Any

from palabre.authoring.files.extraction import words
from palabre.authoring.files.models import File
from palabre.journal.listening import listens_to
from palabre.kit.confinement import Failure


@listens_to("file_added")
def read(event: Any) -> None:
    """Once per content: the same bytes read before lend their words."""
    file = File.objects.present().select_related("item").filter(pk=event.particulars["file"], read_at=None).first()
    if file is None or not file.is_readable:
        return
    twin = File.objects.filter(digest=file.digest, read_at__isnull=False).exclude(pk=file.pk).first()
    if twin is not None:
        file.learn(twin.text, twin.failure)
        return
    try:
        # The confined process needs a descriptor: another storage would copy to a temporary file here.
        with file.open() as content:
            file.learn(words(content.file, file.content_type))
    except Failure as failure:
        file.learn("", failure.reason)
