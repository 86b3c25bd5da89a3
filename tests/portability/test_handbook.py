"""A real company's handbook, whole: what the product is for."""

import csv
from collections import Counter
from types import SimpleNamespace

import pytest

from palabre.items.models import Item
from palabre.links.models import Link
from palabre.portability.markdown.importing import import_markdown


@pytest.mark.corpus
def test_the_handbook_comes_in_with_every_link_and_names_the_broken_ones(corpus, world: SimpleNamespace) -> None:
    handbook = corpus("wiki-sourcegraph-handbook-en")
    report = import_markdown(handbook / "pages", world.spaces["maison"], world.tom)
    with (handbook / "links.tsv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert report.created == 883
    assert Counter((each.source, each.target.partition("#")[0]) for each in report.broken) == Counter(
        (row["from"], row["href"]) for row in rows if not row["to_resolved"]
    )
    sources = dict(Item.objects.filter(extras__collection="pages").values_list("pk", "extras__source"))
    kept = Counter(
        (sources[source], sources.get(target))
        for source, target in Link.objects.filter(source__in=sources, target__isnull=False).values_list(
            "source", "target"
        )
    )
    assert not Counter((row["from"], row["to_resolved"]) for row in rows if row["to_resolved"]) - kept
