"""What tags show on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.tags import company, spark
from palabre.tags.views.tagging import bar


def under_item(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """The tags of an item, and a way to add one for who may."""
    loaded = bar(request, item)
    return loaded if loaded["taggings"] or loaded["may_tag"] else None


def while_writing(request: HttpRequest, values: Any = None, item: Any = None, **_context: Any) -> dict[str, Any]:
    """A field for tags, and a place that fills itself with tags for the text at hand."""
    return {"given": (values or {}).get("tags", ""), "tagged": item}


def of_the_week(request: HttpRequest, **_context: Any) -> dict[str, Any] | None:
    """What is talked about these days."""
    talked = company.of_the_week(request.user)
    if not talked:
        return None
    key = tuple((entry["key"], entry["name"], entry["total"], tuple(entry["days"])) for entry in talked)
    return {"talked": lambda: map(_drawn, talked), "key": key}


def _drawn(entry: dict[str, Any]) -> dict[str, Any]:
    line = spark.points(entry["days"])
    return entry | {"line": " ".join(f"{x},{y}" for x, y in line), "end": line[-1]}


navigation.offer(Place("tags", _("Tags"), "tags", "tags:cloud", group=navigation.HOUSE, order=50, key="t"))
offer(Panel("item.foot", "tags.item", "tags/panels/item.html", under_item, queries=1, order=10))
offer(Panel("write.aside", "tags.text", "tags/panels/writing.html", while_writing, order=30))
offer(Panel("home.aside", "tags.week", "tags/panels/week.html", of_the_week, order=40, kept=True))
