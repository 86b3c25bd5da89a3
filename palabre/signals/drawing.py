"""The lines of an inbox, written out: measured, drawing thirty of them by a template took most of the page.

Only what differs from line to line is written here; the forms come from the template, each drawn once for all the
lines that have it, with a number in the place of what they are about.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit.drawing import avatar, icon, reach
from palabre.kit.times import Watch
from palabre.signals.lines import Line, Told

NUMBER = 10**15  # stands for that of an entry or of an item in what is drawn once for all
ENTRY, ITEM = NUMBER, NUMBER + 1
Draw = Callable[[str, Line], str]


class Lines:
    """Draws the lines of one page for one reader. `part` draws a part of the template, for a line with numbers for its
    entry and its item."""

    def __init__(self, reader: Any, part: Draw) -> None:
        self.reader, self.part, self.watch = reader, part, Watch()
        self.fresh = f'<span class="vh">{escape(_("New"))}</span>'
        self._pieces: dict[Any, str] = {}

    def draw(self, lines: Sequence[Line]) -> SafeString:
        """The lines, one after the other."""
        return mark_safe("".join(map(self._line, lines)))  # noqa: S308 - every value is escaped below

    def _line(self, line: Line) -> str:
        entry, name = line.entry, f"entry-{line.entry.pk}"
        looks = " unread" if entry.unread else ""
        looks += " loud" if entry.loud and entry.unread else ""
        spoken = f' lang="{escape(line.item.language)}"' if line.item else ""
        about = f' data-aud="{line.space.audience}"' if line.space else ""
        acts = self._once(("acts", entry.unread), lambda: self.part("acts", line)).replace(str(ENTRY), str(entry.pk))
        return (
            f'<article class="signal{looks}" id="{name}" tabindex="-1" aria-labelledby="{name}-title">'
            f'<div class="what"><p class="by"{about}>{self._kind(line)}{self._place(line)}'
            f"{self.fresh if entry.unread else ''}</p>"
            f'<h3 id="{name}-title"{spoken}><a href="{escape(line.address)}">{escape(line.title)}</a></h3>'
            f'<ul class="told">{"".join(map(self._told, line.told))}</ul>'
            f'<div class="why"><span>{escape(line.reason)}</span>{self._less(line)}</div></div>'
            f'<div class="acts noprint">{acts}</div></article>'
        )

    def _kind(self, line: Line) -> str:
        key = line.item.kind if line.item else line.icon
        return self._once(("kind", key), lambda: f"{icon(line.icon)}<span>{escape(line.what)}</span>")

    def _place(self, line: Line) -> str:
        if not (space := line.space):
            return ""

        def drawn() -> str:
            address, name = escape(space.get_absolute_url()), escape(space.name)
            link = "" if space.nameless else f'<a href="{address}">{name}</a>'
            readers = escape(space.get_audience_display())
            return f'{link}{reach(space.audience)}<span class="vh">{readers}</span>'

        return self._once(("place", space.pk), drawn)

    def _told(self, told: Told) -> str:
        quote, fresh = told.quote, ' class="fresh"' if told.fresh else ""
        face = self._face(told.face) if told.face else ""
        said = f'<a class="quote" href="{escape(quote.address)}">{escape(quote.text)}</a>' if quote else ""
        return (
            f"<li{fresh}>{face}<div><p><span>{escape(told.sentence)}</span> "
            f"{self.watch.moment(told.at)}</p>{said}</div></li>"
        )

    def _face(self, person: Any) -> str:
        return self._once(("face", person.pk), lambda: avatar(person, "sm", self.reader))

    def _less(self, line: Line) -> str:
        """How to hear less of it: of what is followed, the same for all that came by it."""
        if line.of_house and not self.reader.is_admin:  # what was said to them, of which they cannot hear less
            return ""
        if line.of_house:
            return self._once(("house", line.level), lambda: self.part("less", line))
        if line.of_space and line.space:
            about_it = ("less", line.level)
            return self._once(about_it, lambda: self.part("less", line)).replace(str(ITEM), str(line.space.pk))
        if not line.item:
            return ""
        follow = line.follow.pk if line.follow and not line.follow.item_id else None
        about = ("less", follow, line.addressed, line.level)
        return self._once(about, lambda: self.part("less", line)).replace(str(ITEM), str(line.item.pk))

    def _once(self, key: Any, draw: Callable[[], str]) -> str:
        if key not in self._pieces:
            self._pieces[key] = draw()
        return self._pieces[key]
