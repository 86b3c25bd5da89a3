"""What people tell us of tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.tags.keys import LONGEST, key_of, name_of
from palabre.tags.models import Tag


class TagName(forms.CharField):
    """A tag as people write it, with its sign or without."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, **options)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        if written and not key_of(written):
            raise ValidationError(_("A tag needs at least one letter or figure."))
        return name_of(written)


class Naming(forms.Form):
    """One or several tags for an item, separated by commas."""

    names = forms.CharField(max_length=10 * LONGEST, label=gettext_lazy("Tag"), strip=True)

    def clean_names(self) -> list[str]:
        names = [name_of(part) for part in self.cleaned_data["names"].split(",")]
        names = [name for name in names if key_of(name)]
        if not names:
            raise ValidationError(_("A tag needs at least one letter or figure."))
        return names[:20]


class Gardening(forms.Form):
    """What a steward does to one tag; a name is free when nothing bears the tag that has it."""

    def __init__(self, tag: Tag, person: Any, *args: Any, **options: Any) -> None:
        self.tag, self.person = tag, person
        super().__init__(*args, **options)

    def refuse_taken(self, name: str) -> None:
        """Raises ValidationError when another tag has that name; one the steward does not see cannot be merged."""
        holder = Tag.objects.called([key_of(name)]).get(key_of(name))
        if holder is None or holder == self.tag or not holder.taggings.exists():
            return
        if Tag.objects.visible_to(self.person).filter(pk=holder.pk).exists():
            raise ValidationError(_("Another tag has that name already. Merge the two instead."))
        raise ValidationError(_("That name is taken by a tag you do not see. Choose another, or ask an administrator."))


class Renaming(Gardening):
    """Another name for a tag; one that is taken calls for a merge."""

    name = TagName(label=gettext_lazy("New name"))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        self.refuse_taken(name)
        return name


class Merging(Gardening):
    """The tag that this one is to be merged into: one its steward can see."""

    into = TagName(label=gettext_lazy("Merge into"))

    def clean_into(self) -> Tag:
        key = key_of(self.cleaned_data["into"])
        other = Tag.objects.visible_to(self.person).called([key]).get(key)
        if other is None:
            raise ValidationError(_("There is no tag of that name. To give this one another name, rename it."))
        if other == self.tag:
            raise ValidationError(_("That is this very tag."))
        return other


class Synonym(Gardening):
    """Another name a tag answers to."""

    synonym = TagName(label=gettext_lazy("Synonym"))

    def clean_synonym(self) -> str:
        name: str = self.cleaned_data["synonym"]
        self.refuse_taken(name)
        if self.tag in Tag.objects.called([key_of(name)]).values():
            raise ValidationError(_("The tag answers to that name already."))
        return name
