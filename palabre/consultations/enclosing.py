"""Files that come with answers: measured, recognised and redrawn as all files are, and kept under a name of the house.

A file may tell what an answer does not: pictures lose where and when they were taken; of what stands in a document
people are warned in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from palabre.authoring.files.extraction import DOCX, ODT, PDF, PLAIN
from palabre.authoring.files.keeping import Unwelcome, taken
from palabre.authoring.files.sniffing import OFFICE, OPEN_DOCUMENTS, PICTURES
from palabre.consultations.models import Enclosure, Response
from palabre.consultations.papers import Refused, Unfit
from palabre.consultations.questions import Question

LARGEST = 10 * 1024 * 1024  # bytes of one file
ALTOGETHER = 2 * 1024**3  # bytes of all files of one consultation
ACCEPTS = {
    "": pgettext_lazy("files", "Any but programs"),
    "pictures": pgettext_lazy("files", "Only pictures"),
    "documents": pgettext_lazy("files", "Only documents"),
}
TYPES = {
    "pictures": PICTURES,
    "documents": frozenset({PDF, DOCX, ODT, *PLAIN, *OFFICE.values(), *OPEN_DOCUMENTS}) - {"text/html"},
}


def taken_in(
    response: Response, screen: Sequence[Question], data: QueryDict, files: Mapping[str, Any]
) -> dict[str, Any]:
    """What is kept for each question of a screen that asks for a file: the one that came, the one that was there, or
    what says why it is not kept.
    """
    found: dict[str, Any] = {}
    for question in screen:
        if question.kind != "file":
            continue
        before = response.said.get(question.key)
        if upload := files.get(question.key):
            try:
                found[question.key] = _kept(response, question, upload)
            except (Unwelcome, Unfit) as refused:
                found[question.key] = Refused(_why_not(question, refused), before)
        else:
            found[question.key] = None if data.get(f"{question.key}-drop") else before
    return found


def _kept(response: Response, question: Question, upload: Any) -> dict[str, Any]:
    with taken(upload.name, upload.chunks(), LARGEST) as came:
        wanted = TYPES.get(question.accepts)
        if wanted is not None and came.content_type not in wanted:
            raise Unfit(_wanted(question))
        every = Enclosure.objects.filter(consultation=response.consultation_id)
        if (every.aggregate(sum=Sum("size"))["sum"] or 0) + came.size > ALTOGETHER:
            raise Unfit(_("So many files have come that no other fits; tell it in words."))
        with transaction.atomic():
            came.keep()
            made = Enclosure.objects.create(
                consultation_id=response.consultation_id, response=response, question=question.key,
                name=f"{question.key}{PurePath(came.name).suffix.lower()}", content_type=came.content_type,
                size=came.size, digest=came.digest, widths=came.widths,
            )  # fmt: skip
    return made.value


def _why_not(question: Question, refused: Unwelcome | Unfit) -> str:
    """What to do now; of a program, no archive helps where a picture is wanted."""
    if isinstance(refused, Unfit):
        return str(refused)
    return _wanted(question) if refused.reason == "program" and question.accepts else str(refused.sentence)


def _wanted(question: Question) -> str:
    if question.accepts == "pictures":
        return _("Send a picture: JPEG, PNG, WebP or GIF.")
    return _("Send a document: PDF, text, or one of an office program.")


def tidy(response: Response, said: Mapping[str, Any], among: Collection[Question]) -> None:
    """Files that the answer does not name any more leave; their bytes go with the next tidying."""
    if any(question.kind == "file" for question in among):
        named = {each["file"] for each in said.values() if isinstance(each, dict) and "file" in each}
        Enclosure.objects.filter(response=response).exclude(pk__in=named).delete()
