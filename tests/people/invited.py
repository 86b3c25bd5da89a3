"""Helpers of the tests about invitations."""

from typing import Any

from palabre.people import invitations
from palabre.people.models import OPERATOR, Invitation, Side

PASSWORD = "trois poteaux et une échelle"


def invite(by: Any = OPERATOR, address: str = "fatou@exemple.example", **fields: Any) -> tuple[Invitation, str]:
    """An invitation and the path of its link."""
    fields.setdefault("side", Side.CUSTOMER)
    invitation, link = invitations.invite(by, address, **fields)
    return invitation, "/invitation/" + link.rpartition("/invitation/")[2]


def enter(client: Any, path: str, **told: Any) -> Any:
    """Answers the page behind a link."""
    return client.post(path, {"name": "Fatou Cissé", "address": "fatou@exemple.example", "password": PASSWORD} | told)
