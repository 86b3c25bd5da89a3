"""Spaces, their audience and their members: the one rule of who may see what stands here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, FilteredRelation, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from palabre.journal.models import Event
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.kit.holding import hold
from palabre.kit.naming import name_freely
from palabre.people.models import OPERATOR, Organisation, Person, Side
from palabre.spaces.models.audience import OUTSIDE, Audience, Role, Writing, standing, told, who
from palabre.spaces.models.peopled import Membership, Peopled, able_to_steward

RESERVED = frozenset({"new"})  # addresses of the list of spaces


class SpaceQuerySet(models.QuerySet["Space"]):
    """Questions about spaces."""

    def visible_to(self, person: Any) -> SpaceQuerySet:
        """The spaces whose content `person` may read: by the audience, or as a member; nameless ones are in no list."""
        if person is OPERATOR:
            return self.named()
        return self.named().readable_from(standing(person), **who(person))

    def named(self) -> SpaceQuerySet:
        """Those people know as a place: the nameless ones hold what is said among a few."""
        return self.filter(nameless=False)

    def readable_from(self, side: str | None, person: Any, organisation: Any) -> SpaceQuerySet:
        """What a person of that side and organisation reads (keys, or slots to be told later); None for a stranger."""
        readable = Q(audience=Audience.PUBLIC)
        if side is None:
            return self.filter(readable)
        if side == Side.COMPANY:
            readable |= ~Q(audience=Audience.TEAM)
        elif side == Side.CUSTOMER:
            readable |= Q(audience=Audience.CUSTOMERS)
        elif side == Side.PARTNER:
            invited = Invited.objects.filter(organisation=organisation)
            readable |= Q(audience=Audience.PARTNERS, pk__in=invited.values("space"))
        return self.filter(readable | Q(pk__in=Membership.objects.filter(person=person).values("space")))

    def opened_beside(self, space: Space, side: str, organisation: Organisation | None, by: Any) -> SpaceQuerySet:
        """The spaces, besides the public ones and `space`, that somebody of that side and organisation would read by
        standing there, and that `by` has no say in: whoever invites them would open these too."""
        read = self.readable_from(side, 0, organisation.pk if organisation else 0)
        stewarded = Membership.objects.filter(person=by.pk, role=Role.STEWARD)
        return read.exclude(audience=Audience.PUBLIC).exclude(pk=space.pk).exclude(pk__in=stewarded.values("space"))

    def as_known_to(self, person: Any) -> SpaceQuerySet:
        """Each space with what it is to the person of that key (or slot): their `role` in it, None for none, and
        `kept`, where they have it among their spaces without being a member."""
        mine = FilteredRelation("memberships", condition=Q(memberships__person=person))
        keeping = FilteredRelation("keepers", condition=Q(keepers__person=person))
        return self.annotate(mine=mine, keeping=keeping).annotate(role=F("mine__role"), kept=F("keeping__pk"))

    def open(self) -> SpaceQuerySet:
        """Those one can still write in."""
        return self.filter(archived_at=None)

    def askable_by(self, person: Any) -> SpaceQuerySet:
        """Spaces whose name and purpose people inside may know without reading them, in order to ask for access."""
        if not (person.is_authenticated and person.is_active and person.is_inside):
            return self.none()
        return self.open().filter(askable=True).exclude(pk__in=Space.objects.visible_to(person).values("pk"))

    def is_free(self, slug: str, space: Space | None = None) -> bool:
        """Whether a space may live at that address: no other one does, or did."""
        mine = space.pk if space else None
        return (
            slug not in RESERVED
            and not self.filter(slug=slug).exclude(pk=mine).exists()
            and not FormerSlug.objects.filter(slug=slug).exclude(space=mine).exists()
        )

    @transaction.atomic
    def found(self, by: Any, *, slug: str = "", organisations: Iterable[Organisation] = (), **fields: Any) -> Space:
        """A new space; who founds it stewards it. Without `slug`, its address is made of its name."""
        if slug:
            space = self.create(slug=slug, **fields)
        else:
            space = name_freely(
                slugify(fields["name"])[:50], self.is_free, lambda free: self.create(slug=free, **fields)
            )
        named = list(organisations)
        space.organisations.set(named)
        record("space_created", by, space=space, audience=space.audience, name=space.name)
        for organisation in named:
            space.record("organisation_added", by, organisation=organisation.name)
        if isinstance(by, Person):
            space.welcome(by, Role.STEWARD, by)
        return space

    def without_steward(self) -> SpaceQuerySet:
        """The open ones that nobody can shape: no steward is left who can sign in."""
        stewards = Membership.objects.filter(role=Role.STEWARD, person__in=able_to_steward().values("pk"))
        return self.named().open().exclude(pk__in=stewards.values("space"))

    @transaction.atomic
    def gather(self, people: Iterable[Any], by: Any, language: str = "fr") -> Space:
        """A nameless space for these people, who read there and answer; whoever asks for it says so in the journal."""
        space = self.create(nameless=True, slug=f"among-{uuid4().hex}", language=language)
        for person in sorted({*people}, key=lambda each: each.pk):
            space.seat(person, by)
        return space


class Space(Peopled):
    """A place where things are said, with an audience that reads them.

    A nameless one is known to its members alone and stands in no list, not even in theirs: it gives what is said among
    a few people (a conversation) the one rule of who may see.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    audience = models.CharField(_("who may read"), max_length=10, choices=Audience, default=Audience.TEAM)
    writing = models.CharField(_("who may write"), max_length=10, choices=Writing, default=Writing.MEMBERS)
    language = models.CharField(_("main language"), max_length=5, default="fr")
    organisations = models.ManyToManyField(Organisation, through="Invited", related_name="spaces", blank=True)
    members = models.ManyToManyField(Person, through="Membership", through_fields=("space", "person"))
    askable = models.BooleanField(_("may be asked for"), default=False)
    nameless = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(default=now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/spaces/{self.slug}/"

    def get_audience_display(self) -> str:  # type: ignore[no-redef]
        """Django's own asks the field each time, which rows of lists feel."""
        return told("" if self.nameless else self.audience)

    @property
    def reaches_outside(self) -> bool:
        """Whether somebody who is not of the company may read here by the audience alone."""
        return self.audience in OUTSIDE

    def record(self, verb: str, by: Any, *, person: Person | None = None, **particulars: Any) -> Event:
        """Says in the journal, in the same transaction, that something happened to this space."""
        return record(verb, by, space=self.pk, person=person, **particulars)

    @transaction.atomic
    def move_to(self, slug: str, by: Any) -> None:
        """Gives it another address; the old one goes on working, and can be taken back."""
        former, self.slug = self.slug, slug
        self.former_slugs.filter(slug=slug).delete()
        FormerSlug.objects.update_or_create(slug=former, defaults={"space": self})
        self.save(update_fields=["slug"])
        self.record("space_renamed", by, former=former, slug=slug)

    @transaction.atomic
    def open_to(self, audience: str, organisations: Iterable[Organisation], by: Any) -> None:
        """Names who may read: an audience and, for partners, their organisations. Each difference is an event."""
        hold(self, "audience")
        named = {each.pk: each for each in organisations} if audience == Audience.PARTNERS else {}
        before = {each.pk: each for each in self.organisations.all()}
        self.organisations.set(named)
        for pk in named.keys() - before.keys():
            self.record("organisation_added", by, organisation=named[pk].name)
        for pk in before.keys() - named.keys():
            self.record("organisation_removed", by, organisation=before[pk].name)
        if audience != self.audience:
            former, self.audience = self.audience, audience
            self.save(update_fields=["audience"])
            self.record("audience_changed", by, former=former, audience=audience)

    @transaction.atomic
    def let_write(self, writing: str, by: Any) -> None:
        """Names who may write here."""
        hold(self, "writing")
        if writing != self.writing:
            former, self.writing = self.writing, writing
            self.save(update_fields=["writing"])
            self.record("writing_changed", by, former=former, writing=writing)

    @transaction.atomic
    def let_ask(self, askable: bool, by: Any) -> None:
        """Whether everybody inside learns its name and may ask for access."""
        hold(self, "askable")
        if askable != self.askable:
            self.askable = askable
            self.save(update_fields=["askable"])
            self.record("asking_opened" if askable else "asking_closed", by)

    @transaction.atomic
    def archive(self, by: Any) -> None:
        """Closes it to writing; whoever could read goes on reading."""
        hold(self, "archived_at")
        if self.archived_at is None:
            self.archived_at = now()
            self.save(update_fields=["archived_at"])
            self.record("space_archived", by)

    @transaction.atomic
    def reopen(self, by: Any) -> None:
        """One writes there again."""
        hold(self, "archived_at")
        if self.archived_at is not None:
            self.archived_at = None
            self.save(update_fields=["archived_at"])
            self.record("space_reopened", by)


class FormerSlug(models.Model):
    """An address a space had: it goes on working."""

    slug = models.SlugField(max_length=60, unique=True)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Invited(models.Model):
    """A partner organisation named as an audience of a space."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "organisation"], name="spaces_invited_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.space}"
