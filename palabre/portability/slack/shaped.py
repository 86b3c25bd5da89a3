"""What an export says, in the shape it should have: many versions and tools write them, not all of them Slack's.

What has another shape than it should counts as absent; an event without a moment is none, which is said.
"""

from datetime import UTC, datetime
from typing import Any

LISTED = ("files", "attachments", "reactions", "blocks")
MAPPED = ("file", "comment", "edited", "bot_profile", "user_profile")
SAID = ("type", "subtype", "user", "bot_id", "username", "text")
_UNKEPT = {0: None}  # which PostgreSQL keeps in no text


def clean(read: Any) -> Any:
    """The same without what no text of ours can hold: the sign nought, and halves of signs."""
    match read:
        case str():
            return read.translate(_UNKEPT).encode("utf-8", "replace").decode()
        case list():
            return [clean(each) for each in read]
        case dict():
            return {clean(key): clean(value) for key, value in read.items()}
    return read


def event(read: dict[str, Any]) -> dict[str, Any]:
    """An event with each of its parts in its shape. Raises ValueError, in words, where its moment cannot be read."""
    moment(read.get("ts") or "")
    told = read | {"ts": str(read["ts"])}
    for name in SAID:
        told[name] = first(read.get(name))
    for name in LISTED:
        told[name] = [each for each in values(read, name) if isinstance(each, dict)]
    for name in MAPPED:
        told[name] = mapping(read, name)
    told["thread_ts"] = _known(read.get("thread_ts"))
    if told["edited"]:
        told["edited"] = {"ts": _known(told["edited"].get("ts"))}
    return told


def moment(ts: Any) -> datetime:
    """The moment that Slack calls `1433866203.000003`; the digits behind the point number what came in one second.

    Raises ValueError, in words.
    """
    seconds, _, part = str(ts).partition(".")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int((part + "000000")[:6]))
    except (ValueError, OverflowError, OSError) as problem:
        raise ValueError(f"an event has no moment that can be read ({str(ts)[:40]!r})") from problem


def mapping(read: dict[str, Any], name: str) -> dict[str, Any]:
    """What should be a mapping."""
    found = read.get(name)
    return found if isinstance(found, dict) else {}


def values(read: dict[str, Any], name: str) -> list[Any]:
    """What should be a list."""
    found = read.get(name)
    return found if isinstance(found, list) else []


def first(*read: Any) -> str:
    """The first of these that is text and says something, else ""."""
    return next((each.strip() for each in read if isinstance(each, str) and each.strip()), "")


def _known(ts: Any) -> str:
    """A moment that can be read, else ""."""
    try:
        moment(ts)
    except ValueError:
        return ""
    return str(ts)
