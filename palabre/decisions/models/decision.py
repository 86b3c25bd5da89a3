"""What was declared of a vote, and the way it goes: prepared, open, counted or cancelled, stated, looked at again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from palabre.counting import document
from palabre.counting.ballots import Ballot as Said
from palabre.counting.terms import Terms
from palabre.decisions import agenda, box, outcomes, tally
from palabre.decisions.models.conclusion import Concluded
from palabre.decisions.models.course import Keyless, Nobody, Settled, Shown, Stage, TooFew, Who
from palabre.kit.clock import now
from palabre.people import attention


class Decision(Concluded):
    """What was declared before opening stays as it is from then on; the database refuses to change it (`settled`).

    options: `{"key", "title"}` in the order of the ballot. rule, quorum, ties: as `counting.document` writes them; a
    lot has the sum of its seed instead of the seed, which is a row of its own. about: where voices are lent for it, the
    space and the keys of the tags it stood in when it opened. outcome: see `outcomes`, once closed. version: of the
    text, when it opened; pinned: the version that ballots are to be about after a change of substance, or 0. again_at:
    when a secret vote that was open was taken back from an export, where it begins again (a trigger says so).
    """

    options = models.JSONField(default=list)
    rule = models.JSONField(default=dict)
    quorum = models.JSONField(null=True)
    ties = models.JSONField(null=True)
    who = models.CharField(_("who may vote"), max_length=10, choices=Who, default=Who.MEMBERS)
    shown = models.CharField(_("results are shown"), max_length=10, choices=Shown, default=Shown.CLOSED)
    secret = models.BooleanField(_("ballots are secret"), default=False)
    delegated = models.BooleanField(_("voices may be lent"), default=False)
    about = models.JSONField(default=dict)
    opens_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    pinned = models.PositiveIntegerField(default=0)
    again_at = models.DateTimeField(null=True)
    outcome = models.JSONField(null=True)

    # What stands beside it, in `voices` and `happenings`, is reached by these names: arrows go one way.
    electors: Any
    ballots: Any
    unsigned: Any
    standings: Any

    class Meta:
        indexes = [models.Index(fields=["stage"], name="decisions_stage")]
        constraints = [
            # What is shown on the way tells whose ballot just came; who votes for others has to say how.
            models.CheckConstraint(
                condition=models.Q(secret=False) | models.Q(shown=Shown.CLOSED, delegated=False),
                name="decisions_secret_until_closed",
            )
        ]

    @property
    def is_ready(self) -> bool:
        """Whether all is declared that is needed to open."""
        return bool(self.rule and self.options and self.closes_at)

    @property
    def awaits_count(self) -> bool:
        """Whether its hour has come and nobody has counted yet: it takes no ballot, and no more time."""
        return self.stage == Stage.OPEN and self.closes_at is not None and self.closes_at <= now()

    @property
    def terms(self) -> Terms:
        """What was declared, for counting; a lot that is not drawn yet leaves ties open."""
        ties = None if self.ties and "sum" in self.ties else self.ties
        return document.terms_of({"rule": self.rule, "quorum": self.quorum, "ties": ties})

    @property
    def titles(self) -> dict[str, str]:
        return {option["key"]: option["title"] for option in self.options}

    @transaction.atomic
    def prepare(self, by: Any, people: list[Any], mandates: Mapping[int, int] | None = None, **declared: Any) -> None:
        """Declares how it will be decided; `people` is who is named, `mandates` which organisations they vote for, by
        their keys. Raises Settled once open.
        """
        self._hold(Stage.DRAFT)
        for name, value in declared.items():
            setattr(self, name, value)
        self.save(update_fields=list(declared))
        self._list([person.pk for person in people], mandates or {})
        agenda.expect(self.pk, agenda.OPEN, self.opens_at, by)
        self.item.record("decision_prepared", by)

    @transaction.atomic
    def open(self, by: Any, those: Callable[[Decision], Collection[int]]) -> None:
        """Ballots are taken from now on of `those` who may vote by what is declared now, given by their keys, and of
        nobody else. Raises Settled, Nobody and TooFew."""
        self._hold(Stage.DRAFT)
        if not self.is_ready or self.closes_at is None or self.closes_at <= now():
            raise Settled
        people = those(self)
        if not people:
            raise Nobody
        quorum = self.terms.quorum
        if quorum and (asked := quorum.turnout(0, len(people)).needed) > len(people):
            raise TooFew(len(people), asked)
        self._list(people, self.electors.mandates())
        fields = ["stage", "opens_at", "version", "about"]
        if self.ties and self.ties["name"] == "lot":
            seed = secrets.token_hex(16)
            Lot.objects.create(decision=self, seed=seed)
            self.ties = {"name": "lot", "sum": sha256(seed.encode()).hexdigest()}
            fields.append("ties")
        self.stage, self.opens_at, self.version = Stage.OPEN, now(), self.item.version
        self.about = self.electors.topics(self.item) if self.delegated else {}
        self.save(update_fields=fields)
        agenda.expect(self.pk, agenda.OPEN, None, by)
        agenda.expect(self.pk, agenda.CLOSE, self.closes_at, by)
        agenda.expect(self.pk, agenda.REMIND, agenda.eve_of(self.closes_at), by)
        self._turn("opened", by)
        self.item.record("decision_opened", by, spared=self._spared([key for key in people if key != by.pk]))

    @transaction.atomic
    def cast(self, person: Any, said: Said) -> None:
        """Takes the open ballot of `person`, in place of the one they gave before. Raises Settled."""
        self._hold(Stage.OPEN)
        self._voice_of(person)
        if self.secret:
            raise Settled
        kept = {"said": said.plain(), "version": self.item.version, "at": now()}
        self.ballots.update_or_create(voter=person, defaults=kept)
        self.item.record("ballot_cast", person)

    @transaction.atomic
    def cast_secretly(self, person: Any, said: Said, key: str) -> None:
        """Puts a ballot into the box under `key`, or in place of the one that lies there. That `person` has voted is
        marked, and no event tells when. Raises Settled; Keyless for a key that is not theirs, as far as one can know.
        """
        self._hold(Stage.OPEN)
        voice = self._voice_of(person)
        if not self.secret:
            raise Settled
        if voice.is_marked != box.holds(self, key):
            raise Keyless
        if not voice.is_marked:
            voice.marks.create(version=self.item.version)
        box.put(self, key, said.plain())

    @transaction.atomic
    def pin(self, by: Any) -> None:
        """The text has changed in substance: who has voted is asked to confirm it. Raises Settled without a change."""
        self._hold(Stage.OPEN)
        if self.item.version <= max(self.pinned, self.version):
            raise Settled
        self.pinned = self.item.version
        self.save(update_fields=["pinned"])
        self._turn("pinned", by)
        self.item.record("decision_changed", by)

    @transaction.atomic
    def confirm(self, person: Any) -> None:
        """What `person` has said, or put into the box, holds for the text as it is now. Raises Settled."""
        self._hold(Stage.OPEN)
        voice = self._voice_of(person)
        given = voice.marks if self.secret else self.ballots.filter(voter=person)
        if not given.update(version=self.item.version):
            raise Settled

    @transaction.atomic
    def extend(self, by: Any, closes_at: Any, reason: str) -> None:
        """Ballots are taken for longer. Raises Settled if that is no later, and once its hour has come."""
        self._hold(Stage.OPEN)
        if self.closes_at is None or self.awaits_count or not self.closes_at < closes_at:
            raise Settled
        self.closes_at = closes_at
        self.save(update_fields=["closes_at"])
        agenda.expect(self.pk, agenda.CLOSE, closes_at, by)
        agenda.expect(self.pk, agenda.REMIND, agenda.eve_of(self.closes_at), by)
        self._turn("extended", by, reason)
        self.item.record("decision_extended", by, reason=reason, until=closes_at.isoformat())

    @transaction.atomic
    def close(self, by: Any = None, reason: str = "") -> None:
        """Counts what was said; `by` somebody, before its hour and with a reason. Raises Settled."""
        self._hold(Stage.OPEN)
        terms = self.terms
        if lot := Lot.objects.filter(decision=self).first():
            self.ties = {"name": "lot", "seed": lot.seed}
            terms = document.terms_of({"rule": self.rule, "quorum": self.quorum, "ties": self.ties})
        ways = tally.ways(self)
        self.outcome = outcomes.written(self.item.title, self.titles, terms, tally.final(self, ways), ways)
        self.stage = Stage.CLOSED
        self.save(update_fields=["stage", "outcome", "ties"])
        self.standings.all().delete()
        agenda.forget(self.pk)
        agenda.expect(self.pk, agenda.REVIEW, agenda.morning_of(self.review_on), by or self.item.author)
        self._turn("closed", by, reason)
        self.item.record("decision_ended" if by else "decision_closed", by, reason=reason)

    @transaction.atomic
    def cancel(self, by: Any, reason: str) -> None:
        """Nothing is counted, and nothing is decided; secret ballots are destroyed unread. Raises Settled."""
        self._hold(Stage.OPEN)
        if self.secret:
            box.drop(self)
        self.stage = Stage.CANCELLED
        self.save(update_fields=["stage"])
        agenda.forget(self.pk)
        self._turn("cancelled", by, reason)
        self.item.record("decision_cancelled", by, reason=reason)

    def remind(self) -> None:
        """Tells those who have not voted that there is a day left, within what they let the house ask of them."""
        missing = self.electors.all().unheard().values_list("person", flat=True)
        self.item.record("decision_ends_soon", None, spared=self._spared(list(missing)))

    def _spared(self, people: Collection[int]) -> list[int]:
        """Of these, who is not asked, for the house has asked enough of them this month; they may vote all the same."""
        asked = set(attention.ask(people, f"decision:{self.pk}"))
        return sorted(set(people) - asked)

    def _voice_of(self, person: Any) -> Any:
        """The place of `person` on the list, while ballots are taken. Raises Settled."""
        voice = self.electors.with_marks().filter(person=person).first()
        if self.awaits_count or voice is None:
            raise Settled
        return voice

    def _list(self, people: Collection[int], mandates: Mapping[int, int]) -> None:
        self.electors.all().delete()
        self.electors.bulk_create(
            self.electors.model(decision=self, person_id=key, organisation_id=mandates.get(key)) for key in people
        )


class LotQuerySet(models.QuerySet["Lot"]):
    """Seeds of lots."""

    def told_to(self, _person: Any) -> LotQuerySet:
        """Those that have been published."""
        return self.filter(decision__stage=Stage.CLOSED)


class Lot(models.Model):
    """The seed by which ties of a vote are decided: drawn when it opens, published when it is closed."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="lot")
    seed = models.CharField(max_length=64)

    objects = LotQuerySet.as_manager()

    def __str__(self) -> str:
        return f"lot of {self.decision_id}"
