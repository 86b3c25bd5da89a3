"""Persons and organisations."""

from __future__ import annotations

import zlib
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from palabre.kit.clock import now
from palabre.people.sessions import Session as Session  # a model of this room


class Side(models.TextChoices):
    """Where a person or an organisation stands, seen from the company."""

    COMPANY = "company", _("Company")
    PARTNER = "partner", _("Partner")
    CUSTOMER = "customer", _("Customer")


class Organisation(models.Model):
    """A company people belong to: ours, a partner's, a customer's."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    side = models.CharField(max_length=10, choices=Side)
    about = models.TextField(_("about"), blank=True)
    address = models.URLField(_("address on the web"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/organisations/{self.slug}/"


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about persons; who may meet whom is `visible_to`."""

    def visible_to(self, viewer: Any) -> PersonQuerySet:
        """The people `viewer` may meet; decided by the spaces they share (`spaces.meeting`)."""
        from palabre.people import meeting

        return meeting.narrow(self, viewer)

    def present(self) -> PersonQuerySet:
        """Those who have not left."""
        return self.filter(left_at=None)

    def with_account(self) -> PersonQuerySet:
        """Those who can sign in."""
        return self.filter(is_active=True, left_at=None).exclude(email=None)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons with a handle of their own."""

    def create_person(
        self, name: str, *, email: str | None = None, password: str | None = None, **fields: Any
    ) -> Person:
        """A person; without an address they have no account and are spoken for."""
        fields.setdefault("handle", self.free_handle(name))
        person: Person = self.model(name=name, email=self.normalize_email(email) if email else None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def free_handle(self, name: str) -> str:
        """A handle made of the name that nobody has yet."""
        base = slugify(name)[:50] or "person"
        taken = set(self.filter(handle__startswith=base).values_list("handle", flat=True))
        number = 1
        while (handle := base if number == 1 else f"{base}-{number}") in taken:
            number += 1
        return handle

    def get_by_natural_key(self, email: str) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody who says things, or on whose behalf things are said."""

    email = models.EmailField(_("e-mail"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    handle = models.SlugField(max_length=60, unique=True)
    side = models.CharField(max_length=10, choices=Side, default=Side.COMPANY)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    about = models.TextField(_("about me"), blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    language = models.CharField(_("language of the interface"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)
    is_admin = models.BooleanField(default=False)
    is_bot = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_one_account_an_address")]
        indexes = [models.Index(fields=["name", "id"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/people/{self.pk}-{self.handle}/"

    @property
    def is_inside(self) -> bool:
        """Of the company, as against partners and customers."""
        return self.side == Side.COMPANY

    @property
    def has_account(self) -> bool:
        """Can sign in; others are spoken for."""
        return bool(self.email) and self.is_active and self.left_at is None

    @property
    def initials(self) -> str:
        """Two letters for the avatar: of the first and the last word of the name, titles left out."""
        words = [word for word in self.name.replace("-", " ").split() if not word.endswith(".") and word not in TITLES]
        letters = [word[0] for word in (words or self.name.split())]
        return (letters[0] + (letters[1] if len(letters) > 1 else "")).upper() if letters else "?"

    @property
    def hue(self) -> int:
        """The avatar's hue, between 45 and 190: never indigo, which means outside."""
        return 45 + zlib.crc32(self.handle.encode()) % 146

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0]


TITLES = {"Dr", "Mme", "M", "Mr", "Mrs", "Ms", "Pr"}


class Operator:
    """Who sits at the command line of the machine, and therefore sees all; never a signed-in person."""

    pk = None
    name = "operator"
    is_authenticated = False
    is_inside = True
    is_admin = True


OPERATOR = Operator()
