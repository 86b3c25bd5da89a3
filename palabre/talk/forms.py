"""What people say."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.authoring.marks import resolve
from palabre.items.models import Item
from palabre.talk.anchors import LONGEST, Anchor, anchor_in
from palabre.talk.enclosing import Enclosing
from palabre.talk.models import LONGEST_TEXT


class Saying(forms.Form):
    """A comment; perhaps on a passage, which has to stand in the text."""

    body = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("There is nothing to send yet.")},
    )
    quote = forms.CharField(label=gettext_lazy("About this passage"), max_length=LONGEST, required=False)
    before = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, item: Item, reader: Any, *args: object, **options: object) -> None:
        self.item, self.reader = item, reader
        self.anchor: Anchor | None = None
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def clean(self) -> dict:
        said = super().clean() or {}
        if said.get("quote", "").strip():
            shown = resolve(self.item.html, self.reader, self.item)
            self.anchor = anchor_in(shown, said["quote"], said.get("before", ""), said.get("after", ""))
            if self.anchor is None:
                raise ValidationError({"quote": _("The text does not say this, or no longer. Copy the passage again.")})
        return said

    def text(self) -> str:
        """What they say."""
        return str(self.cleaned_data["body"])


class Answer(Enclosing, Saying):
    """An answer where files are sent with words, or instead of them."""

    body = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))

    def text(self) -> str:
        """What they say, with the files kept. Raises Unwelcome, as `with_files`."""
        return self.with_files(self.item, self.reader)
