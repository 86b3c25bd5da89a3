"""The page of a question with its answers, and that of one answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from palabre.authoring import joining, showing
from palabre.items.models import Item
from palabre.kit.policy import may
from palabre.links import following
from palabre.people.models import Person
from palabre.questions import answers
from palabre.questions.doors import ANSWERS, QUESTIONS
from palabre.questions.models import Question


@require_GET
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12-pourquoi/`; one that is the same as another leads there, unless asked for `?alone=1`."""
    item = QUESTIONS.open(request, pk, "question")
    facet: Question = item.question  # type: ignore[attr-defined]
    facet.item = item
    if other := joining.leads_to(request, facet):
        return redirect(other)
    if request.path != item.get_absolute_url():
        return showing.show(request, item)
    return showing.show(request, item, **page(request, facet))


def page(request: HttpRequest, question: Question, **more: Any) -> dict[str, Any]:
    """What the page of a question shows beside its text."""
    item, person = question.item, request.user
    shown = answers.of(item, person)
    html = answers.resolve(item, shown, person)
    may_answer = may(person, "question.answer", question)
    return {
        "html": html,
        "question": question,
        "answers": shown,
        "votes": answers.votes_of(item, person),
        "may_answer": may_answer,
        "may_accept": may(person, "question.accept", question),
        "may_put": may(person, "question.put", question),
        "may_merge": may(person, "question.merge", question),
        "may_make_page": may(person, "space.write", item.space),
        "may_go_on": following.may_go_on(person, item),
        "put": _put(item, person),
        "same": [(_named(each), each) for each in item.same],  # type: ignore[attr-defined]
        "typed": "",
        **more,
    }


def _put(item: Item, person: Any) -> list[dict[str, Any]]:
    """For whom it waits; a guest is not told of colleagues they do not meet."""
    shown = []
    for each in item.put:  # type: ignore[attr-defined]
        if each["person"]:
            if not person.is_authenticated or not (person.is_inside or each["person"] == person.pk):
                continue
            each["who"] = Person(pk=each["person"], name=each["name"], handle=each["handle"], side=each["side"])
        each["mine"], each["me"] = each["by"] == person.pk, each["person"] == person.pk
        shown.append(each)
    return shown


def _named(brief: dict[str, Any]) -> Item:
    return Item(pk=brief["pk"], title=brief["title"], kind="question")


def again(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    """The page of the question with what was typed and what is wrong with it."""
    item = QUESTIONS.open(request, pk, "question")
    question: Question = item.question  # type: ignore[attr-defined]
    question.item = item
    return showing.again(request, item, **page(request, question, **more))


@require_GET
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/answers/12-pourquoi/`: one answer, with what is said about it."""
    item = ANSWERS.open(request, pk, "answer")
    question = item.parent if item.parent and item.parent.is_readable else None
    if question:
        question.space = item.space
    return showing.show(
        request,
        item,
        asked=question,
        votes=answers.votes_of(item, request.user),
        is_accepted=question is not None and item.accepted == item.pk,  # type: ignore[attr-defined]
        may_make_page=may(request.user, "answer.page", item),
    )
