"""Drawn in code rather than by a template, since a discussion shows it under every comment: gestures, and what rooms
above let one make of a comment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
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
    """One gesture, how many made it, and whether the reader did."""

    gesture: Gesture
    count: int = 0
    mine: bool = False


def gestures(item: Item, comment: Comment | None, made: Sequence[Gestured], may_gesture: bool) -> SafeString:
    """The gestures towards an item or a comment: buttons for who may make one, numbers for the others."""
    name = f"c{comment.pk}" if comment else f"i{item.pk}"
    address = f"/comments/{comment.pk}/reactions/" if comment else f"/items/{item.pk}/reactions/"
    pieces = [f'<div class="gestures" role="group" lang="{get_language()}" aria-label="{escape(_("Gestures"))}">']
    for each in made:
        label, sign = escape(each.gesture.label), icon(each.gesture.icon)
        said = f'{each.count}<span class="vh"> {escape(each.gesture.sentence)}</span>' if each.count else ""
        unsaid = f'<span class="vh">{label}</span>'
        made_by_some = " data-made" if each.count else ""
        if not may_gesture:
            pieces.append(f'<span class="btn quiet"{made_by_some} title="{label}">{sign}{said}</span>')
            continue
        pieces.append(
            f'<button type="submit" class="btn quiet"{made_by_some} '
            f'id="gesture-{name}-{each.gesture}" form="talk-acts" '
            f'formaction="{address}" hx-post="{address}" hx-target="closest .gestures" hx-swap="outerHTML" '
            f'name="gesture" value="{each.gesture}" aria-pressed="{str(each.mine).lower()}" title="{label}">'
            f"{sign}{said or unsaid}</button>"
        )
    return mark_safe("".join([*pieces, "</div>"]))  # noqa: S308 - made of numbers and escaped words
