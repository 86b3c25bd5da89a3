"""Results drawn: the row of a search, made without a template loop because there are many of them on every page."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit.drawing import audience_chip, icon
from palabre.kit.rows import name
from palabre.kit.times import moment
from palabre.search.asking import Result


def draw(results: Iterable[Result]) -> SafeString:
    """The results, one after the other: kind and place, title and passage marked, who may read it."""
    return mark_safe("".join(map(_row, results)))  # noqa: S308 - every value is escaped below


def _row(result: Result) -> str:
    item = result.item
    kind, space = item.kind_of, item.space
    place = _("%(kind)s in %(space)s") % {
        "kind": escape(kind.label),
        "space": f'<a href="{escape(space.get_absolute_url())}">{escape(space.name)}</a>',
    }
    passage = f'<p class="ex">{result.passage}</p>' if result.passage else ""
    state = f'<span class="state">{escape(item.get_state_display())}</span>' if item.state != "published" else ""
    return (
        f'<article class="item">{icon(kind.icon)}<div class="body">'
        f'<div class="by"><span>{place}</span><span>{name(item.author)}</span>{moment(item.updated_at)}</div>'
        f'<h3><a href="{escape(item.get_absolute_url())}">{result.title}</a></h3>{passage}'
        f'<div class="foot">{audience_chip(space.audience, space.get_audience_display())}{state}</div>'
        f"</div></article>"
    )
