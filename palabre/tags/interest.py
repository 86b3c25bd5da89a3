"""Who follows tags: a room above knows, and says it here to rooms that ask those who do."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Q

Followers = Callable[[Collection[str]], Iterable[tuple[str, int]]]
Followed = Callable[[Any], Any]

_followers: list[Followers] = []
_followed: list[Followed] = []


def knows(followers: Followers, followed: Followed) -> None:
    """`followers` gives pairs (key of a tag, person) for some keys; `followed` the keys of the rows of the tags that a
    person follows, as a query, from the person or a slot for their key."""
    _followers.append(followers)
    _followed.append(followed)


def followers(keys: Collection[str]) -> set[tuple[str, int]]:
    """Who follows each of these tags, by the tag's key and the person's."""
    return {pair for each in _followers for pair in each(keys)} if keys else set()


def followed_by(person: Any, field: str = "tag") -> Q:
    """The condition that `field` is a tag which `person` follows; nothing is where no room knows of it."""
    condition = Q(pk__in=[])
    for each in _followed:
        condition |= Q(**{f"{field}__in": each(person)})
    return condition
