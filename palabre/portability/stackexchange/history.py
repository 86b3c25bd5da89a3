"""The versions of a post, from the rows of its history: those saved at once are one version."""

from dataclasses import dataclass
from datetime import datetime

from palabre.portability.stackexchange.export import Row, moment

TITLE, BODY = ("1", "4", "7"), ("2", "5", "8")


@dataclass(frozen=True)
class Version:
    """A title and a text as they once stood, since when, by whom, and what was said of the change."""

    title: str
    body: str
    at: datetime
    row: Row
    note: str


def versions(rows: list[Row]) -> list[Version]:
    """The versions that `rows` tell, oldest first; none where nothing but other events is told."""
    found: list[Version] = []
    title = body = ""
    saved: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda each: int(each["Id"])):
        if row["PostHistoryTypeId"] in (*TITLE, *BODY):
            saved.setdefault(row.get("RevisionGUID") or row["Id"], []).append(row)
    for together in saved.values():
        for row in together:
            if row["PostHistoryTypeId"] in TITLE:
                title = " ".join(row.get("Text", "").split())
            else:
                body = row.get("Text", "")
        notes = [row["Comment"] for row in together if row.get("Comment")]
        first = together[0]
        found.append(Version(title[:250], body, moment(first), first, (notes or [""])[0][:200]))
    return found
