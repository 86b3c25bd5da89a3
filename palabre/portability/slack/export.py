"""A folder that Slack exported: its people, its channels and private talks, what was said in each, day by day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from palabre.portability.slack import shaped
from palabre.portability.slack.shaped import moment

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
        export.users = {str(user["id"]): user for user in export._list(root / "users.json") if user.get("id")}
        export.team = next((str(user["team_id"]) for user in export.users.values() if user.get("team_id")), root.name)
        for name, kind in LISTS.items():
            if (root / name).is_file():
                export.channels += [_channel(each, kind) for each in export._list(root / name) if each.get("id")]
        if export.odd and not export.channels:
            raise NoExport(f"Nothing of {root} can be read: {'; '.join(export.odd)}.")
        return export

    def called(self, key: str) -> str:
        """The name of somebody of the list, "" of who is not in it."""
        user = self.users.get(key) or {}
        profile = shaped.mapping(user, "profile")
        return shaped.first(
            profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name")
        )

    def events(self, channel: Channel) -> list[dict[str, Any]]:
        """What happened in a channel, in the order of its moments."""
        folder = self._folder(channel)
        if folder is None:
            self.odd.append(f"{channel.name or channel.id}: there is no folder of that name, so nothing of it came in")
            return []
        found = []
        for path in sorted(folder.glob("*.json")):
            for each in self._list(path):
                try:
                    found.append(shaped.event(each))
                except ValueError as problem:
                    self.odd.append(f"{path.relative_to(self.root)}: {problem}")
        return sorted(found, key=lambda each: (moment(each["ts"]), each["ts"]))

    def _folder(self, channel: Channel) -> Path | None:
        for name in filter(None, (channel.folder, channel.id)):
            folder = self.root / name
            if folder.is_dir() and folder.resolve().parent == self.root.resolve():
                return folder
        return None

    def _list(self, path: Path) -> Iterator[dict[str, Any]]:
        try:
            if path.is_symlink() or path.stat().st_size > LARGEST:
                raise ValueError("it is no plain file, or too large")
            read = shaped.clean(json.loads(path.read_text(encoding="utf-8-sig")))
            if not isinstance(read, list):
                raise ValueError("it holds no list")
        except (OSError, ValueError, RecursionError) as problem:
            self.odd.append(f"{path.relative_to(self.root)} could not be read: {problem}")
            return
        yield from (each for each in read if isinstance(each, dict))


def _channel(said: dict[str, Any], kind: str) -> Channel:
    purpose = shaped.first(*(shaped.mapping(said, each).get("value") for each in ("purpose", "topic")))
    name = shaped.first(said.get("name"))
    try:
        created = moment(said.get("created") or 0)
    except ValueError:
        created = moment(0)
    return Channel(
        str(said["id"]),
        name,
        kind,
        tuple(dict.fromkeys(each for each in shaped.values(said, "members") if isinstance(each, str) and each)),
        shaped.first(said.get("creator")),
        created,
        purpose,
        bool(said.get("is_archived")),
        str(said["id"]) if kind == "direct" else name,
    )
