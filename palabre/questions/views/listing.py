"""Lists of questions: all, those without an answer, those that wait for the reader."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from palabre.items.listing import Register
from palabre.items.models import ItemQuerySet
from palabre.kit.paging import page
from palabre.questions.models import answers_to, unanswered
from palabre.questions.waiting import waiting_for

REGISTER = Register(
    "question",
    "questions/rows.html",
    label=_("Which questions"),
    ways={"all": _("Latest asked"), "unanswered": _("Without an answer"), "waiting": _("Waiting for me")},
    mine="waiting",
    begins=_("Ask a question"),
    empty={
        "waiting": (
            _("Nothing waits for you"),
            _("Questions put to you by name, or to those who follow a tag that you follow, come here."),
        ),
        "unanswered": (_("Every question has an answer"), ""),
        "all": (
            _("Nobody has asked anything yet"),
            _("A question asked here is answered once, and found by all who will ask it again."),
        ),
    },
)


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """`/questions/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/questions/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    if way == "unanswered":
        items = unanswered(items)  # type: ignore[assignment]
    elif way == "waiting":
        items = waiting_for(request.user.pk, items)
    given = answers_to(OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
    counted = items.for_lists().annotate(
        answers=Subquery(given, output_field=IntegerField()), accepted=F("question__accepted")
    )
    return {"page": page(counted, request)}
