"""Organisations, and the side on which they and their people stand."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from palabre.journal.recording import record
from palabre.people.models.operator import OPERATOR


class Side(models.TextChoices):
    """Where a person or an organisation stands, seen from the company."""

    COMPANY = "company", _("Company")
    PARTNER = "partner", _("Partner")
    CUSTOMER = "customer", _("Customer")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def visible_to(self, viewer: Any) -> OrganisationQuerySet:
        """All of them for who is inside; a guest knows those of the people they meet."""
        if viewer is OPERATOR or (viewer.is_authenticated and viewer.is_active and viewer.is_inside):
            return self
        met = get_user_model().objects.visible_to(viewer).exclude(organisation=None)
        return self.filter(pk__in=met.order_by().values("organisation"))


class Organisation(models.Model):
    """A company people belong to: ours, a partner's, a customer's."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    side = models.CharField(max_length=10, choices=Side)
    about = models.TextField(_("about"), blank=True, max_length=2000)
    address = models.URLField(_("address on the web"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/organisations/{self.slug}/"

    def take_slug(self, slug: str) -> None:
        """Saves it under that address."""
        self.slug = slug
        self.save()

    @transaction.atomic
    def described(self, by: Any, former: str = "") -> None:
        """Says in the journal that it is new, or was described anew; `former` is the side it stood on before."""
        record("organisation_described", by, organisation=self.name, side=self.side, former=former)
