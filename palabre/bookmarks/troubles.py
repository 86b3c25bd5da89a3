"""Why a page could not be read, in a sentence."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from palabre.bookmarks.models import GIVEN_UP

SENTENCES = {
    "missing": _("The site says that this page does not exist, or no longer."),
    "status": _("The site does not show this page to us; perhaps it asks to sign in."),
    "name": _("No site answers to this name."),
    "network": _("The site did not answer."),
    "time": _("The site took too long to answer."),
    "inside": _("This address lies inside a private network, where this server does not go."),
    "type": _("There is no text to read at this address."),
    "size": _("This page is too large to be read."),
    GIVEN_UP: _("Reading this page failed several times, on our side. It can be tried again."),
    "redirects": _("The site sends us from page to page without end."),
}
OTHERWISE = _("This page cannot be read.")


def sentence(trouble: str) -> Any:
    return SENTENCES.get(trouble, OTHERWISE)
