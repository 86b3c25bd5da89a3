"""Forms about people: explicit fields only, so that nothing else can be written through them."""

from __future__ import annotations

import zoneinfo
from typing import Any

from allauth.account.forms import AddEmailForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from palabre.kit.fields import Line
from palabre.kit.naming import name_freely
from palabre.people import addresses, attention, languages, mail
from palabre.people.models import Invitation, Organisation, Person, Side

SIDES = {"side": gettext_lazy("On which side"), "organisation": gettext_lazy("Organisation")}
"""Labels of where somebody stands."""


class LanguagesField(forms.CharField):
    """Languages as people write them, kept as codes."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(languages.own_name(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)  # the field's own sees the codes, not what was written
        return languages.parse(text)


class Profile(forms.ModelForm):
    """What a person says of themselves."""

    languages = LanguagesField(
        label=gettext_lazy("Languages"),
        required=False,
        help_text=gettext_lazy("Separated by commas: français, wolof, English."),
    )

    class Meta:
        model = Person
        fields = ("name", "about", "languages")
        field_classes = {"name": Line}
        widgets = {"about": forms.Textarea(attrs={"rows": 4, "maxlength": 1000})}

    def save(self, commit: bool = True) -> Person:
        person: Person = super().save(commit=False)
        if commit:
            person.save(update_fields=self.Meta.fields)
        return person


class Preferences(forms.ModelForm):
    """How the product speaks to a person."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the interface"),
        choices=[("", gettext_lazy("As my browser asks")), ("fr", "Français"), ("en", "English")],
        required=False,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    class Meta:
        model = Person
        fields = ("language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


class Address(AddEmailForm):
    """Another e-mail address for oneself."""

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "placeholder": ""}

    def clean_email(self) -> str:
        """The one that waits already may be asked for again: its mail may be lost."""
        asked: str = self.cleaned_data["email"].lower()
        pending = addresses.waiting(self.user)
        return asked if pending and pending.email == asked else super().clean_email()


class Attention(forms.ModelForm):
    """How much the house may ask of a person."""

    class Meta:
        model = attention.Attention
        fields = ("interruptions", "requests", "quiet_from", "quiet_until", "quiet_weekends")
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")
        }
        help_texts = {
            "interruptions": gettext_lazy("A device that rings, or a letter that does not wait for the digest."),
            "requests": gettext_lazy("To vote, to answer a consultation, to say how it goes."),
            "quiet_from": gettext_lazy("In your time zone; leave both empty for no quiet hours."),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if (said.get("quiet_from") is None) != (said.get("quiet_until") is None) and not self.errors:
            self.add_error("quiet_until", _("Say both hours, or neither."))
        return said


class SpokenFor(forms.ModelForm):
    """Somebody without account, on whose behalf one writes."""

    class Meta:
        model = Person
        fields = ("name", "side", "organisation", "about")
        field_classes = {"name": Line}
        labels = SIDES
        widgets = {"about": forms.Textarea(attrs={"rows": 3, "maxlength": 1000})}

    def clean(self) -> dict[str, Any]:
        return belonging(super().clean() or {}, self)


class Uniting(forms.Form):
    """The account of somebody who was spoken for, and the rights it is given besides."""

    account = forms.CharField(
        label=gettext_lazy("Their account"),
        max_length=254,
        help_text=gettext_lazy("The handle, the e-mail or the exact name of somebody who signs in here."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_account(self) -> Person:
        told = self.cleaned_data["account"].strip().removeprefix("@")
        known = Person.objects.visible_to(self.by).with_account().filter(is_bot=False)
        exactly = known.filter(Q(handle__iexact=told) | Q(email__iexact=told))
        found = list(exactly[:2]) or list(known.filter(name__iexact=told)[:2])
        if len(found) != 1:
            raise ValidationError(_("Nobody who has an account is called exactly that. Their e-mail says it best."))
        return found[0]


class Standing(forms.ModelForm):
    """Where somebody stands; administrators say it, for it decides what they see."""

    class Meta:
        model = Person
        fields = ("side", "organisation")
        labels = SIDES

    def clean(self) -> dict[str, Any]:
        return belonging(super().clean() or {}, self)


class Inviting(forms.ModelForm):
    """What every invitation tells: whom, from which side they come, how long the link is open, in which language."""

    days = forms.IntegerField(label=gettext_lazy("Open for, in days"), min_value=1, max_value=60, initial=14)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = True
        self.fields["organisation"].help_text = _("A partner always has one, a customer may.")
        self.fields["language"].initial = get_language()
        if not mail.is_sent():  # whoever passes the link on says it in their own words
            del self.fields["language"]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        known = Person.objects.filter(email__iexact=address).first()
        if known and not known.has_account:
            raise ValidationError(_("They were here and have left. An administrator takes them back, on their page."))
        return address

    def clean(self) -> dict[str, Any]:
        return belonging(super().clean() or {}, self)


class Invite(Inviting):
    """An invitation into the house, without a space."""

    class Meta:
        model = Invitation
        fields = ("address", "name", "side", "organisation", "as_administrator")
        field_classes = {"name": Line}
        labels = SIDES | {"as_administrator": gettext_lazy("As an administrator")}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        known = Person.objects.filter(email__iexact=told.get("address", "")).first()
        inside = known.is_inside if known else told.get("side") == Side.COMPANY
        if told.get("as_administrator") and not inside:
            self.add_error("as_administrator", _("Only somebody of the company can administer it."))
        return told


class Enter(forms.Form):
    """What somebody invited tells before they enter."""

    name = Line(label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy(
            "Ten characters at least. Three ordinary words in a row are easy to keep and hard to guess."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.address:
            self.fields["address"].disabled = True
            self.fields["address"].initial = invitation.address

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if Person.objects.filter(email__iexact=address).exists():
            raise ValidationError(_("Somebody has an account under this address already. Choose another."))
        return address

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if password := told.get("password"):
            try:
                validate_password(password, Person(name=told.get("name", ""), email=told.get("address", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return told


class OrganisationForm(forms.ModelForm):
    """An organisation, as administrators describe it."""

    class Meta:
        model = Organisation
        fields = ("name", "side", "about", "address")
        field_classes = {"name": Line}
        labels = SIDES
        widgets = {"about": forms.Textarea(attrs={"rows": 4, "maxlength": 2000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.people.exists():
            self.fields["side"].disabled = True
            self.fields["side"].help_text = _(
                "Its people stand there too: move them first, each on their page, to change it."
            )

    def save(self, commit: bool = True) -> Organisation:
        organisation: Organisation = super().save(commit=False)
        if organisation.slug:
            organisation.save()
        else:
            name_freely(slugify(organisation.name)[:50] or "organisation", _is_free, organisation.take_slug)
        return organisation


def belonging(told: dict[str, Any], form: forms.BaseForm) -> dict[str, Any]:
    """A person stands on the side of their organisation; partners always have one."""
    side, organisation = told.get("side"), told.get("organisation")
    if side == Side.PARTNER and organisation is None and "organisation" not in form.errors:
        form.add_error("organisation", _("A partner belongs to an organisation: choose it."))
    if side and organisation and organisation.side != side:
        form.add_error("organisation", _("%(name)s is not on that side.") % {"name": organisation})
    return told


def _is_free(slug: str) -> bool:
    return slug != "new" and not Organisation.objects.filter(slug=slug).exists()
