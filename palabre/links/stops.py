"""Stops: the things on a thread."""

from dataclasses import dataclass

from palabre.items import kinds
from palabre.items.models import address


@dataclass(slots=True)
class Stop:
    """One thing on a thread: enough to name it and to lead there. `said` is how it stands, once that is asked; `voices`
    how many there are for it."""

    pk: int
    kind: str
    title: str
    space_id: int
    depth: int
    said: str = ""
    voices: int = 0

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.title)

    @property
    def kind_of(self) -> kinds.Kind:
        return kinds.get(self.kind)
