"""The way in by a private address: a token that somebody holds and that was not revoked."""

from typing import Any

from django.http import Http404

from palabre.feeds.models import Token, digest


def token_or_404(token: str) -> Token:
    """The token, with its person; 404 for any other, for one that was revoked, and for that of somebody who left."""
    found = Token.objects.valid().select_related("person__organisation").filter(digest=digest(token)).first()
    if found is None:
        raise Http404
    return found


def own_token_or_404(person: Any, pk: int) -> Token:
    """One's own token of that number."""
    found = Token.objects.of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
