"""The components of the design system, as tags: `{% load ui %}`. /styleguide/ shows each."""

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField, CheckboxInput, ClearableFileInput
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.encoding import uri_to_iri
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit import browsers, drawing, modules, navigation, returning, rows, styles, times
from palabre.kit.paging import Page

DASHES = BLANK_CHOICE_DASH[0][1]

register = template.Library()

register.simple_tag(drawing.icon, name="icon")
register.simple_tag(drawing.reach, name="reach")
register.simple_tag(navigation.address, name="address")
register.simple_tag(navigation.writing, name="writing")


@register.simple_tag(takes_context=True)
def avatar(context: template.Context, person: Any, size: str = "") -> SafeString:
    """`{% avatar person "sm" %}`: a face or initials, as the reader may meet them."""
    return drawing.avatar(person, size, _reader(context))


@register.simple_tag(takes_context=True)
def name_of(context: template.Context, person: Any) -> SafeString:
    """`{% name_of person %}`: a name, leading to them if the reader may meet them."""
    return rows.name(person, _reader(context))


def _reader(context: template.Context) -> Any:
    return getattr(context.get("request"), "user", None)


@register.simple_tag
def audience(space: Any, count: int | None = None) -> SafeString:
    """`{% audience space %}`: the chip that says who can read."""
    return drawing.audience_chip(space.audience, space.get_audience_display(), count)


@register.inclusion_tag("kit/band.html")
def band(space: Any, exactly: str = "", address: str = "", link: str = "") -> dict[str, Any]:
    """`{% band space exactly="…" address="…" link="…" %}`: the band above what one reads or writes."""
    return {"space": space, "exactly": exactly, "address": address, "link": link}


@register.simple_tag
def when(at: datetime | None) -> SafeString | str:
    """A moment in the reader's way."""
    return times.moment(at) if at else ""


@register.simple_tag
def hour(at: datetime) -> SafeString:
    """The hour of a moment whose day stands above."""
    return times.time_of_day(at)


@register.filter
def day(at: date | datetime | None) -> str:
    """A day in the reader's way: 14 April, with the year when it is another."""
    return times.day_and_month(at) if at else ""


@register.filter
def exactly(at: datetime | None) -> str:
    """Day and hour in the reader's way, where it matters to know exactly."""
    return times.in_full(at) if at else ""


@register.filter
def browser(agent: str) -> str:
    """The name by which people know a browser, from what it calls itself."""
    return browsers.named(agent)


@register.filter
def day_heading(at: date) -> str:
    """The heading of a day in a feed."""
    return times.heading(at)


@register.simple_tag(takes_context=True)
def item_rows(context: template.Context, items: Any, lead: bool = False) -> SafeString:
    """`{% item_rows items %}`: rows of items that were fetched `for_lists()`, with what the powers add."""
    listed = [rows.row_of(item) for item in items]
    reader = _reader(context)
    feet = rows.feet([row.pk for row in listed]) if reader else {}
    return rows.draw(listed, feet, reader=reader, lead=lead)


@register.inclusion_tag("kit/byline.html", takes_context=True)
def byline(context: template.Context, person: Any, at: datetime | None = None, size: str = "sm") -> dict[str, Any]:
    """Who, from where, when."""
    return {"request": context.get("request"), "person": person, "at": at, "size": size}


@register.inclusion_tag("kit/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """A form field with its label, hint and error, tied together for those who listen to the page."""
    return {"field": field}


@register.filter
def described_by(field: BoundField) -> str:
    """The hint and the error of a form field, as far as it has them, by their names in the page."""
    named = {f"{field.auto_id}_hint": field.help_text, f"{field.auto_id}_error": field.errors}
    return " ".join(name for name, there in named.items() if there)


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field, in the look of the product, described by its hint and its error."""
    described = described_by(field)
    attributes: dict[str, Any] = {"aria-describedby": described} if described else {}
    widget = field.field.widget
    if not isinstance(widget, CheckboxInput | ClearableFileInput) and not hasattr(widget, "option_template_name"):
        attributes["class"] = " ".join(filter(None, [widget.attrs.get("class"), "input", _shape(widget)]))
    elif widget.__class__.__name__.startswith("Select"):
        attributes["class"] = "input"
    if field.errors:
        attributes["aria-invalid"] = "true"
    drawn: str = field.as_widget(attrs=attributes)
    if DASHES in drawn:  # what Django says of a choice that is not made yet
        drawn = drawn.replace(DASHES, escape(_("Choose…") if field.field.required else _("Not stated")))
    return mark_safe(drawn)  # noqa: S308 - a widget has drawn it


def _shape(widget: Any) -> str:
    return "area" if getattr(widget, "template_name", "").endswith("textarea.html") else ""


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label belongs beside the control rather than above."""
    return isinstance(field.field.widget, CheckboxInput)


@register.inclusion_tag("kit/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, label: str = "") -> dict[str, Any]:
    """The link to the next page of a list paged by keyset, keeping what the address already asks."""
    request: HttpRequest = context["request"]
    asked = request.GET.copy()
    if page.next:
        asked["after"] = page.next
    return {"address": f"{request.path}?{asked.urlencode()}" if page.next else "", "label": label}


@register.simple_tag(takes_context=True)
def places(context: template.Context, part: str) -> list[navigation.Entry]:
    """The places of a part of the frame, each with whether one is there."""
    return navigation.places(context["request"], part)


@register.simple_tag(takes_context=True)
def groups(context: template.Context) -> list[navigation.Gathered]:
    """The places of the rail, under their headings."""
    return navigation.groups(context["request"])


@register.simple_tag(takes_context=True)
def standing(context: template.Context) -> Hashable:
    """All that the frame shows of its reader, and where they are: the key of its kept pieces; None for a stranger."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return None
    reader = request.user
    shown = tuple((entry.place.name, entry.current, entry.counted) for entry in navigation.entries(request))
    folded = tuple(each.folded for each in navigation.groups(request))
    house = reader.organisation.name if reader.organisation else ""
    return shown, folded, theme(context), reader.pk, reader.handle, reader.name, str(reader.photo), reader.side, house


@register.simple_tag(takes_context=True)
def bar_places(context: template.Context) -> list[navigation.Entry]:
    """The bottom bar of a phone: two places, writing in the middle, one more place."""
    going = [entry for entry in places(context, "go") if entry.place.bar][:3]
    return [*going[:2], *places(context, "write")[:1], *going[2:]]


@register.simple_tag(takes_context=True)
def sign_in_address(context: template.Context) -> str:
    """Where to sign in, and then come back."""
    return returning.sign_in(context["request"])


@register.simple_tag
def stylesheets() -> SafeString:
    """One style sheet; while developing, its sources one by one."""
    paths = ["kit/css/bundle/palabre.css"]
    if settings.DEBUG:
        paths = [path.as_posix().rpartition("/static/")[2] for path in styles.sources()]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in paths))


@register.simple_tag
def import_map() -> SafeString:
    """The import map of the browser's modules."""
    return mark_safe(modules.current_import_map())  # noqa: S308 - JSON without "<"


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The theme this browser has chosen: light, dark, or none for the system's."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in {"light", "dark"} else ""


@register.simple_tag(takes_context=True)
def found_at(context: template.Context) -> str:
    """Where the page is found, what was asked for included, for whoever holds it on paper."""
    request = context.get("request")
    return f"{settings.ADDRESS}{uri_to_iri(request.get_full_path()) if request else '/'}"


@register.simple_tag
def company() -> str:
    """The name of the house."""
    return str(settings.COMPANY)
