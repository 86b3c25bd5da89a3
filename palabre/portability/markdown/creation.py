"""Last step, for new pages: they are rendered in other processes, and written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from palabre.authoring import writing
from palabre.authoring.document import Document
from palabre.authoring.rendering import render
from palabre.items.models import State
from palabre.portability.markdown import memory
from palabre.portability.markdown.run import CHUNK, KIND, Entry, Run

BATCH = 250


def create(run: Run, new: Sequence[Entry], step: Callable[[int], object]) -> None:
    """Writes them in this order, and tells `step` of how many each time."""
    documents = run.pool.map(
        rendered,
        [entry.body for entry in new],
        [run.space.language] * len(new),
        [entry.page.front.language for entry in new],
        chunksize=CHUNK,
    )
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        _create(run, batch, documents)
        step(len(batch))


def rendered(body: str, prior: str, language: str) -> tuple[Document, str]:
    """A page's document and what went wrong; a language stated by its front matter is believed."""
    trouble = ""
    try:
        document = render(writing.clean(body), prior)
    except Exception as error:  # one page that cannot be rendered must not stop five thousand
        document = render("~~~~\n" + body.encode("utf-8", "replace").decode().replace("~~~~", "") + "\n~~~~\n", prior)
        trouble = f"shown as plain text: {type(error).__name__}"
    return replace(document, language=language) if language else document, trouble


def _create(run: Run, batch: Sequence[Entry], documents: Iterator[tuple[Document, str]]) -> None:
    importer = run.authors.require(None) if any(entry.author is None for entry in batch) else None
    drawn = list(islice(documents, len(batch)))
    run.report.odd += (
        {"path": entry.page.path, "reason": trouble}
        for entry, (_, trouble) in zip(batch, drawn, strict=True)
        if trouble
    )
    texts = [
        writing.Text(
            KIND,
            run.space,
            entry.author or importer,
            entry.page.title,
            entry.body,
            tags=entry.page.front.tags,
            state=State.DRAFT if entry.page.front.draft else State.PUBLISHED,
            at=entry.page.front.created or entry.page.front.updated,
            names=entry.page.front.aliases,
            document=document,
            fields=_fields(run, entry),
        )
        for entry, (document, _) in zip(batch, drawn, strict=True)
    ]
    for item in writing.publish_all(texts, importer or texts[0].by, silent=True):
        run.report.created += 1
        run.report.drafts += item.state == State.DRAFT


def _fields(run: Run, entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": entry.pk,
        "parent_id": run.parent_of(entry),
        "position": entry.position,
        "extras": memory.of_written(run, entry, 1),
    }
    if entry.page.front.updated:
        fields["updated_at"] = max(filter(None, (entry.page.front.updated, entry.page.front.created)))
    return fields
