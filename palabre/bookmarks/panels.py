"""The tab of a space that leads to its bookmarks, and what becomes of an address that somebody shares."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palabre.kit import sharing
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab

tabs.offer(Tab("bookmarks", _("Bookmarks"), order=30))


def taken(shared: sharing.Shared) -> str | None:
    """What has an address is kept."""
    if not shared.address:
        return None
    said = {"address": shared.address, "title": shared.title, "note": shared.words}
    return f"{reverse('bookmarks:new')}?{urlencode({name: value for name, value in said.items() if value})}"


sharing.offer("bookmarks", taken)
