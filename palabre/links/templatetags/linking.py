"""Small drawings of links: a sentence with its link marked, the health of an address."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from palabre.kit.times import in_full
from palabre.links.models import Health, Link, OutsideAddress
from palabre.links.ties import Citation
from palabre.spaces.models import Space

register = template.Library()

TONES = {Health.BROKEN: "bad", Health.MOVED: "warn", Health.ALIVE: "good"}
SILENT = {
    "time": gettext_lazy("no answer"),
    "network": gettext_lazy("no answer"),
    "name": gettext_lazy("no such host"),
    "redirects": gettext_lazy("goes in circles"),
}


@register.simple_tag
def sentence(link: Link | Citation) -> SafeString:
    """The sentence that cites, in quotation marks, what stands for the link in bold."""
    said = str(conditional_escape(link.sentence))
    label = str(conditional_escape(link.label or link.title))
    start = said.find(label) if label else -1
    if start >= 0:
        said = f"{said[:start]}<b>{label}</b>{said[start + len(label) :]}"
    form = pgettext("a quotation", "“%(words)s”")
    return mark_safe(form % {"words": said})  # noqa: S308 - both parts are escaped


@register.simple_tag
def health(outside: OutsideAddress) -> SafeString:
    """What the last visit to an outside address brought."""
    if outside.health == Health.UNKNOWN:
        return SafeString()
    told: Any = Health(outside.health).label
    why = outside.status or SILENT.get(outside.reason)
    if why and outside.health == Health.BROKEN:
        told = f"{told} ({why})"
    when = in_full(outside.visited_at) if outside.visited_at else ""
    return format_html('<span class="state {}" title="{}">{}</span>', TONES.get(Health(outside.health), ""), when, told)


@register.simple_tag
def upkeep_tabs(space: Space | None, show: str) -> list[dict[str, Any]]:
    """The lists of upkeep, of a space or of everything."""
    labels = {
        "wanted": _("Wanted pages"),
        "orphans": _("Orphans"),
        "astray": _("Links astray"),
        "outside": _("Outside addresses"),
    }
    return [
        {
            "label": label,
            "current": name == show,
            "address": reverse("links:upkeep_of", args=[space.slug, name])
            if space
            else reverse("links:upkeep", args=[name]),
        }
        for name, label in labels.items()
    ]
