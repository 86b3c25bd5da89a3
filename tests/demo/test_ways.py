"""Nobody is shown a way that is closed to them: whoever walks through the demo world meets no refusal."""

import re
from collections import deque
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import resolve

MOST = 160
"""Pages; somebody of the house meets about a hundred and seventy views."""
WAY = re.compile(r'<(?:a|link|div|section)\b[^>]*?(?:href|hx-get)="(/[^"#]*)')
ENDS = re.compile(r"^/(static|files|feeds)/|^/account/logout|\.(json|csv|atom|webmanifest)")


@pytest.mark.parametrize("key", ["tidiane", "ines", "coumba"])
def test_every_way_that_is_shown_is_open(demo_world: SimpleNamespace, sign_in: Any, key: str) -> None:
    """One page of each view is opened, in the order in which somebody meets them from the front page on."""
    client = sign_in(getattr(demo_world, key))
    met, waiting, closed = {"home:front"}, deque([("/", "")]), []
    while waiting and len(met) < MOST:
        address, shown_on = waiting.popleft()
        page = client.get(address)
        if page.status_code >= 400:
            closed.append(f"{address} from {shown_on}: {page.status_code}")
        if not page.get("Content-Type", "").startswith("text/html"):
            continue
        for way in map(unescape, WAY.findall(page.content.decode())):
            view = "" if way.startswith("//") or ENDS.search(way) else resolve(way.partition("?")[0]).view_name
            if view and view not in met:
                met.add(view)
                waiting.append((way, address))
    assert closed == []
    assert len(met) > 90
