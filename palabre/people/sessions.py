"""Sessions that know whose they are.

Every page asks for the session and then for its person; here both come in one query. And a session that points at a
person with a real key can be listed and ended: when somebody leaves, theirs are gone in the same transaction.
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject


class SessionManager(BaseSessionManager):
    """Brings the person along."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("person__organisation")


class Session(AbstractBaseSession):
    """One browser of one person, or of a visitor who is not signed in."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")

    objects = SessionManager()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class SessionStore(DatabaseSessions):
    """The session engine (`settings.SESSION_ENGINE` names this module)."""

    person: Any = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        self.person = row.person if row else None
        return self.decode(row.session_data) if row else {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.person_id = data.get(auth.SESSION_KEY)
        return row


class PersonOfSession:
    """Middleware: `request.user`, from the session's own row; as strict as Django's, one query less."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]
        return self.get_response(request)


def _person(request: HttpRequest) -> Any:
    session = request.session
    if auth.SESSION_KEY not in session:
        return AnonymousUser()
    person = getattr(session, "person", None)
    known = (
        person is not None
        and str(person.pk) == session[auth.SESSION_KEY]
        and person.is_active
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    )
    return person if known else auth.get_user(request)
