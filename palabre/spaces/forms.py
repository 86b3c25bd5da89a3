"""Forms about spaces: explicit fields only; rights have forms of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.kit.fields import Line
from palabre.people.forms import SIDES, Inviting
from palabre.people.models import Invitation, Organisation, Person, Side
from palabre.spaces.models import Audience, Request, Role, Space, Writing
from palabre.spaces.policy import may_bring


class AudienceFields(forms.Form):
    """Who may read: an audience and, for partners, which organisations."""

    audience = forms.ChoiceField(label=gettext_lazy("Who may read?"), choices=Audience, widget=forms.RadioSelect)
    organisations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which partners?"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="slug",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = Organisation.objects.filter(side=Side.PARTNER)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("audience") == Audience.PARTNERS and not told.get("organisations"):
            self.add_error("organisations", _("Name at least one partner."))
        if told.get("audience") != Audience.PARTNERS:
            told["organisations"] = Organisation.objects.none()
        return told


class Described(forms.Form):
    """What a space is and where it lives."""

    name = Line(label=gettext_lazy("Name"), max_length=80)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=1000,
        help_text=gettext_lazy("What is said here, and for whom, in a sentence or two."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Main language"), choices=settings.LANGUAGES)


class Founding(Described, AudienceFields):
    """A new space."""

    writing = forms.ChoiceField(label=gettext_lazy("Who may write?"), choices=Writing, initial=Writing.MEMBERS)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not slugify(name):
            raise ValidationError(_("Give it a name with letters, from which its address is made."))
        return name


class Settings(Described):
    """What stewards change without changing who reads."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=60,
        help_text=gettext_lazy("The old address goes on working, for ever."),
    )
    writing = forms.ChoiceField(label=gettext_lazy("Who may write?"), choices=Writing)
    askable = forms.BooleanField(
        label=gettext_lazy("May be asked for"),
        required=False,
        help_text=gettext_lazy(
            "Everybody of the company reads its name and purpose, and may ask for access. Nothing else shows."
        ),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug != self.space.slug and not Space.objects.is_free(slug, self.space):
            raise ValidationError(_("Another space has or had this address."))
        return slug


class Somebody(forms.Form):
    """Somebody one meets, by their name or their handle."""

    person = forms.CharField(label=gettext_lazy("Who"), max_length=120)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_person(self) -> Person:
        found = Person.objects.visible_to(self.by).present().meant_by(self.cleaned_data["person"])
        if len(found) != 1:
            raise ValidationError(_("You meet nobody by exactly that name. Choose them in the list."))
        return found[0]


class NewMember(Somebody):
    """Somebody one meets, and the role they take."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, initial=Role.CONTRIBUTOR)


class Appointing(Somebody):
    """The colleague who will look after a space that nobody can shape."""

    def clean_person(self) -> Person:
        person = super().clean_person()
        if not person.has_account or person.is_bot or not person.is_inside:
            raise ValidationError(_("A steward is a colleague who signs in here. Choose another."))
        if person.pk == self.by.pk:
            raise ValidationError(_("Appoint somebody else: administrators open no space to themselves."))
        return person


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role)


class Asking(forms.ModelForm):
    """Somebody asks for a role; who reads the space already asks to write."""

    role = forms.ChoiceField(
        label=gettext_lazy("In order to"),
        choices=[(Role.READER, gettext_lazy("Read")), (Role.CONTRIBUTOR, gettext_lazy("Read and write"))],
    )

    class Meta:
        model = Request
        fields = ("role", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, reads: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if reads:
            role = self.fields["role"]
            role.choices = [choice for choice in role.choices if choice[0] != Role.READER]  # type: ignore[attr-defined]
            role.initial, role.widget = Role.CONTRIBUTOR, forms.HiddenInput()


class Answer(forms.Form):
    """Stewards grant or refuse, with a word."""

    role = forms.ChoiceField(choices=Role)
    answer = forms.CharField(required=False, max_length=1000)


class InviteInto(Inviting):
    """An invitation into one space, by its stewards: never more than they have themselves."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, initial=Role.CONTRIBUTOR)

    class Meta:
        model = Invitation
        fields = ("address", "name", "side", "organisation")
        labels = SIDES

    def __init__(self, *args: Any, space: Space, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space, self.by = space, by
        organisations = Organisation.objects.visible_to(by)
        if by.is_inside and not by.is_admin:
            self.fields["side"].choices = [choice for choice in Side.choices if choice[0] != Side.COMPANY]  # type: ignore[attr-defined]
            organisations = organisations.exclude(side=Side.COMPANY)
        elif not by.is_inside:
            self.fields["side"].choices = [(by.side, Side(by.side).label)]  # type: ignore[attr-defined]
            organisations = organisations.filter(pk=by.organisation_id)
            self.fields["organisation"].required = by.organisation_id is not None
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        is_new = not Person.objects.filter(email__iexact=told.get("address", "")).exists()
        if not self.errors and is_new and not may_bring(self.by, self.space, told["side"], told["organisation"]):
            self.add_error(
                "side",
                _(
                    "Whoever stands there reads other spaces too, in which you have no say. Ask an administrator to "
                    "invite them into the house; then you make them a member here."
                ),
            )
        return told
