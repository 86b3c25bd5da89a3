"""Health: whether this process answers and reaches the database, for the supervisor and for a proxy."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse


def is_healthy() -> bool:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def health(request: HttpRequest) -> HttpResponse:
    """`/-/health`: 200 or 503, in one word."""
    healthy = is_healthy()
    return HttpResponse("ok" if healthy else "no database", status=200 if healthy else 503, content_type="text/plain")
