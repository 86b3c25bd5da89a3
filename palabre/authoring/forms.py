"""The forms of authoring: what is typed is checked, and comes back as it was when something is wrong."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from palabre.authoring.drafting import LARGEST
from palabre.authoring.models import Template
from palabre.items import kinds
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.kit.fields import Line
from palabre.spaces.models import Space

KEPT_ASIDE = (
    "csrfmiddlewaretoken", "title", "body", "space", "kind", "based_on", "draft", "stamp", "action", "item", "copy",
)  # fmt: skip


def written_here() -> list[kinds.Kind]:
    """The kinds whose whole content is a title and a text; others bring a form of their own."""
    return [kind for kind in kinds.every() if kind.at_desk]


class TextForm(forms.Form):
    """Another version of what has its place already: a title, a text, and what is said of the change."""

    title = forms.CharField(label=_("Title"), max_length=250, error_messages={"required": _("Give it a title.")})
    body = forms.CharField(label=_("Text"), required=False, max_length=LARGEST, strip=False)
    based_on = forms.IntegerField(required=False, min_value=0)
    note = forms.CharField(label=_("What changed"), max_length=200, required=False)

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


class WritingForm(TextForm):
    """A title, a text, a place. `spaces` are those one may write in."""

    space = forms.TypedChoiceField(
        label=_("Who will read it?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose where it will be read.")),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    parent = forms.ModelChoiceField(label=_("Under"), queryset=Item.objects.none(), required=False)
    publish_at = forms.DateTimeField(label=_("Publish at"), required=False)

    def __init__(self, data: Any, *, spaces: list[Space], parents: Any, kind: str = "", announced: str = "") -> None:
        """`kind` is that of the item being written on; `announced` the space whose readers the button named."""
        super().__init__(data)
        self.announced = announced
        places = {space.slug: space for space in spaces}
        self.fields["space"].choices = [(slug, space.name) for slug, space in places.items()]  # type: ignore[attr-defined]
        self.fields["space"].coerce = places.__getitem__  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (each.name, each.label) for each in kinds.every() if each.at_desk or each.name == kind
        ]
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def clean_publish_at(self) -> datetime | None:
        due = self.cleaned_data["publish_at"]
        if due and due <= now():
            raise forms.ValidationError(_("Choose a moment to come."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parent, space = cleaned.get("parent"), cleaned.get("space")
        if parent and space and parent.space_id != space.pk:
            cleaned["parent"] = None
        if space and self.announced not in ("", space.slug):
            self.add_error("space", _("The button named other readers. See who will read it, then publish."))
        return cleaned


class TemplateForm(forms.ModelForm):
    """A text to start from."""

    class Meta:
        model = Template
        fields = ["name", "title", "body"]
        field_classes = {"name": Line, "title": Line}


class VerificationForm(forms.Form):
    """Until when a content is said to hold: a day, else a number of months, else six of them."""

    DAYS = {"1": 30, "3": 91, "6": 182, "12": 365}
    USUAL = "6"
    LONGEST = timedelta(days=5 * 365)

    months = forms.CharField(required=False)
    until = forms.DateField(required=False, error_messages={"invalid": _("Choose a day to come, within five years.")})

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and not localdate() < until <= localdate() + self.LONGEST:
            raise forms.ValidationError(_("Choose a day to come, within five years."))
        return until

    @property
    def day(self) -> date:
        """The last day on which it holds, once the form is valid."""
        days = self.DAYS.get(self.cleaned_data["months"], self.DAYS[self.USUAL])
        return self.cleaned_data["until"] or localdate() + timedelta(days=days)
