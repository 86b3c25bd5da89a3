"""Letters in plain text: at most 76 columns, in which an address is never broken, and all that the HTML says."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.kit import times
from palabre.people.mail import COLUMNS
from palabre.signals.lines import Line, Told
from palabre.spaces.models import Space

_LONG = re.compile(rf"\S{{{COLUMNS - 3},}}")


def wrapped(text: str, before: str = "", after: str | None = None) -> str:
    """`text` in lines of at most 76 columns, `before` in front of the first and `after` in front of the others.

    An address that is longer has a line of its own; any other word is broken.
    """
    room = COLUMNS - max(len(before), len(after or ""))
    return textwrap.fill(
        _LONG.sub(lambda word: word[0] if "://" in word[0] else " ".join(textwrap.wrap(word[0], room)), text),
        COLUMNS,
        initial_indent=before,
        subsequent_indent=before if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )


def letter(line: Line, known: Mapping[str, Any]) -> str:
    """What is told of one thing; `known` holds what every letter says, by name (see `letters`)."""
    parts = [_heading(line)]
    parts += ["\n".join(_told(told, line)) for told in line.told]
    if not any(told.quote for told in line.told):
        parts.append(quoted(line.item.excerpt) if line.item else "")
        parts.append(_address(_("Read it:"), line.address))
    if known["answering"]:
        parts.append(wrapped(known["answering"]))
    ending = [wrapped(_("Why you got this: %(reason)s") % {"reason": line.reason}), *_ending(known)]
    return _joined([*parts, "\n".join(["-- ", *ending])])


def digest(spaces: Sequence[tuple[Space | None, Sequence[Line]]], known: Mapping[str, Any]) -> str:
    """What waited, space by space."""
    parts = []
    for space, lines in spaces:
        place = wrapped(where(space))
        parts.append(f"{place}\n{'=' * max(map(len, place.splitlines()))}")
        parts += ["\n".join(_in_digest(line)) for line in lines]
    if further := known["further"]:
        more = ngettext("%(n)d other thing waits in your inbox.", "%(n)d other things wait in your inbox.", further)
        parts.append(wrapped(more % {"n": further}))
    parts.append(_address(_("Your inbox:"), "/inbox/"))
    return _joined([*parts, "\n".join(["-- ", *_ending(known)])])


def quoted(text: str) -> str:
    """As mail quotes."""
    return "\n".join(wrapped(line, "> ") if line.strip() else ">" for line in text.splitlines())


def _heading(line: Line) -> str:
    return f"{wrapped(line.title)}\n{wrapped(sort(line))}"


def sort(line: Line) -> str:
    """What a thing is, and where; of a space, whose name stands beside it, who reads it."""
    if not line.space:
        return line.what
    return f"{line.what} · {where(line.space) if line.item else line.space.get_audience_display()}"


def where(space: Space | None) -> str:
    """A space and who reads it; of a nameless one, only that; the house, where there is none."""
    if space is None:
        return _("The house")
    audience = space.get_audience_display()
    return f"{space.name} ({audience})" if space.name not in ("", audience) else audience


def _told(told: Told, line: Line) -> Iterator[str]:
    yield wrapped(f"{told.sentence}, {times.in_full(told.at)}")
    if told.quote:
        yield quoted(told.quote.whole)
        if told.quote.cut:
            yield wrapped(_("The rest is on the page:"))
        yield f"{settings.ADDRESS}{told.quote.address}"


def _in_digest(line: Line) -> Iterator[str]:
    yield wrapped(line.title, "* ", "  ")
    yield wrapped(line.what, "  ")
    for told in line.told:
        yield wrapped(f"{told.sentence}, {times.in_full(told.at)}", "  ")
        if told.quote:
            yield wrapped(_("“%(words)s”") % {"words": " ".join(told.quote.text.split())}, "  ")
    yield f"  {settings.ADDRESS}{line.address}"
    yield wrapped(f"({line.reason})", "  ")


def _ending(known: Mapping[str, Any]) -> Iterator[str]:
    yield _address(_("Unsubscribe:"), known["stop"])
    yield _address(_("What you are sent, and when:"), known["choose"])


def _address(words: str, address: str) -> str:
    """Words, and the whole address on a line of its own."""
    return f"{words}\n{address if '://' in address else settings.ADDRESS + address}"


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
