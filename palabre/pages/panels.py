"""The tab of a space that leads to its pages."""

from django.utils.translation import gettext_lazy as _

from palabre.spaces import tabs
from palabre.spaces.tabs import Tab

tabs.offer(Tab("pages", _("Pages"), order=10))
