"""Drawn in code rather than by a template, since a discussion shows it under every comment: gestures, and what rooms
above let one make of a comment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palabre.items.models import Item
from palabre.kit.drawing import icon
from palabre.talk.models import Comment, Gesture

Act = Callable[[Any, Comment], SafeString]
_acts: list[Act] = []


def adds_act(act: Act) -> Act:
    """A room above offers something to do with a comment: from who reads it and the comment to what is shown, perhaps
    nothing; without a query."""
    _acts.append(act)
    return act


def acts(person: Any, comment: Comment) -> SafeString:
    """What rooms above offer to do with a comment."""
    return mark_safe("".join(act(person, comment) for act in _acts))  # noqa: S308 - made of safe pieces


@dataclass
class Gestured:
    """One gesture, how many made it, whether the reader did, and some names of the others whom the reader meets."""

    gesture: Gesture
    count: int = 0
    mine: bool = False
    names: Sequence[str] = ()

    @property
    def who(self) -> str:
        """Those who made it: the reader first, then names, then how many others."""
        named = [_("You")] * self.mine + list(self.names)
        if not named:
            return ngettext("%(n)s person", "%(n)s people", self.count) % {"n": localize(self.count)}
        if further := self.count - len(named):
            named.append(ngettext("%(n)s other", "%(n)s others", further) % {"n": localize(further)})
        if len(named) == 1:
            return named[0]
        return _("%(some)s and %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]}


def gestures(item: Item, comment: Comment | None, made: Sequence[Gestured], may_gesture: bool) -> SafeString:
    """The gestures towards an item or a comment: buttons for who may make one, numbers for the others.

    Who made one is said of its number to a screen reader, shown to who points at it or stands on it, and in a list to
    who can do neither.
    """
    name = f"c{comment.pk}" if comment else f"i{item.pk}"
    address = f"/comments/{comment.pk}/reactions/" if comment else f"/items/{item.pk}/reactions/"
    pieces = [f'<div class="gestures" role="group" lang="{get_language()}" aria-label="{escape(_("Gestures"))}">']
    for each in made:
        label, sign = escape(each.gesture.label), icon(each.gesture.icon)
        said = f'<span class="vh">{label}</span>'
        look = f'class="btn quiet" title="{label}"'
        if each.count:
            said = f'{each.count} <span class="vh">{escape(each.gesture.sentence)}, </span>{_who(each)}'
            look = 'class="btn quiet" data-made'
        if not may_gesture:
            pieces.append(f"<span {look}>{sign}{said}</span>")
            continue
        pieces.append(
            f'<button type="submit" {look} id="gesture-{name}-{each.gesture}" form="talk-acts" '
            f'formaction="{address}" hx-post="{address}" hx-target="closest .gestures" hx-swap="outerHTML" '
            f'name="gesture" value="{each.gesture}" aria-pressed="{str(each.mine).lower()}">'
            f"{sign}{said}</button>"
        )
    return mark_safe("".join([*pieces, _makers(made), "</div>"]))  # noqa: S308 - made of numbers and escaped words


def _who(made: Gestured) -> str:
    """What floats above the number while one points at it."""
    return f'<span class="tip">{icon(made.gesture.icon)}{escape(made.who)}</span>'


def _makers(made: Sequence[Gestured]) -> str:
    """The same for a finger, which cannot point at a button without pressing it."""
    lines = [
        f"<li>{icon(each.gesture.icon)}<span><b>{escape(each.gesture.label)}</b> {escape(each.who)}</span></li>"
        for each in made
        if each.count
    ]
    if not lines:
        return ""
    asked = escape(_("Who made these gestures"))
    return (
        f'<drop-menu class="makers"><details><summary class="btn quiet icon" title="{asked}">'
        f'{icon("users")}<span class="vh">{asked}</span></summary>'
        f'<ul class="menu list">{"".join(lines)}</ul></details></drop-menu>'
    )
