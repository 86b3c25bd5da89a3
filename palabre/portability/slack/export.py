"""A folder that Slack exported: its people, its channels and private talks, what was said in each, day by day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Who is in a channel of each of these files; public ones anybody there could join.
LISTS = {"channels.json": "channel", "groups.json": "private", "mpims.json": "several", "dms.json": "direct"}
LARGEST = 64 * 1024 * 1024  # bytes of one file


class NoExport(ValueError):
    """The folder is none that Slack exported."""


@dataclass(frozen=True)
class Channel:
    """A place where people talked; `kind` one of the values of `LISTS`."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...]
    creator: str
    created: datetime
    purpose: str
    is_archived: bool
    folder: str


@dataclass
class Export:
    """What one folder holds; `odd` says in words what of it could not be read."""

    root: Path
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    team: str = ""
    odd: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Export":
        """The export in `root`. Raises NoExport."""
        if not (root / "users.json").is_file() or not any((root / name).is_file() for name in LISTS):
            raise NoExport(f"{root} holds no users.json and channels.json, as an export of Slack does.")
        export = cls(root)
        export.users = {user["id"]: user for user in export._list(root / "users.json") if user.get("id")}
        export.team = next((user["team_id"] for user in export.users.values() if user.get("team_id")), root.name)
        for name, kind in LISTS.items():
            if (root / name).is_file():
                export.channels += [_channel(each, kind) for each in export._list(root / name) if each.get("id")]
        return export

    def events(self, channel: Channel) -> list[dict[str, Any]]:
        """What happened in a channel, in the order of its moments."""
        folder = self.root / channel.folder
        found: list[dict[str, Any]] = []
        if folder.is_dir() and folder.resolve().parent == self.root.resolve():
            for path in sorted(folder.glob("*.json")):
                found += [each for each in self._list(path) if each.get("ts")]
        return sorted(found, key=lambda each: (moment(each["ts"]), each["ts"]))

    def _list(self, path: Path) -> Iterator[dict[str, Any]]:
        try:
            if path.is_symlink() or path.stat().st_size > LARGEST:
                raise ValueError("no plain file, or too large")
            read = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            self.odd.append(f"{path.relative_to(self.root)}: {problem}")
            return
        yield from (each for each in read if isinstance(each, dict)) if isinstance(read, list) else ()


def moment(ts: str) -> datetime:
    """The moment that Slack calls `1433866203.000003`; the digits behind the point number what came in one second."""
    seconds, _, part = str(ts).partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int((part + "000000")[:6]))


def _channel(said: dict[str, Any], kind: str) -> Channel:
    purpose = (said.get("purpose") or {}).get("value") or (said.get("topic") or {}).get("value") or ""
    name = said.get("name") or ""
    return Channel(
        said["id"],
        name,
        kind,
        tuple(said.get("members") or ()),
        said.get("creator") or "",
        moment(str(said.get("created") or 0)),
        purpose,
        bool(said.get("is_archived")),
        said["id"] if kind == "direct" else name,
    )
