"""The other sign-ins an account has, and those it could have still."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.forms import DisconnectForm


class Joined(DisconnectForm):
    """Takes one of them off again."""

    @property
    def others(self) -> list:
        """The providers that may still be joined: one that says already who somebody is has nothing to add."""
        there = set(self.accounts.values_list("provider", flat=True))
        return [each for each in get_adapter().list_providers(self.request) if each.sub_id not in there]
