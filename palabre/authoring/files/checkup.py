"""Whether each file has its bytes, and what lies in the storage that no file names."""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from palabre.authoring.files.models import File
from palabre.authoring.files.storage import place
from palabre.kit.checkup import Finding, bad, checkup, good, note


@checkup("Files")
def files() -> Iterator[Finding]:
    """Rows beside contents; contents nobody names wait for the tidying, and are no illness."""
    stored = set(_stored())
    digests = {digest for (digest,) in File.objects.values_list("digest").distinct()}
    missing = sum(place(digest) not in stored for digest in digests)
    orphans = sum(_digest(name) not in digests for name in stored)
    if missing:
        yield bad(f"{missing} files have lost their content: restore it from a backup")
    else:
        yield good(f"{File.objects.count()} files, none missing")
    if orphans:
        yield note(f"{orphans} contents belong to no file: they are tidied away in time")


def _stored() -> Iterator[str]:
    if default_storage.exists(""):
        for folder in default_storage.listdir("")[0]:
            for name in default_storage.listdir(folder)[1]:
                yield f"{folder}/{name}"


def _digest(name: str) -> str:
    folder, _, rest = name.partition("/")
    return folder + rest.partition(".")[0]
