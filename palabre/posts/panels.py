"""The tab of a space that leads to its posts."""

from django.utils.translation import gettext_lazy as _

from palabre.spaces import tabs
from palabre.spaces.tabs import Tab

tabs.offer(Tab("posts", _("Posts"), order=20))
