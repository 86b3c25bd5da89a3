"""Sessions that know whose they are.

Every page asks for the session and then for its person; here both come in one query. And a session that points at a
person with a real key can be listed and ended: when somebody leaves, theirs are gone in the same transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import connection, models
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from palabre.kit.clock import now
from palabre.kit.queries import EITHER, planned

FRESH = timedelta(minutes=1)  # how exactly it is known when somebody was last here
VISIT = timedelta(minutes=30)  # who comes back after so long begins another visit
DEVICES = 5  # that somebody has open at once, at most
BEFORE = "before"  # of a session: when the visit before this one ended


ENDED = "sessions"  # a channel of PostgreSQL: digests of sessions that were ended


def digest(session_key: str) -> str:
    """What may be told of a session: it opens nothing."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionManager(BaseSessionManager):
    """Brings the person along."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("person__organisation")


class Session(AbstractBaseSession):
    """One browser of one person, or of a visitor who is not signed in; `seen_at` is when it last asked for a page."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")
    seen_at = models.DateTimeField(default=now, db_default=Now())

    objects = SessionManager()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class SessionStore(DatabaseSessions):
    """The session engine (`settings.SESSION_ENGINE` names this module)."""

    person: Any = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        with planned(EITHER):
            row = self._get_session_from_db()  # type: ignore[attr-defined]
        self.person, self.seen_at = (row.person, row.seen_at) if row else (None, None)
        return self.decode(row.session_data) if row else {}

    def delete(self, session_key: str | None = None) -> None:
        """Ends it, wherever that is asked for; what is still open on it hears so."""
        ended = session_key or self.session_key
        super().delete(session_key)
        if ended:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [ENDED, digest(ended)])

    def cycle_key(self) -> None:
        """Another name for the same browser, as after a new password; whatever hangs on the session goes along."""
        data, former = self._session, self.session_key  # type: ignore[attr-defined]
        self.create()
        self._session_cache = data
        if former:
            for relation in Session._meta.get_fields(include_hidden=True):
                if isinstance(relation, models.ManyToOneRel):
                    name = relation.field.name
                    rows = relation.related_model._base_manager.filter(**{name: former})
                    rows.update(**{name: self.session_key})
            self.delete(former)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.person_id = data.get(auth.SESSION_KEY)
        return row


class PersonOfSession:
    """Middleware: `request.user`, from the session's own row; as strict as Django's, one query less.

    The person themselves, not a stand-in: every page asks, several hundred times.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = _person(request)
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
    if not known:
        return auth.get_user(request)
    _note(person, session)
    return person


def _note(person: Any, session: Any) -> None:
    """Its person is here; written once in a while, for each page says so."""
    moment = now()
    if session.seen_at is not None and session.seen_at + VISIT < moment:
        session[BEFORE] = max(filter(None, (session.seen_at, _elsewhere(person, session)))).isoformat()
    if session.seen_at is None or session.seen_at + FRESH < moment:
        Session.objects.filter(pk=session.session_key).update(seen_at=moment)
        session.seen_at = moment


def last_visit(request: HttpRequest) -> datetime | None:
    """When the reader's visit before this one ended, on whatever device; None of a first one.

    It is kept in the session when a visit begins, so that no page writes for it.
    """
    session = request.session
    if BEFORE not in session:
        elsewhere = _elsewhere(request.user, session)
        session[BEFORE] = elsewhere.isoformat() if elsewhere else ""
    return _read(session[BEFORE])


def _elsewhere(person: Any, session: Any) -> datetime | None:
    """When they were here last in another session, be it that it has ended since. What is open on two devices at once
    is one visit, and the one before it the same on both.
    """
    others = Session.objects.filter(person=person.pk).exclude(pk=session.session_key).order_by("-seen_at", "pk")
    seen = None
    for other in others.select_related(None)[:DEVICES]:
        if other.seen_at + VISIT < now():
            seen = other.seen_at
            break
        if (before := other.get_decoded().get(BEFORE)) is not None:
            return _read(before)
    return max(filter(None, (seen, person.here_at)), default=None)


def _read(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def last_seen(people: Collection[int]) -> dict[int, datetime]:
    """By primary key, when each of these people last asked for a page; who has no session is not among them."""
    rows = (
        Session.objects.filter(person__among=list(people))
        .order_by()
        .values("person")
        .annotate(last=models.Max("seen_at"))
    )
    return dict(rows.values_list("person", "last"))
