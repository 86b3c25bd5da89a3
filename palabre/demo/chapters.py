"""A chapter of what happened in the demo world: questions asked, votes held, promises kept."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any


class Chapter(ABC):
    """Told once the cast stands and the stories are written; `people` and `spaces` by the keys that texts name them by.

    `when(ago, key)` is the moment so many days ago, at an hour that hangs on the key.
    """

    def __init__(self, people: Mapping[str, Any], spaces: Mapping[str, Any], when: Callable[..., datetime]) -> None:
        self.people, self.spaces, self.when = dict(people), spaces, when

    @abstractmethod
    def tell(self) -> None:
        """Writes it, dated back."""
