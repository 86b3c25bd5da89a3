"""What push adds to every page: the application's manifest, and what keeps words that are written without a line."""

from typing import Any

from django.http import HttpRequest

from palabre.kit.panels import Panel, offer
from palabre.push.keeping import may_keep, reader


def head(request: HttpRequest) -> dict[str, Any]:
    """The manifest, in the reader's language, and what other systems want to know of an application."""
    return {}


def keeper(request: HttpRequest) -> dict[str, Any] | None:
    """For who is signed in; strangers have nothing to keep."""
    return {"reader": reader(request.user)} if request.user.is_authenticated else None


def tab(request: HttpRequest) -> dict[str, Any]:
    return {}


offer(Panel("frame.head", "push.application", "push/panels/application.html", head, kept=True))
offer(Panel("frame.end", "push.keeper", "push/panels/keeper.html", keeper, kept=True))
offer(Panel("item.notice", "push.keep", "push/panels/tab.html", may_keep))
offer(Panel("account.tabs", "push.tab", "push/panels/tab.html", tab))
