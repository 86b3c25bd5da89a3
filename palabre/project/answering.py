"""Whether a part answers: asked by the supervisor, which loads no Django, and by the doctor."""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

PATIENCE = 5  # seconds


def answers(host: str, port: int) -> bool:
    """Whether who listens there is in good health."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = HTTPConnection(asked, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/-/health", headers={"Host": "localhost"})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
