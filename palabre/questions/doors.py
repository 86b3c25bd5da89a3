"""The ways in to a question and to an answer."""

from django.db.models import F
from django.http import HttpRequest

from palabre.authoring import showing
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.queries import Slot
from palabre.questions import answers, briefs
from palabre.questions.models import Question

QUESTIONS = showing.door(
    "question",
    **answers.voted(Slot("reader")),
    given=answers.in_brief(Item.objects.visible_to_asker()),
    put=briefs.put(),
    same=briefs.same(Item.objects.visible_to_asker()),
)
ANSWERS = showing.door(
    "answer", "parent__question", **answers.voted(Slot("reader")), accepted=F("parent__question__accepted")
)


def question_or_404(request: HttpRequest, pk: int) -> Question:
    """The question with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "question")
    question: Question = item.question  # type: ignore[attr-defined]
    question.item = item
    return question
