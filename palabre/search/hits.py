"""Results drawn: the rows of a search, made without a template loop because there are ten of them on every page."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit.drawing import audience_chip, icon
from palabre.kit.times import Watch
from palabre.search.asking import Result
from palabre.spaces.readership import numbers


def draw(results: Sequence[Result], words: str = "") -> SafeString:
    """The results, one after the other: kind and place, title and passage marked, who may read it.

    `words` are those that were looked for, by which some kinds lead to where they were said.
    """
    saying, old = _("%(kind)s in %(space)s"), escape(_("May be out of date"))
    spaces = {result.item.space.pk: result.item.space for result in results}
    links = {
        pk: f'<a href="{escape(space.get_absolute_url())}">{escape(space.name)}</a>'
        for pk, space in spaces.items()
        if not space.nameless
    }
    readers = numbers(space for space in spaces.values() if not space.nameless)
    chips = {
        pk: audience_chip(space.audience, space.get_audience_display(), readers.get(pk)) for pk, space in spaces.items()
    }
    pieces = []
    watch = Watch()
    labels: dict[str, str] = {}  # the words themselves are looked up at each asking
    for result in results:
        item, kind = result.item, result.item.kind_of
        label = labels.get(kind.name) or labels.setdefault(kind.name, escape(str(kind.label)))
        place = saying % {"kind": label, "space": links[item.space_id]} if item.space_id in links else label
        address = kind.found(item, words) if kind.found and words else item.get_absolute_url()
        passage, spoken = result.passage, escape(result.hit.kept.language)
        excerpt = f'<p class="ex" lang="{spoken}">{passage}</p>' if passage else ""
        sign = "" if item.state == "published" else escape(str(item.get_state_display()))
        state = f'<span class="state">{sign}</span>' if sign else ""
        if result.hit.fallen:
            state += f'<span class="state warn">{old}</span>'
        pieces.append(
            f'<article class="item">{icon(kind.icon)}<div class="body">'
            f'<div class="by"><span>{place}</span>{watch.moment(item.published_at)}</div>'
            f'<h3 lang="{spoken}"><a href="{escape(address)}">{result.title}</a></h3>{excerpt}'
            f'<div class="foot">{chips[item.space_id]}{state}</div></div></article>'
        )
    return mark_safe("".join(pieces))  # noqa: S308 - every value is escaped above
