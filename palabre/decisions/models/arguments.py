"""What people say within a decision that wants an answer: reasons, opinions that were asked for, objections."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from palabre.authoring import writing
from palabre.decisions.models.decision import Decision
from palabre.items.models import READABLE, Facet
from palabre.kit.clock import now


class Side(models.TextChoices):
    """What an argument is to what is proposed."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    OPINION = "opinion", _("Opinion")
    OBJECTION = "objection", _("Objection")


class ArgumentQuerySet(models.QuerySet["Argument"]):
    """Arguments by the decision they stand in."""

    def within(self, decision: Decision) -> ArgumentQuerySet:
        """Those that are read there."""
        return self.filter(item__parent=decision.pk, item__state__in=READABLE)

    @transaction.atomic
    def say(self, decision: Decision, by: Any, side: str, words: str) -> Argument:
        """`by` says it, in an item of its own; an opinion and an objection are one each, and said anew are changed."""
        once = side in (Side.OPINION, Side.OBJECTION)
        said = self.within(decision).filter(item__author=by, side=side, lifted_at=None).first() if once else None
        if said:
            item = said.item
            writing.revise(item, by, item.title, words, based_on=item.version)
            return said
        parent, title = decision.item, decision.item.title
        item = writing.publish("argument", parent.space, by, title, words, parent=parent, side=side)
        decision.item.record("argument_given", by, argument=item.pk)
        found: Argument = item.argument  # type: ignore[attr-defined]
        return found

    def lift(self, decision: Decision, by: Any) -> None:
        """The objection of `by`, if there is one, is resolved, as they say."""
        for objection in self.within(decision).filter(item__author=by, side=Side.OBJECTION, lifted_at=None):
            objection.lifted_at = now()
            objection.save(update_fields=["lifted_at"])
            decision.item.record("objection_lifted", by, argument=objection.pk)


class Argument(Facet):
    """Its item's parent is the decision. An objection that is resolved says so itself, by whoever raised it."""

    side = models.CharField(max_length=10, choices=Side, default=Side.FOR)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = ArgumentQuerySet.as_manager()

    @transaction.atomic
    def respond(self, by: Any, words: str) -> None:
        """Answers it in the name of those who proposed; for an objection, how it is resolved."""
        self.answer, self.answered_by, self.answered_at = words, by, now()
        self.save(update_fields=["answer", "answered_by", "answered_at"])
        self.item.record("argument_answered", by)
