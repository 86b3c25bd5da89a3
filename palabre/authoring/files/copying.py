"""Words that are taken elsewhere take the files along that they show: who reads them there sees those, too."""

import re
from typing import Any

from django.db import transaction

from palabre.authoring.files.keeping import hold
from palabre.authoring.files.models import NAMED, File
from palabre.kit.clock import now


@transaction.atomic
def with_files(body: str, by: Any) -> str:
    """A text for another item, which names files of its own: of those that `by` may have, another row each, which
    comes along with the text once it is published. Their bytes are kept once.
    """
    keys = {int(key) for key in NAMED.findall(body)}
    if not keys:
        return body
    copies = {}
    for file in File.objects.visible_to(by).filter(pk__in=keys).order_by("pk"):
        hold(file.digest)
        former = file.pk
        file.pk, file.item, file.by, file.at = None, None, by, now()
        file.save(force_insert=True)
        copies[former] = file.pk

    def named(found: re.Match[str]) -> str:
        key = int(found[1])
        return f"/files/{copies.get(key, key)}/"

    return NAMED.sub(named, body)
