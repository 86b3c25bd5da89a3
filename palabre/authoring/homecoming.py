"""What somebody is writing, told to them when they come home."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from palabre.authoring.models import Draft
from palabre.spaces import homecoming

NAME = "authoring.drafts"
LATEST = 5


def latest_drafts(person: Any) -> list[Draft]:
    """The last of them, by their titles; the texts are not read."""
    return [Draft(**brief) for brief in homecoming.told(person, NAME) or ()]


def _told(person: Any, _within: Any) -> ArraySubquery:
    brief = JSONObject(pk="pk", item_id="item_id", title="title")
    return ArraySubquery(Draft.objects.of(person).values(brief=brief)[:LATEST])


homecoming.tells(NAME, _told)
