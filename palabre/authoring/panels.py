"""What authoring puts into the frame: the way to write, and to one's drafts."""

from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import Place, offer, signed_in

offer(Place("write", _("Write"), "pen-line", "authoring:write", part="write", bar=True, key="c", shown=signed_in))
offer(Place("drafts", _("My drafts"), "file-pen-line", "authoring:drafts", part="me", order=30, shown=signed_in))
