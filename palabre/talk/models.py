"""Comments in threads, on an item or on a passage of it, and reactions to either."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.authoring.document import Document
from palabre.authoring.rendering import render
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.kit.holding import hold
from palabre.kit.html import strip
from palabre.talk.anchors import AROUND, LONGEST, Anchor

LONGEST_TEXT = 20_000


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments. A comment is seen by whoever sees its item, and by nobody else."""

    def visible_to(self, person: Any) -> CommentQuerySet:
        seen = Item.objects.visible_to(person, unpublished=True, apart=True)
        return self.filter(item__in=seen.order_by().values("pk"))

    def standing(self) -> CommentQuerySet:
        """Without those that were deleted."""
        return self.filter(deleted_at=None)


class Comment(models.Model):
    """Something said about an item, perhaps in answer to another comment, perhaps about a passage.

    `thread` is the comment that opened the thread (None for that one itself), `parent` the one that is answered.
    What was said before an edit stays as an `Earlier`; a deleted comment leaves its place, its author and its date.
    """

    root: int  # of `loading`: the comment that opened the thread
    among: int  # of `loading`: how many the thread holds
    gestures: list[dict[str, Any]]  # of `loading`: those towards this comment
    resolver: str  # of `loading`: the name of who resolved it

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    body = models.TextField(_("comment"))
    html = models.TextField(editable=False)
    at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    quote = models.CharField(_("passage"), max_length=LONGEST, blank=True)
    prefix = models.CharField(max_length=AROUND, blank=True)
    suffix = models.CharField(max_length=AROUND, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["item", "id"], name="talk_by_item")]

    def __str__(self) -> str:
        return f"{self.by_id} · {self.item_id} · {self.pk}"

    def get_absolute_url(self) -> str:
        """The permanent address of a comment, which leads to its place under the item."""
        return f"/comments/{self.pk}/"

    @property
    def opening(self) -> int:
        """The key of the comment that opened the thread."""
        return self.thread_id or self.pk

    @property
    def words(self) -> str:
        """What it says, without the signs by which it is written."""
        return strip(self.html)

    @property
    def anchor(self) -> Anchor | None:
        """The passage it speaks of, None when it speaks of the whole."""
        return Anchor(self.quote, self.prefix, self.suffix) if self.quote else None

    @classmethod
    @transaction.atomic
    def say(
        cls,
        item: Item,
        by: Any,
        body: str,
        *,
        parent: Comment | None = None,
        anchor: Anchor | None = None,
        through: str = "",
    ) -> Comment:
        """`by` comments on `item`, in answer to `parent` or on a passage; an answer reopens nothing.

        `through` is the way it came, where that was not a page: the journal keeps it.
        """
        document = render(body, item.language)
        comment = cls.objects.create(
            item=item,
            by=by,
            body=body,
            html=document.html,
            parent=parent,
            thread_id=parent.opening if parent else None,
            quote=anchor.exact if anchor else "",
            prefix=anchor.prefix if anchor else "",
            suffix=anchor.suffix if anchor else "",
            version=item.version,
        )
        mentioned = _mentioned(document)
        way = {"through": through} if through else {}
        item.record(item.kind_of.saying, by, comment=comment.pk, thread=comment.opening, mentions=mentioned, **way)
        return comment

    def _tell(self, verb: str, by: Any, **particulars: Any) -> None:
        """Open pages know by the thread where it stands."""
        self.item.record(verb, by, comment=self.pk, thread=self.opening, **particulars)

    @transaction.atomic
    def edit(self, by: Any, body: str) -> None:
        """Says it otherwise; what stood before is kept, also what another window has said meanwhile. Whom it did not
        mention before is told.
        """
        hold(self, "body")
        if body == self.body:
            return
        language = self.item.language
        document, before = render(body, language), _mentioned(render(self.body, language))
        Earlier.objects.create(comment=self, body=self.body, by=by)
        self.body, self.html, self.edited_at = body, document.html, now()
        self.save(update_fields=["body", "html", "edited_at"])
        mentioned = [handle for handle in _mentioned(document) if handle not in before]
        self._tell("comment_edited", by, mentions=mentioned)

    @transaction.atomic
    def delete_by(self, by: Any) -> None:
        """Takes it back: its place stays, its words are shown to nobody and searched by nobody. Of two at once, the
        first has done it: who did says who may bring it back."""
        hold(self, "deleted_at")
        if self.deleted_at:
            return
        self.deleted_at, self.deleted_by = now(), by
        self.save(update_fields=["deleted_at", "deleted_by"])
        self._tell("comment_deleted", by)

    @transaction.atomic
    def restore(self, by: Any) -> None:
        """Undoes a deletion."""
        hold(self, "deleted_at")
        if self.deleted_at is None:
            return
        self.deleted_at = self.deleted_by = None
        self.save(update_fields=["deleted_at", "deleted_by"])
        self._tell("comment_restored", by)

    @transaction.atomic
    def resolve(self, by: Any) -> None:
        """What the thread asked for is done: it folds."""
        self.resolved_at, self.resolved_by = now(), by
        self.save(update_fields=["resolved_at", "resolved_by"])
        self._tell("comment_resolved", by)

    @transaction.atomic
    def reopen(self, by: Any) -> None:
        """It was not done after all."""
        self.resolved_at = self.resolved_by = None
        self.save(update_fields=["resolved_at", "resolved_by"])
        self._tell("comment_reopened", by)


def _mentioned(document: Document) -> list[str]:
    """The handles of whom a text mentions."""
    return sorted({reference.key for reference in document.references if reference.kind == "person"})


class Earlier(models.Model):
    """What a comment said before an edit."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier")
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.at:%Y-%m-%d %H:%M}"


class Gesture(models.TextChoices):
    """The few things one can say without words."""

    AGREE = "agree", _("I agree")
    THANKS = "thanks", _("Thank you")
    SEEN = "seen", _("Seen")

    @property
    def icon(self) -> str:
        """Its sign in the sprite."""
        return ICONS[self]

    @property
    def sentence(self) -> str | Promise:
        """Its name beside a number of people."""
        return SENTENCES[self]


ICONS = {Gesture.AGREE: "thumbs-up", Gesture.THANKS: "heart", Gesture.SEEN: "eye"}
SENTENCES: dict[Gesture, str | Promise] = {
    Gesture.AGREE: _("agree"),
    Gesture.THANKS: _("say thank you"),
    Gesture.SEEN: _("have seen it"),
}


class Reaction(models.Model):
    """Somebody's gesture towards an item, or towards a comment on it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reactions")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="reactions")
    gesture = models.CharField(max_length=10, choices=Gesture)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "comment", "gesture", "by"], name="talk_one_gesture_each", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.gesture} {self.item_id}"

    @classmethod
    @transaction.atomic
    def toggle(cls, item: Item, comment: Comment | None, gesture: Gesture, by: Any) -> bool:
        """Makes the gesture, or takes it back; returns whether it stands. Two at once are heard one after the other."""
        Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
        gone, _rows = cls.objects.filter(item=item, comment=comment, gesture=gesture, by=by).delete()
        if not gone:
            cls.objects.create(item=item, comment=comment, gesture=gesture, by=by)
        towards = {"comment": comment.pk, "thread": comment.opening} if comment else {"comment": None}
        item.record("reaction_withdrawn" if gone else "reacted", by, gesture=gesture, **towards)
        return not gone
