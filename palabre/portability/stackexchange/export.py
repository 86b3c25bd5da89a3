"""A folder that Stack Exchange published of one community: a file of rows for each of its tables.

The files are a stranger's, so nothing is read but elements and their attributes: a document type is refused, and with
it every entity that could grow or reach outside.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

Row = dict[str, str]
PIECE = 1 << 16  # bytes read at once
QUESTION, ANSWER = "1", "2"
NEEDED = {  # what a row of each file says, or nothing can be made of it
    "Users": frozenset({"Id"}),
    "Posts": frozenset({"Id", "PostTypeId", "CreationDate"}),
    "PostHistory": frozenset({"Id", "PostId", "PostHistoryTypeId", "CreationDate"}),
    "Comments": frozenset({"PostId", "CreationDate"}),
    "Votes": frozenset({"PostId", "VoteTypeId", "CreationDate"}),
    "PostLinks": frozenset({"PostId", "RelatedPostId", "CreationDate"}),
}
_TAG = re.compile(r"[^<>|]+")


class NoExport(ValueError):
    """The folder, or a file of it, is none that Stack Exchange published."""


def rows(path: Path) -> Iterator[Row]:
    """The rows of one file, as their attributes, read piece by piece. Raises NoExport."""
    found: list[Row] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: Row) -> None:
        if name == "row":
            found.append(attributes)

    def refuse(*_declared: Any) -> None:
        raise NoExport(f"{path.name} declares a document type, which no export of Stack Exchange does")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
                yield from found
                found.clear()
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NoExport(f"{path.name} cannot be read: {error}") from error


def moment(row: Row, name: str = "CreationDate") -> datetime:
    """A moment of a row; the export gives them in UTC without saying so."""
    return datetime.fromisoformat(row[name]).replace(tzinfo=UTC)


def tags(row: Row, name: str = "Tags") -> list[str]:
    """The tags of a question, written `<one><two>` or `|one|two|`. Tags here have no signs, and c++ is not c#."""
    return [each.replace("++", "-plus-plus").replace("#", "-sharp") for each in _TAG.findall(row.get(name, ""))]


@dataclass
class Export:
    """What one folder holds, by the number of the post that it belongs to; `broken` are rows of which nothing can be
    made, by their file.
    """

    users: dict[str, str] = field(default_factory=dict)
    posts: dict[str, Row] = field(default_factory=dict)
    answers: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    history: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    votes: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    links: list[Row] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)

    @classmethod
    def read(cls, root: Path) -> "Export":
        """Raises NoExport where Posts.xml or Users.xml are missing; the other files may be."""
        files = {path.name.lower(): path for path in root.glob("*.[xX][mM][lL]")}  # old exports are written small
        if not {"posts.xml", "users.xml"} <= files.keys():
            raise NoExport(f"{root} holds no Posts.xml and Users.xml, as an export of Stack Exchange does")
        export = cls()

        def of(name: str) -> Iterator[Row]:
            path = files.get(f"{name.lower()}.xml")
            for row in rows(path) if path else ():
                if _is_whole(row, NEEDED[name]):
                    yield row
                else:
                    export.broken[name] += 1

        export.users = {row["Id"]: row.get("DisplayName", "") for row in of("Users")}
        export.posts = {row["Id"]: row for row in of("Posts")}
        for row in export.posts.values():
            if row["PostTypeId"] == ANSWER:
                export.answers[row.get("ParentId", "")].append(row)
        for name, into in (("PostHistory", export.history), ("Comments", export.comments), ("Votes", export.votes)):
            for row in of(name):
                into[row["PostId"]].append(row)
        export.links = list(of("PostLinks"))
        return export

    def questions(self) -> list[Row]:
        """The elder first."""
        return sorted((row for row in self.posts.values() if row["PostTypeId"] == QUESTION), key=lambda r: int(r["Id"]))


def _is_whole(row: Row, needed: frozenset[str]) -> bool:
    """Whether a row says what is needed of it: its numbers as numbers, its moment as one."""
    if not needed <= row.keys():
        return False
    try:
        for name in needed & {"Id", "PostId"}:
            int(row[name])
        return "CreationDate" not in needed or bool(moment(row))
    except ValueError:
        return False
