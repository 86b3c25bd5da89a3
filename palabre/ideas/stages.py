"""The stages that ideas go through: those of a space whose stewards shaped them, else the usual ones.

Each stage has a meaning, the same in every space, by which lists and pages tell what is open from what is done.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palabre.spaces.models import Space

FIRST = "open"


class Meaning(models.TextChoices):
    """What a stage says of an idea, whatever it is called."""

    OPEN = "open", _("Under discussion")
    GOING = "going", _("Under way")
    DONE = "done", pgettext_lazy("an idea", "Done")
    DECLINED = "declined", _("Not taken up")


OVER = (Meaning.DONE, Meaning.DECLINED)
USUAL: dict[str, tuple[Meaning, str | Promise]] = {
    FIRST: (Meaning.OPEN, pgettext_lazy("an idea", "Open")),
    "shaping": (Meaning.OPEN, _("Taking shape")),
    "trial": (Meaning.GOING, _("On trial")),
    "adopted": (Meaning.GOING, _("Adopted")),
    "done": (Meaning.DONE, pgettext_lazy("an idea", "Done")),
    "declined": (Meaning.DECLINED, _("Declined")),
}


def called(key: str, name: str) -> str:
    """The name of a stage; one of the usual ones is said in the reader's language unless it was named otherwise."""
    return name or (str(USUAL[key][1]) if key in USUAL else key)


class Stage(models.Model):
    """A stage of a space whose stewards have shaped its stages; without a `name` it bears its usual one."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="idea_stages")
    key = models.CharField(max_length=24)
    name = models.CharField(max_length=40, blank=True)
    meaning = models.CharField(max_length=10, choices=Meaning)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="ideas_stage_once")]

    def __str__(self) -> str:
        return called(self.key, self.name)

    @property
    def is_over(self) -> bool:
        return self.meaning in OVER


class Funnel(tuple[Stage, ...]):
    """The stages of a space, in order."""

    @classmethod
    def of(cls, space: Space) -> Funnel:
        return cls.made(space.idea_stages.order_by("position", "pk"))  # type: ignore[attr-defined]

    @classmethod
    def made(cls, stages: Iterable[Stage]) -> Funnel:
        """Of these stages, or of the usual ones where there are none."""
        found = tuple(stages)
        return cls(found or (Stage(key=key, meaning=meaning) for key, (meaning, _label) in USUAL.items()))

    def find(self, key: str) -> Stage | None:
        return next((stage for stage in self if stage.key == key), None)

    def after(self, stage: Stage) -> str:
        """Where an idea that goes well goes next; "" where it is over."""
        further = self[self.index(stage) + 1 :] if stage in self and not stage.is_over else ()
        return next((each.key for each in further if each.meaning != Meaning.DECLINED), "")

    def at(self, key: str, meaning: str) -> Stage:
        """The stage of an idea. One that came from a space with others stands in the first that means the same."""
        like = (stage for stage in self if stage.meaning == meaning)
        return self.find(key) or next(like, None) or self.find(FIRST) or self[0]
