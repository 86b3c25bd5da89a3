"""Two at once: what one does while another, whose transaction is still open, has not finished."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

PATIENCE = 1  # seconds in which who does not wait would be done


@contextmanager
def meanwhile(act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Within the block, in a transaction, the first acts; then comes `act`, on a connection of its own, and waits. What
    it returned or raised stands in the list afterwards. For tests with `transaction=True`.
    """
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(act())
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        yield told
        other.start()
        other.join(timeout=PATIENCE)
    other.join()
