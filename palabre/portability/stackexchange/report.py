"""What an import from Stack Exchange did: each row of the export is counted once, as brought, known or left out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Report:
    """Of each sort of row how many there are, and how many came now; `left_out` says of the others why.

    Rows of history are `history`: those that say a text are gathered into `versions`, which are fewer, since a title, a
    text and tags saved at once are three rows.
    """

    questions: int = 0
    answers: int = 0
    accepted: int = 0
    comments: int = 0
    votes: int = 0
    votes_kept: int = 0
    history: int = 0
    versions: int = 0
    tags: int = 0
    links: int = 0
    links_kept: int = 0
    duplicates: int = 0
    new: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def sentences(self) -> Iterator[str]:
        """The report as lines for a terminal."""
        yield (
            f"{self.questions} questions, {self.answers} answers, {self.accepted} of them accepted; "
            f"{self.new['questions']} and {self.new['answers']} are new."
        )
        yield f"{self.comments} comments, {self.new['comments']} new."
        yield f"{self.new['people']} people came without account."
        yield f"{self.votes} votes: {self.votes_kept} for or against, {self.new['votes']} of them new."
        yield f"{self.history} rows of history make {self.versions} versions of texts. {self.tags} tags."
        yield (
            f"{self.links} links between questions, {self.links_kept} of them kept; "
            f"{self.duplicates} say that two ask the same."
        )
        for reason, number in sorted(self.left_out.items()):
            yield f"  left out: {number} {reason}"
