"""A consultation beside its item: what is asked, who has a place in it, and what was answered."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from datetime import timedelta
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
from palabre.people.attention import Attention, Use

FLOOR = 5  # answers of which anything is told, at least
AN_HOUR, KNOCKS = timedelta(hours=1), 40  # strangers' beginnings from one address


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


class Consultation(Facet):
    """What is asked stays as it is once it is open; the database refuses to change it (`consultations_settled`).

    questions, variants, quotas: see `questions`, which reads them. method: which of `methods` made them, "" for one's
    own. statement: what will be done, in the words of who asked. sent: how many answers there are.
    """

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    method = models.CharField(max_length=20, blank=True)
    questions = models.JSONField(default=list)
    variants = models.JSONField(default=list)
    quotas = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    who = models.CharField(_("who may answer"), max_length=10, choices=Who, default=Who.READERS)
    floor = models.PositiveSmallIntegerField(default=FLOOR)
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    statement = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)

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
    def open(self, by: Any, closes_at: Any) -> None:
        """Answers are taken from now on. Raises Settled if nothing is asked."""
        self.hold(Stage.DRAFT)
        if not self.is_ready or closes_at <= now():
            raise Settled
        self.stage, self.opened_at, self.closes_at = Stage.OPEN, now(), closes_at
        self.save(update_fields=["stage", "opened_at", "closes_at"])
        agenda.expect(self, closes_at, by)
        self.item.record("consultation_opened", by)

    @transaction.atomic
    def ask(self, by: Any, people: Collection[int]) -> tuple[int, int]:
        """Asks these people (keys) for an answer: how many are, and how many are left in peace because all that the
        house asks of them this month has been asked. Nobody is asked twice.
        """
        self.hold(Stage.OPEN)
        known = set(self.seats.filter(person__in=people).values_list("person", flat=True))
        fresh = sorted(set(people) - known)
        limits, spent = Attention.of(fresh), attention.spent(Use.REQUEST, fresh)
        willing = [key for key in fresh if spent[key] < limits[key].most(Use.REQUEST)]
        Seat.objects.bulk_create(Seat(consultation=self, person_id=key, asked=True) for key in willing)
        attention.spend(Use.REQUEST, [(key, f"consultation:{self.pk}") for key in willing])
        if willing:
            self.item.record("consultation_asked", by, people=willing)
        return len(willing), len(fresh) - len(willing)

    @transaction.atomic
    def invite(self, by: Any, number: int) -> list[str]:
        """So many links of invitation, each good for one answer; they are told once and kept by nobody."""
        self.hold(Stage.OPEN)
        tokens = [secrets.token_urlsafe(18) for _each in range(number)]
        Seat.objects.bulk_create(
            Seat(consultation=self, device=fingerprint(self.pk, token), asked=True) for token in tokens
        )
        self.item.record("consultation_links_made", by, number=number)
        return tokens

    @transaction.atomic
    def close(self, by: Any = None) -> None:
        """No more answers; what was begun and not sent is thrown away, and who voted on statements is forgotten."""
        self.hold(Stage.OPEN)
        if self.is_map:
            voted = self.responses.filter(state=State.BEGUN).exclude(said={})
            self.sent = voted.update(state=State.SENT, sent_on=localdate())
            self.seats.filter(response__state=State.SENT).update(done=True, response=None)
        self.responses.filter(state=State.BEGUN).delete()
        self.stage = Stage.CLOSED
        self.save(update_fields=["stage", "sent"])
        agenda.forget(self)
        self.item.record("consultation_ended" if by else "consultation_closed", by)

    @transaction.atomic
    def give_back(self, by: Any, statement: str) -> None:
        """Whoever reads it sees the results from now on, with what will be done. Raises Settled before it is closed."""
        self.hold(Stage.CLOSED)
        self.statement, self.returned_at = statement, self.returned_at or now()
        self.save(update_fields=["statement", "returned_at"])
        self.item.record("consultation_returned", by)

    def hold(self, stage: Stage) -> None:
        """Nobody else changes it meanwhile, and it is at that stage."""
        fresh = Consultation.objects.select_for_update(no_key=True).get(pk=self.pk)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))
        if self.stage != stage or (stage == Stage.OPEN and self.closes_at is None):
            raise Settled(self.stage)


def fingerprint(consultation: int, token: str) -> str:
    """What is kept of a device or a link: another one in each consultation, so that they cannot be brought together."""
    return sha256(f"{settings.SECRET_KEY}:{consultation}:{token}".encode()).hexdigest()


class State(models.TextChoices):
    """How far a response is; over: whoever gave it was one too many for a quota, and it does not count."""

    BEGUN = "begun", _("Begun")
    SENT = "sent", _("Sent")
    OVER = "over", _("Over a quota")


class ResponseQuerySet(models.QuerySet["Response"]):
    """What was answered."""

    def told_to(self, _person: Any) -> ResponseQuerySet:
        """None: nobody carries single answers away but by the export of their consultation."""
        return self.none()


class Response(models.Model):
    """What one person said, by the key of each question; once sent it neither changes nor leads to anybody.

    Its number is drawn at random, and of its day nothing is kept but the date, so that its order tells nothing either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="responses")
    state = models.CharField(max_length=10, choices=State, default=State.BEGUN)
    side = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    cell = models.CharField(max_length=10, blank=True)
    said = models.JSONField(default=dict)
    batch = models.PositiveIntegerField(null=True)
    sent_on = models.DateField(null=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["consultation", "state", "batch"], name="consultations_responses")]

    def __str__(self) -> str:
        return f"{self.state} · {self.consultation_id}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Who has a place in what."""

    def waiting(self) -> SeatQuerySet:
        """Those who were asked, in what is open, and have not answered."""
        return self.filter(asked=True, done=False, consultation__stage=Stage.OPEN)

    def told_to(self, _person: Any) -> SeatQuerySet:
        return self.none()


class Seat(models.Model):
    """The one place of a person, a device or a link of invitation: whether it was asked, and whether it has answered.

    It leads to the response only while that is being written.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=64, null=True)
    asked = models.BooleanField(default=False)
    done = models.BooleanField(default=False)
    response = models.OneToOneField(Response, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="consultations_one_seat_a_person"),
            models.UniqueConstraint(fields=["consultation", "device"], name="consultations_one_seat_a_device"),
            models.CheckConstraint(
                condition=Q(done=False) | Q(response=None), name="consultations_seat_leads_nowhere_once_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or 'somebody'} · {self.consultation_id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    """What is voted on in a map of opinions."""

    def standing(self) -> StatementQuerySet:
        return self.filter(hidden=False).order_by("pk")

    def told_to(self, _person: Any) -> StatementQuerySet:
        return self.standing()


class Statement(models.Model):
    """A short sentence to agree with or not. Whose it is, if it was added, is not kept; votes are counted along."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    text = models.CharField(max_length=280)
    language = models.CharField(max_length=5)
    added = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "text"], name="consultations_statement_once")]

    def __str__(self) -> str:
        return self.text


class Knock(models.Model):
    """Somebody without an account began to answer, from an address of which an hour's fingerprint is kept."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="consultations_knocks")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"

    @classmethod
    def again(cls, address: str) -> bool:
        """Notes it; False when there were too many within the hour. What is older is forgotten."""
        kept = fingerprint(0, address)
        since = now() - AN_HOUR
        cls.objects.filter(at__lt=since).delete()
        if cls.objects.filter(address=kept).count() >= KNOCKS:
            return False
        cls.objects.create(address=kept)
        return True
