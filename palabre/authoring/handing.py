"""What somebody hands over with files from another application: a draft of theirs that shows them, to go on with."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from palabre.authoring import drafting
from palabre.authoring.files.keeping import Unwelcome, attach
from palabre.authoring.forms import written_here
from palabre.authoring.models import Draft
from palabre.kit.sharing import Shared

MOST = 10  # files at once


@transaction.atomic
def draft_of(person: Any, shared: Shared, files: Sequence[Any]) -> tuple[Draft, list[tuple[str, Any]]]:
    """The draft, and of each file that is not kept its name and a sentence that says why."""
    shown, refused = [], []
    for file in files[:MOST]:
        try:
            shown.append(attach(None, person, file.name, file.chunks()).markdown)
        except Unwelcome as problem:
            refused.append((file.name, problem.sentence))
    body = "\n\n".join(filter(None, (shared.words, shared.address, *shown)))
    kind = written_here()[0].name  # until its writer says what it is to be
    return drafting.keep(person, drafting.Content(kind, shared.title, body)), refused
