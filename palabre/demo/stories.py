"""The stories of the demo world: what its people wrote, read from the folder `world`, one file for each item.

A file is Markdown with a front matter in the words of this module. `ago` and `in` count days from the moment the
world is built, so that it never grows old. A line of `%%` ends the text of one version: the next one added what
follows, and `was` are the words it changed. So a history is written once, as the text it ended in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

WORLD = Path(__file__).parent / "world"
VERSION_ENDS = "\n%%\n"


@dataclass(frozen=True)
class Version:
    """A text as it once stood, with who wrote it, how many days ago, and what they said about it."""

    by: str
    ago: float
    body: str
    note: str = ""


@dataclass(frozen=True)
class Story:
    """One item to be, in the words of its file. `key` is "space/name", by which the others call it."""

    key: str
    space: str
    title: str
    author: str
    ago: float
    versions: tuple[Version, ...]
    kind: str = "page"
    language: str = "fr"
    state: str = "published"
    parent: str = ""
    address: str = ""
    says: str = ""  # what the page of a bookmark says of itself
    superseded_by: str = ""
    file: str = ""
    template: bool = False
    due: float = 0
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[dict[str, str], ...] = ()
    comments: tuple[dict[str, Any], ...] = ()
    savers: tuple[dict[str, str], ...] = ()
    reactions: dict[str, list[str]] = field(default_factory=dict)
    verified: dict[str, Any] = field(default_factory=dict)
    outdated: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return self.versions[-1].body


def read() -> list[Story]:
    """All stories, those told first first; a parent before its children."""
    stories = {story.key: story for story in map(_story, sorted(WORLD.glob("*/*.md")))}
    for story in stories.values():
        check(story)

    def depth(story: Story) -> int:
        return 1 + depth(stories[story.parent]) if story.parent else 0

    return sorted(stories.values(), key=lambda story: (depth(story), -story.ago, story.key))


def check(story: Story) -> None:
    """Nothing is answered, verified or doubted before it was said: ValueError names what is."""
    present = datetime(2026, 1, 15, 12)
    written = moment(present, story.ago, story.key)

    def follows(remark: dict[str, Any], before: datetime) -> None:
        at = moment(present, remark["ago"], story.key + remark["by"])
        if at < before:
            raise ValueError(f"{story.key}: {remark['by']} speaks before what they answer, {remark['ago']} days ago")
        for answer in remark.get("replies", ()):
            follows(answer, at)

    for remark in story.comments:
        follows(remark, written)
    for said in (story.verified, story.outdated):
        if said and moment(present, said["ago"], story.key) < written:
            raise ValueError(f"{story.key}: judged before it was written, {said['ago']} days ago")


def moment(present: datetime, ago: float, key: str = "") -> datetime:
    """So many days before `present`, at an hour of the working day that depends on `key` alone."""
    minutes = sum(map(ord, key)) * 37 % 600
    if ago < 1:
        return present - timedelta(days=ago)
    return (present - timedelta(days=ago)).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
        minutes=minutes
    )


def _story(path: Path) -> Story:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    said: dict[str, Any] = yaml.safe_load(front)
    space = path.parent.name
    for name in ("aliases", "tags", "links", "comments", "savers"):
        said[name] = tuple(said.get(name, ()))
    if "parent" in said:
        said["parent"] = f"{space}/{said['parent']}"
    versions = tuple(_versions(said, body, said.pop("versions", ())))
    return Story(key=f"{space}/{path.stem}", space=space, versions=versions, due=said.pop("in", 0), **said)


def _versions(said: dict[str, Any], body: str, later: Any) -> Iterator[Version]:
    """From the text as it is, the texts it was: without what was added since, with the words changed since."""
    parts = body.split(VERSION_ENDS)
    for number in range(len(later) + 1):
        text = "\n".join(parts[: number + 1]) if len(parts) == len(later) + 1 else "\n".join(parts)
        for change in later[number:]:
            for present, former in change.get("was", ()):
                text = text.replace(present, former)
        if number == 0:
            yield Version(said["author"], said["ago"], text)
        else:
            change = later[number - 1]
            yield Version(change["by"], change["ago"], text, change.get("note", ""))
