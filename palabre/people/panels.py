"""The ways to people, in the frame."""

from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import HOUSE, Place, offer, signed_in

offer(
    Place("people", _("People"), "users", "people:directory", group=HOUSE, order=40, bar=True, key="p", shown=signed_in)
)
offer(Place("account", _("My account"), "settings", "people:preferences", part="me", order=20, shown=signed_in))
offer(Place("invitations", _("Invitations"), "mail", "people:invitations", part="me", order=40, shown=signed_in))
