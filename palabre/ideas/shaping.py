"""Shaping the stages of a space: their names, what they mean, their order. Ideas keep theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify

from palabre.ideas.models import Idea
from palabre.ideas.stages import FIRST, USUAL, Funnel, Meaning, Stage
from palabre.items.models import State
from palabre.items.names import fold
from palabre.spaces.models import Space

MOST = 12


class Misshapen(ValueError):
    """Stages that cannot be: `stage` says which one is in the way, if it is one."""

    def __init__(self, why: str, stage: str = "") -> None:
        super().__init__(why)
        self.why, self.stage = why, stage


@dataclass(frozen=True)
class Wanted:
    """A stage as it should be; a new one has no key yet."""

    key: str
    name: str
    meaning: str


@transaction.atomic
def shape(space: Space, wanted: Sequence[Wanted], by: Any) -> bool:
    """These are the stages of the space from now on, in that order; False if they were. Raises Misshapen."""
    Space.objects.select_for_update(no_key=True).only("pk").get(pk=space.pk)
    before = Funnel.of(space)
    if {each.key for each in wanted if each.key} - {each.key for each in before} - set(USUAL):
        raise Misshapen("unknown")
    stages = list(_stages(space, wanted))
    _check(space, before, stages)
    if [(each.key, str(each), each.meaning) for each in before] == [(s.key, str(s), s.meaning) for s in stages]:
        return False
    Stage.objects.filter(space=space).delete()
    Stage.objects.bulk_create(stages)
    for stage in stages:
        Idea.objects.filter(item__space=space, stage=stage.key).update(meaning=stage.meaning)
    space.record("stages_shaped", by, before=[str(each) for each in before], after=[str(each) for each in stages])
    return True


def _stages(space: Space, wanted: Sequence[Wanted]) -> list[Stage]:
    taken = {each.key for each in wanted if each.key} | set(USUAL)
    stages = []
    for position, each in enumerate(wanted):
        key = each.key or _free(each.name, taken)
        taken.add(key)
        name = "" if key in USUAL and fold(each.name) in _usual(key) else each.name
        stages.append(Stage(space=space, key=key, name=name, meaning=each.meaning, position=position))
    return stages


def _free(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:18] or "stage"
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, 99))) if key not in taken)


def _usual(key: str) -> set[str]:
    """What a usual stage is called in any language of the house."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.add(fold(str(USUAL[key][1])))
    return names


def _check(space: Space, before: Funnel, stages: Sequence[Stage]) -> None:
    if FIRST not in {each.key for each in stages}:
        raise Misshapen("first")
    if len(stages) > MOST:
        raise Misshapen("many")
    names: set[str] = set()
    for stage in stages:
        if stage.meaning not in Meaning.values:
            raise Misshapen("meaning", str(stage))
        if stage.key == FIRST and stage.meaning != Meaning.OPEN:
            raise Misshapen("begin", str(stage))
        mine = {fold(stage.name)} if stage.name else _usual(stage.key)
        if names & mine:
            raise Misshapen("twice", str(stage))
        names |= mine
    kept = {each.key for each in stages}
    # What is archived cannot be moved by anybody; once it is back, it stands in a stage that means the same.
    current = Idea.objects.filter(item__space=space, item__state=State.PUBLISHED)
    for stage in before:
        if stage.key not in kept and current.filter(stage=stage.key).exists():
            raise Misshapen("occupied", str(stage))
