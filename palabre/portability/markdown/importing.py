"""Importing a folder of Markdown into a space.

Pages are read and rendered in two processes, while this one resolves their links and writes them in batches, each in
one transaction with everything that derives from its texts. Numbers are reserved before anything is written, so that
a link can carry the address of a page that comes later; links by number survive every rename.

Running again finds each page by the folder's name and its path there, and writes only what changed in the folder since:
what an earlier run gave is kept with the page, so that what people ordered, moved and tagged here stays theirs. Of two
folders of one name the second is refused, unless somebody says what it is to be known by.
"""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from palabre.kit.progress import progress
from palabre.links.resolution import arrive
from palabre.people.models import Person
from palabre.portability.markdown.authors import Authors
from palabre.portability.markdown.creation import create
from palabre.portability.markdown.folder import Folder
from palabre.portability.markdown.reading import read
from palabre.portability.markdown.recognition import recognise
from palabre.portability.markdown.report import Report
from palabre.portability.markdown.resolution import Resolution
from palabre.portability.markdown.run import Run
from palabre.portability.markdown.updating import put_in_order, update
from palabre.spaces.models import Space

PROCESSES = 2


def import_markdown(root: Path, space: Space, author: Person | None = None, collection: str = "") -> Report:
    """Brings the folder `root` into `space`. Creates nothing but items (and the person "Import" if one is needed).

    `author` writes the pages whose front matter names nobody known here. A later run knows the folder again by
    `collection`, or else by its name; AnotherFolder when its name is all it has in common with the one brought before.
    """
    begun = time.monotonic()
    folder = Folder.read(root)
    report = Report(collection=collection or folder.name, space=space.slug)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        run = Run(folder, space, Authors(author), report, pool)
        read(run)
        recognise(run, named=bool(collection))
        Resolution(run).all()
        _write(run)
    report.seconds = round(time.monotonic() - begun, 2)
    return report


def _write(run: Run) -> None:
    """Writes what is new or changed, parents before children."""
    order = sorted(run.entries.values(), key=lambda entry: (entry.depth, entry.position, entry.page.path))
    new = [entry for entry in order if entry.item is None]
    changed = [entry for entry in order if entry.item and entry.item.extras.get("digest") != entry.digest]
    run.report.unchanged = len(order) - len(new) - len(changed)
    with progress("Importing pages", len(new) + len(changed)) as step:
        create(run, new, step)
        for entry in changed:
            update(run, entry)
            step(1)
    arrive([entry.pk for entry in new])
    put_in_order(run, order)
