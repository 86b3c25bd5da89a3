"""Texts that point at each other."""

from typing import Any

import pytest

from palabre.authoring.derivation import derive
from palabre.authoring.rendering import render
from palabre.items.models import Item, Name
from palabre.items.names import fold


@pytest.fixture
def write(world) -> Any:
    """`write("reseau", "Title", "text [[Other]]")` is a saved page whose text has been read."""

    def said(space: str, title: str, body: str = "", author: str = "coumba", **fields: Any) -> Item:
        document = render(body)
        item = Item.objects.create(
            kind="page",
            space=world.spaces[space],
            author=getattr(world, author),
            title=title,
            body=body,
            html=document.html,
            **fields,
        )
        Name.objects.create(item=item, key=fold(title), label=title)
        derive([(item, document)])
        return item

    return said
