"""Spaces, their audience and their members: the one rule of who may see what stands here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from palabre.kit.clock import now
from palabre.people.models import OPERATOR, Organisation, Person, Side


class Audience(models.TextChoices):
    """Who may read what is said in a space, from the narrowest to the widest."""

    TEAM = "team", _("Team")
    COMPANY = "company", _("Whole house")
    PARTNERS = "partners", _("Partners")
    CUSTOMERS = "customers", _("Customers")
    PUBLIC = "public", _("Public")


class Writing(models.TextChoices):
    """Who may write in a space."""

    MEMBERS = "members", _("Contributors and stewards")
    READERS = "readers", _("Everyone who may read, once signed in")
    STEWARDS = "stewards", _("Stewards only")


class Role(models.TextChoices):
    """What a member is to a space."""

    READER = "reader", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    STEWARD = "steward", _("Steward")


class SpaceQuerySet(models.QuerySet["Space"]):
    """Questions about spaces."""

    def visible_to(self, person: Any) -> SpaceQuerySet:
        """The spaces whose content `person` may read: by the audience, or as a member."""
        if person is OPERATOR:
            return self
        readable = Q(audience=Audience.PUBLIC)
        if not person.is_authenticated or not person.is_active or person.left_at:
            return self.filter(readable)
        if person.side == Side.COMPANY:
            readable |= ~Q(audience=Audience.TEAM)
        elif person.side == Side.CUSTOMER:
            readable |= Q(audience=Audience.CUSTOMERS)
        if person.side == Side.PARTNER and person.organisation_id:
            invited = Invited.objects.filter(organisation=person.organisation_id)
            readable |= Q(audience=Audience.PARTNERS, pk__in=invited.values("space"))
        return self.filter(readable | Q(pk__in=Membership.objects.filter(person=person.pk).values("space")))

    def with_role_of(self, person: Any) -> SpaceQuerySet:
        """Each space with the `role` of `person` in it, None for none."""
        mine = FilteredRelation("memberships", condition=Q(memberships__person=getattr(person, "pk", None) or 0))
        return self.annotate(mine=mine).annotate(role=F("mine__role"))

    def open(self) -> SpaceQuerySet:
        """Those one can still write in."""
        return self.filter(archived_at=None)


class Space(models.Model):
    """A place where things are said, with an audience that reads them."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    audience = models.CharField(_("who may read"), max_length=10, choices=Audience, default=Audience.TEAM)
    writing = models.CharField(_("who may write"), max_length=10, choices=Writing, default=Writing.MEMBERS)
    language = models.CharField(_("main language"), max_length=5, default="fr")
    organisations = models.ManyToManyField(Organisation, through="Invited", related_name="spaces", blank=True)
    members = models.ManyToManyField(Person, through="Membership", through_fields=("space", "person"))
    created_at = models.DateTimeField(default=now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/spaces/{self.slug}/"

    @property
    def reaches_outside(self) -> bool:
        """Whether somebody who is not of the company may read here by the audience alone."""
        return self.audience in OUTSIDE


OUTSIDE = frozenset({Audience.PARTNERS, Audience.CUSTOMERS, Audience.PUBLIC})


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


class Membership(models.Model):
    """A person's part in a space: they may read it whatever its audience, and more according to their role."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    since = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="spaces_one_role_each")]

    def __str__(self) -> str:
        return f"{self.person} · {self.space} · {self.role}"
