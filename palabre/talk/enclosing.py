"""Files that go with what one says: they are kept for the item, and what is said shows them after its words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palabre.authoring.files.keeping import Unwelcome, attach
from palabre.authoring.files.models import File
from palabre.items.models import Item

MOST_FILES = 10


class Files(forms.FileField):
    """As many files as one sends at once."""

    widget = type("SeveralFiles", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if len(data or []) > MOST_FILES:
            refused = ngettext(
                "At most %(n)s file goes with one message. Nothing was sent: send the others with the next.",
                "At most %(n)s files go with one message. Nothing was sent: send the others with the next.",
                MOST_FILES,
            )
            raise ValidationError(refused % {"n": MOST_FILES})
        return [super(Files, self).clean(each, initial) for each in data or []]


class Enclosing(forms.Form):
    """Words, files, or both; the words are a field `body` of whoever inherits."""

    # Of an empty one `attach` says which it is.
    files = Files(label=_("Files"), required=False, allow_empty_file=True)  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("body", "").strip() and not said.get("files"):
            raise ValidationError({"body": _("There is nothing to send yet.")})
        return said

    def with_files(self, item: Item, by: Any) -> str:
        """The words, with the files kept for the item after them. Raises Unwelcome; the form then says which file is
        not kept, and why: nothing was sent, and the words are still there.
        """
        kept = [self._kept(item, by, each) for each in self.cleaned_data["files"]]
        return "\n\n".join(filter(None, (self.cleaned_data["body"].strip(), *(file.markdown for file in kept))))

    def _kept(self, item: Item, by: Any, file: Any) -> File:
        try:
            return attach(item, by, file.name, file.chunks())
        except Unwelcome as problem:
            self.add_error("files", _("%(name)s: %(why)s") % {"name": file.name, "why": problem.sentence})
            raise
