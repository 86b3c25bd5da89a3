"""Persons: the accounts of the house, and those who are spoken for."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.kit.holding import hold
from palabre.kit.naming import name_freely
from palabre.people import languages, meeting, passage, union
from palabre.people.models.organisation import Organisation, Side

TITLES = {"Dr", "Mme", "M", "Mr", "Mrs", "Ms", "Pr"}


def zone_of_the_house() -> str:
    """Where somebody is taken to be until they say it themselves."""
    return str(settings.HOUSE_TIME_ZONE)


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about persons; who may meet whom is `visible_to`."""

    def visible_to(self, viewer: Any) -> PersonQuerySet:
        """The people `viewer` may meet; decided by the spaces they share (`spaces.meeting`)."""
        narrowed: PersonQuerySet = meeting.narrow(self, viewer)
        return narrowed

    def present(self) -> PersonQuerySet:
        """Those who have not left."""
        return self.filter(left_at=None)

    def with_account(self) -> PersonQuerySet:
        """Those who can sign in."""
        return self.filter(is_active=True, left_at=None).exclude(email=None)

    def administrators(self) -> PersonQuerySet:
        return self.with_account().filter(is_admin=True)

    def called(self, words: str) -> PersonQuerySet:
        """Those whose name, handle, organisation or own words hold every one of `words`, accents aside."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(name__unaccent__icontains=word)
                | Q(handle__icontains=word)
                | Q(about__unaccent__icontains=word)
                | Q(organisation__name__unaccent__icontains=word)
            )
        return found

    def meant_by(self, typed: str) -> list[Person]:
        """Who of them is meant by a name or a @handle: one, nobody, or two where several bear the name."""
        name = typed.strip().removeprefix("@")
        return list(self.filter(handle__iexact=name)[:1]) or list(self.filter(name__iexact=name)[:2])


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons with a handle of their own."""

    def create_person(
        self, name: str, *, email: str | None = None, password: str | None = None, **fields: Any
    ) -> Person:
        """A person; without an address they have no account and are spoken for."""
        person: Person = self.model(name=name, email=self.normalize_email(email) if email else None, **fields)
        person.set_password(password)
        if person.handle:
            person.save(using=self._db)
        else:
            name_freely(slugify(name)[:50] or "person", self.is_free, person.take_handle)
        return person

    def is_free(self, handle: str) -> bool:
        return not self.filter(handle=handle).exists()

    def get_by_natural_key(self, email: str) -> Person:
        return self.get(email__iexact=email)

    @transaction.atomic
    def speak_for(self, name: str, by: Any, **fields: Any) -> Person:
        """A person without account, on whose behalf `by` will write."""
        person = self.create_person(name, **fields)
        record("person_spoken_for", by, person=person)
        return person


