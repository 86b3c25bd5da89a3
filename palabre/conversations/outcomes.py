"""Messages and comments that become items. Of a conversation, the item says nothing to who does not take part in it:
the way back is a row beside both, shown at either end to who sees the other. A comment is quoted with its author, what
it was said about led to the item, and the link to it is a link like any other. Whoever said it hears of the item.
The files that were shown with it come along: whoever reads the item sees them there.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from palabre.authoring import drafting
from palabre.authoring.files.copying import with_files
from palabre.authoring.models import Draft
from palabre.conversations.models import Outcome
from palabre.items import kinds
from palabre.items.kinds import Kind
from palabre.items.models import Item
from palabre.kit.html import strip
from palabre.kit.policy import may
from palabre.links import following
from palabre.talk.models import Comment


def kinds_for() -> list[Kind]:
    """The kinds that are written at the desk, which takes any text; what has a way to go is first."""
    desk = (kind for kind in kinds.every() if kind.at_desk and not kind.apart)
    return sorted(desk, key=lambda kind: (kind.beside is None, kind.order))


def begin(comment: Comment, by: Any, kind: str, *, whole: bool = False) -> Draft:
    """A draft of `by` that says what was said, in the `whole` thread or this message; nobody is told of it yet."""
    said = [comment]
    if whole:
        opening = comment.opening
        said = list(Comment.objects.standing().filter(thread=opening).order_by("pk").select_related("by"))
        said = [*Comment.objects.standing().filter(pk=opening).select_related("by"), *said]
    body = comment.body if len(said) == 1 else "\n\n".join(f"**{each.by.name}**\n\n{each.body}" for each in said)
    if not comment.item.kind_of.apart:
        passage = "".join(f"> {line}\n" for line in comment.quote.splitlines())
        body = "\n\n".join(filter(None, (passage.strip(), body, _source(comment, named=len(said) == 1))))
    title = following.heading(strip((said[0] if said else comment).html))
    # Whoever said it reads what became of it there; of a conversation, which has no space of its own, one chooses.
    here = comment.item.space
    space = here if not comment.item.kind_of.apart and may(by, "space.write", here) else None
    draft = drafting.keep(by, drafting.Content(kind, title, with_files(body, by), space))
    Outcome.objects.create(comment=comment, draft=draft, by=by)
    return draft


def _source(comment: Comment, *, named: bool) -> str:
    """The line that leads to a comment, by an address that tells nothing; `named`, it says who said it."""
    who = comment.by.name.translate({ord(sign): " " for sign in "[]<>\\`"}) if named else gettext("The discussion")
    return f"— [{who}](/items/{comment.item_id}/#comment-{comment.pk})"


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """What was begun from a message is there: each leads to the other from now on."""
    for outcome in Outcome.objects.filter(draft=draft, item=None).select_related("comment__item__space", "by"):
        outcome.item, outcome.draft = item, None
        outcome.save(update_fields=["item", "draft"])
        said = outcome.comment
        said.item.record("message_became", outcome.by, comment=said.pk)
        if not said.item.kind_of.apart and said.item_id != item.pk:
            following.tie(said.item, item, outcome.by)


def of(comments: Iterable[Comment], reader: Any) -> dict[int, list[Item]]:
    """By message, the items that it became, among those the reader sees."""
    seen = Item.objects.visible_to(reader).order_by().values("pk")
    rows = Outcome.objects.filter(comment__in=list(comments), item__in=seen).select_related("item__space")
    found: dict[int, list[Item]] = defaultdict(list)
    for outcome in rows:
        if outcome.item:
            found[outcome.comment_id].append(outcome.item)
    return found


def told(briefs: Iterable[dict[str, Any]]) -> dict[int, list[Item]]:
    """The same of the comments on one item, as it came with it."""
    found: dict[int, list[Item]] = defaultdict(list)
    for brief in briefs:
        found[brief["comment"]].append(Item(**{name: said for name, said in brief.items() if name != "comment"}))
    return found
