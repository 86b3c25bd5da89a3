"""What talk shows under an item: gestures beneath the text, then the discussion. One query for both."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from palabre.kit.panels import Panel, offer
from palabre.talk import discussion, drawing
from palabre.talk.forms import Saying
from palabre.talk.models import Comment


def gestures(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """Right below the text, first what words chosen in it can be given, then gestures towards the whole."""
    talk = discussion.of(request, item)
    if not talk.gestures_made and not talk.may_comment:
        return None
    return {
        "drawn": drawing.gestures(item, None, talk.gestures_made, talk.may_comment),
        "may_comment": talk.may_comment,
    }


def talk(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """The discussion, and a way in for who may take part."""
    found = discussion.of(request, item)
    if not found.threads and not found.may_comment and request.user.is_authenticated:
        return None
    return {"talk": found, "form": Saying(item, request.user)}


def at_withdrawal(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """What becomes of the comments on an item whose publication is about to be undone."""
    standing = Comment.objects.filter(item=item).standing().order_by()
    number = standing.count()
    others = standing.exclude(by=request.user.pk).aggregate(people=Count("by", distinct=True))["people"]
    return {"number": number, "others": others} if number else None


offer(Panel("item.foot", "talk.gestures", "talk/panels/gestures.html", gestures, queries=1, order=20))
offer(Panel("item.below", "talk.discussion", "talk/panels/discussion.html", talk, queries=0, order=20))
offer(Panel("item.withdrawal", "talk.withdrawal", "talk/panels/withdrawal.html", at_withdrawal, queries=2))
