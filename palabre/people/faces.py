"""Faces: as much of a person as is drawn beside what they did, brought by the query that brings that."""

from django.db.models import F
from django.db.models.functions import JSONObject

DRAWN = ("name", "handle", "side", "photo")


def face(column: str) -> JSONObject:
    """Of the person whom a column names: the fields of `Person(**…)`, all of them None where it names nobody."""
    return JSONObject(pk=F(f"{column}_id"), **{name: F(f"{column}__{name}") for name in DRAWN})
