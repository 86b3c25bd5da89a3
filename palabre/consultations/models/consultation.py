"""What is asked, and the way it goes: prepared, open, closed, its results returned."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palabre.consultations import agenda
from palabre.items.models import Facet
from palabre.kit.clock import now
from palabre.people import attention

FLOOR = 5  # answers of which anything is told, at least


class Settled(ValueError):
    """What was to be done can no longer be done, or not yet: the consultation is at another stage."""


class Stage(models.TextChoices):
    """Where it is. It only ever goes forward."""

    DRAFT = "draft", _("In preparation")
    OPEN = "open", pgettext_lazy("a consultation", "Open")
    CLOSED = "closed", pgettext_lazy("a consultation", "Closed")


class Who(models.TextChoices):
    """Who may answer."""

    READERS = "readers", _("Whoever reads it; in a public space, without an account")
    INVITED = "invited", _("Only who was asked, or has a link of invitation")


class State(models.TextChoices):
    """How far a response is; over: whoever gave it was one too many for a quota, and it does not count."""

    BEGUN = "begun", _("Begun")
    SENT = "sent", _("Sent")
    OVER = "over", _("Over a quota")


class Mix(models.TextChoices):
    """The seven P of the marketing mix: what of an offer is asked about."""

    PRODUCT = "product", _("Product")
    PRICE = "price", _("Price")
    PLACE = "place", pgettext_lazy("marketing mix", "Place")
    PROMOTION = "promotion", _("Promotion")
    PEOPLE = "people", pgettext_lazy("marketing mix", "People")
    PROCESS = "process", _("Process")
    EVIDENCE = "evidence", _("Physical evidence")


class Consultation(Facet):
    """What is asked stays as it is once it is open; the database refuses to change it (`consultations_settled`).

    questions, variants, quotas: see `questions`, which reads them. method: which of `methods` made them, "" for one's
    own. mix: what of an offer it is about. statement: what will be done, in the words of who asked. sent: how many
    answers there are; filled: how many of them chose what has a quota (see `quotas`).
    """

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    method = models.CharField(max_length=20, blank=True)
    mix = models.CharField(_("what of the offer"), max_length=10, choices=Mix, blank=True)
    questions = models.JSONField(default=list)
    variants = models.JSONField(default=list)
    quotas = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    who = models.CharField(_("who may answer"), max_length=10, choices=Who, default=Who.READERS)
    floor = models.PositiveSmallIntegerField(default=FLOOR)
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    filled = models.JSONField(default=dict)
    statement = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)

    # What stands beside it, in `answers` and the others, is reached by these names: arrows go one way.
    responses: Any
    seats: Any
    statements: Any
    invitations: Any
    kept_results: Any
    leavings: Any

    class Meta:
        indexes = [models.Index(fields=["stage"], name="consultations_stage")]
        constraints = [models.CheckConstraint(condition=Q(floor__gte=FLOOR), name="consultations_floor_is_not_lowered")]

    @property
    def is_map(self) -> bool:
        """Whether it asks for votes on statements, and draws the groups they make."""
        return self.method == "opinions"

    @property
    def is_ready(self) -> bool:
        return bool(self.questions) or (self.is_map and self.statements.exists())

    @transaction.atomic
    def prepare(self, by: Any, **asked: Any) -> None:
        """Settles what will be asked. Raises Settled once open."""
        self.hold(Stage.DRAFT)
        for name, value in asked.items():
            setattr(self, name, value)
        self.save(update_fields=list(asked))
        self.item.record("consultation_prepared", by)

    @transaction.atomic
    def put_statements(self, by: Any, lines: Iterable[str], language: str) -> None:
        """With these a map of opinions begins, and no others. Raises Settled once open."""
        self.hold(Stage.DRAFT)
        self.statements.all().delete()
        made = self.statements.model
        self.statements.bulk_create(made(consultation=self, text=line, language=language) for line in lines)
        self.item.record("consultation_prepared", by)

    @transaction.atomic
    def open(self, by: Any, closes_at: Any) -> None:
        """Answers are taken from now on. Raises Settled if nothing is asked."""
        self.hold(Stage.DRAFT)
        if not self.is_ready or closes_at <= now():
            raise Settled
        self.stage, self.opened_at, self.closes_at = Stage.OPEN, now(), closes_at
        self.save(update_fields=["stage", "opened_at", "closes_at"])
        agenda.expect(self.pk, closes_at, by)
        self.item.record("consultation_opened", by)

    @transaction.atomic
    def ask(self, by: Any, people: Collection[int]) -> tuple[int, int]:
        """Asks these people (keys) for an answer: how many are, and how many are left in peace because all that the
        house asks of them this month has been asked. Nobody is asked twice.
        """
        self.hold(Stage.OPEN)
        known = set(self.seats.filter(person__in=people).values_list("person", flat=True))
        fresh = sorted(set(people) - known)
        willing = attention.ask(fresh, f"consultation:{self.pk}")
        self.seats.bulk_create(self.seats.model(consultation=self, person_id=key, asked=True) for key in willing)
        if willing:
            self.item.record("consultation_asked", by, people=willing)
        return len(willing), len(fresh) - len(willing)

    @transaction.atomic
    def invite(self, by: Any, number: int) -> list[str]:
        """So many links of invitation, each good for one answer; they are told once and kept by nobody."""
        self.hold(Stage.OPEN)
        tokens = [secrets.token_urlsafe(18) for _each in range(number)]
        self.seats.bulk_create(
            self.seats.model(consultation=self, device=fingerprint(self.pk, token), asked=True) for token in tokens
        )
        self.item.record("consultation_links_made", by, number=number)
        return tokens

    @transaction.atomic
    def extend(self, by: Any, closes_at: Any) -> None:
        """Answers are taken for longer. Raises Settled if that is no later, and once its hour has come."""
        self.hold(Stage.OPEN)
        if self.closes_at is None or not now() < self.closes_at < closes_at:
            raise Settled
        self.closes_at = closes_at
        self.save(update_fields=["closes_at"])
        agenda.expect(self.pk, closes_at, by)
        self.item.record("consultation_extended", by, until=closes_at.isoformat())

    @transaction.atomic
    def close(self, by: Any = None) -> None:
        """No more answers; what was begun and not sent is thrown away, and who voted on statements is forgotten."""
        self.hold(Stage.OPEN)
        if self.is_map:
            begun = self.responses.filter(state=State.BEGUN)
            list(begun.select_for_update(no_key=True).order_by("pk").values_list("pk"))  # votes on their way count
            self.sent = begun.exclude(said={}).update(state=State.SENT, sent_on=localdate())
            self.seats.filter(response__state=State.SENT).update(done=True, response=None)
        self.responses.filter(state=State.BEGUN).delete()
        self.invitations.update(address="")  # what it was kept for is over
        self.stage = Stage.CLOSED
        self.save(update_fields=["stage", "sent"])
        agenda.forget(self.pk)
        self.item.record("consultation_ended" if by else "consultation_closed", by)

    @transaction.atomic
    def concern(self, by: Any, mix: str) -> None:
        """What of the offer it is about; that is said at any stage, for it changes nothing that was asked."""
        self.mix = mix
        self.save(update_fields=["mix"])
        self.item.record("consultation_placed", by, mix=mix)

    @transaction.atomic
    def give_back(self, by: Any, statement: str) -> None:
        """Whoever reads it sees the results from now on, with what will be done. Raises Settled before it is closed."""
        self.hold(Stage.CLOSED)
        self.statement, self.returned_at = statement, self.returned_at or now()
        self.save(update_fields=["statement", "returned_at"])
        self.item.record("consultation_returned", by)

    @transaction.atomic
    def leave(self, by: Any, reason: str) -> None:
        """Nobody says what will be done, for that reason; it can be said later all the same. Raises Settled where it
        was said, or left at that.
        """
        self.hold(Stage.CLOSED)
        if self.returned_at or self.leavings.exists():
            raise Settled
        self.leavings.create(by=by, reason=reason)
        self.item.record("consultation_left", by, reason=reason)

    def hold(self, stage: Stage) -> None:
        """Nobody else changes it meanwhile, and it is at that stage."""
        self.take_hold()
        if self.stage != stage or (stage == Stage.OPEN and self.closes_at is None):
            raise Settled(self.stage)


def fingerprint(consultation: int, token: str) -> str:
    """What is kept of a device or a link: another one in each consultation, so that they cannot be brought together."""
    return sha256(f"{settings.SECRET_KEY}:{consultation}:{token}".encode()).hexdigest()