class Person(AbstractBaseUser):
    """Somebody who says things, or on whose behalf things are said."""

    email = models.EmailField(_("e-mail"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    handle = models.SlugField(max_length=60, unique=True)
    side = models.CharField(max_length=10, choices=Side, default=Side.COMPANY)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    about = models.TextField(_("about me"), blank=True, max_length=1000)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    language = models.CharField(_("language of the interface"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default=zone_of_the_house)
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)
    is_admin = models.BooleanField(default=False)
    is_bot = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)
    here_at = models.DateTimeField(null=True, blank=True, editable=False)  # until when in sessions that have ended
    one_with = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="was", editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_one_account_an_address"),
            models.CheckConstraint(
                condition=models.Q(is_admin=False) | models.Q(side=Side.COMPANY),
                name="people_administrators_are_inside",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/people/{self.pk}-{self.handle}/"

    @property
    def is_inside(self) -> bool:
        """Of the company, as against partners and customers."""
        return self.side == Side.COMPANY

    def is_met_by(self, viewer: Any) -> bool:
        """Whether `viewer` may open their page; to others they are a name without a face."""
        return meeting.meets(viewer, self.pk)

    @property
    def has_account(self) -> bool:
        """Can sign in; others are spoken for."""
        return bool(self.email) and self.is_active and self.left_at is None

    @property
    def is_spoken_for(self) -> bool:
        """Has no account and never had one: others write on their behalf."""
        return not self.email and not self.is_bot and self.one_with_id is None

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

    def take_handle(self, handle: str) -> None:
        """Saves them under it."""
        self.handle = handle
        self.save()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0]

    @property
    def speaks(self) -> list[str]:
        """The languages spoken, as their speakers call them."""
        return [languages.own_name(each) for each in self.languages]

    @transaction.atomic
    def open_account(self, email: str, password: str | None, by: Any = None) -> None:
        """Lets them sign in under an address that is known to be theirs; without a password, by other means only."""
        self.email = Person.objects.normalize_email(email)
        self.set_password(password)
        self.save(update_fields=["email", "password"])
        self.own_address()
        record("person_joined", by or self, person=self)

    def own_address(self) -> None:
        """Tells django-allauth that their address is known to be theirs: it has its own table of those."""
        EmailAddress.objects.update_or_create(
            user=self, email=str(self.email).lower(), defaults={"primary": True, "verified": True}
        )

    @transaction.atomic
    def leave(self, by: Any) -> None:
        """Ends at once every way in; what they wrote stays theirs, and shows that they have left."""
        if self.left_at:
            return
        self.left_at, self.is_active, self.is_admin = now(), False, False
        self.save(update_fields=["left_at", "is_active", "is_admin"])
        self.end_sessions()
        record("person_left", by, person=self)
        passage.depart(self, by)

    @transaction.atomic
    def come_back(self, by: Any) -> None:
        """Undoes `leave`, the administrator's rights excepted: those are named anew."""
        if not self.left_at or self.one_with_id:
            return
        self.left_at, self.is_active = None, True
        self.save(update_fields=["left_at", "is_active"])
        record("person_returned", by, person=self)
        passage.come_back(self, by)

    @transaction.atomic
    def become(self, account: Person, by: Any, given: Collection[str] = ()) -> None:
        """Who was spoken for has an account: what was theirs is the account's, and this record leads to it.

        Rights move only as far as `given` names them (`union.Right.key`) and `by` may give them. The record itself
        stays, since texts mention it by its handle and the journal by its number. Raises PermissionDenied when one
        of the two is not what it has to be.
        """
        ends = Person.objects.select_for_update(no_key=True).filter(pk__in=[self.pk, account.pk]).order_by("pk")
        held = {person.pk: person for person in ends}
        if not held[self.pk].is_spoken_for or not held[account.pk].has_account or account.is_bot:
            raise PermissionDenied("union")
        kept = union.unite(self, account, given, by)
        self.one_with, self.is_active, self.is_admin, self.left_at = account, False, False, self.left_at or now()
        self.save(update_fields=["one_with", "is_active", "is_admin", "left_at"])
        record("person_united", by, person=account, former=self.pk, name=self.name, **kept)

    @transaction.atomic
    def stand(self, side: str, organisation: Organisation | None, by: Any) -> None:
        """Places them on a side and in an organisation: they see from there, at once."""
        hold(self, "side", "is_admin")
        former, self.side, self.organisation = self.side, side, organisation
        if not self.is_inside and self.is_admin:
            self.dismiss_administrator(by)
        self.save(update_fields=["side", "organisation"])
        record("person_placed", by, person=self, former=former, side=side, organisation=str(organisation or ""))

    @transaction.atomic
    def name_administrator(self, by: Any) -> None:
        """Gives them the say in the house. Raises PermissionDenied for who is not of the company, or cannot sign in."""
        hold(self, "side", "is_admin", "is_active", "left_at")
        if not (self.is_inside and self.has_account):
            raise PermissionDenied("administrator")
        if not self.is_admin:
            self.is_admin = True
            self.save(update_fields=["is_admin"])
            record("administrator_named", by, person=self)

    @transaction.atomic
    def dismiss_administrator(self, by: Any) -> None:
        if self.is_admin:
            self.is_admin = False
            self.save(update_fields=["is_admin"])
            record("administrator_dismissed", by, person=self)

    @transaction.atomic
    def be_pictured(self, picture: ContentFile | None, by: Any) -> None:
        """Takes another photo, or none; the former one goes once it is sure that nobody is shown it any more."""
        storage, former = self.photo.storage, self.photo.name
        if picture:
            self.photo.save(picture.name or "photo", picture, save=False)
        else:
            self.photo = ""
        self.save(update_fields=["photo"])
        record("person_changed", by, person=self)
        if former:
            transaction.on_commit(lambda: storage.delete(former))

    def end_sessions(self) -> None:
        """Signs them out of every browser."""
        self.sessions.all().delete()
        UserSession.objects.filter(user=self).delete()
