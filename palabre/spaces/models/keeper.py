"""Spaces that somebody keeps among theirs."""

from __future__ import annotations

from django.db import models

from palabre.kit.clock import now
from palabre.people.models import Person
from palabre.spaces.models.space import Space


class Keeper(models.Model):
    """Somebody has a space among theirs that they read anyway: a bookmark, which gives neither sight nor company."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="keepers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keeps")
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="spaces_kept_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"
