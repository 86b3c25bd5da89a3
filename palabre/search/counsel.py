"""What is said of the operators of a query that mean nothing: as each was typed, and what it takes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palabre.items import kinds
from palabre.search import query

_DAY = gettext_lazy("expects a day, a month or a year: 2026-04-23, 2026-04 or 2026")
_TAKES = {
    "before": _DAY,
    "after": _DAY,
    "in": pgettext_lazy("search language", "expects title"),
    "has": pgettext_lazy("search language", "expects file or comment"),
    "is": pgettext_lazy("search language", "expects verified, outdated or archived"),
}


@dataclass(frozen=True)
class Counsel:
    typed: str
    takes: str


def counsel(text: str) -> list[Counsel]:
    """One for each operator of `text` whose value means nothing: it is read as words, or finds no kind."""
    said = []
    for name, typed, meant in query.operators(text):
        if meant is None and name in _TAKES:
            said.append(Counsel(typed, str(_TAKES[name])))
        elif meant and name == "kind" and not kinds.called(meant.value):
            some = ", ".join(str(kind.label).lower() for kind in kinds.every() if not kind.apart)
            said.append(Counsel(typed, _("is called by no kind; there are %(kinds)s") % {"kinds": some}))
    return said
