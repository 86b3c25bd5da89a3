"""A ballot in a sentence, for those who read what others said."""

from typing import Any

from django.utils.translation import gettext as _

from palabre.decisions.methods import GRADES
from palabre.decisions.papers import Paper


def words(paper: Paper) -> str:
    """What somebody said, by the titles of the options."""
    match paper.kind:
        case "choice" | "approval":
            picked = [line for line in paper.lines if line.key in paper.picked]
            nothing = _("Abstains") if paper.kind == "choice" else _("None of them")
            return ", ".join(line.title for line in picked) or nothing
        case "ranking":
            placed = sorted((line for line in paper.lines if line.number), key=lambda line: line.number or 0)
            return ", ".join(f"{line.number}. {line.title}" for line in placed)
        case "grades":
            return ", ".join(_beside(line.title, GRADES[line.number or 0]) for line in paper.lines)
    return ", ".join(_beside(line.title, line.typed) for line in paper.lines if line.number)


def _beside(title: str, said: Any) -> str:
    return _("%(option)s: %(said)s") % {"option": title, "said": said}
