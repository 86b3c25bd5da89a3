"""What one may do with questions and answers beside what one may do with any item."""

from typing import Any

from palabre.items.models import Item, State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR
from palabre.questions.models import Question


@rule("question.answer")
def may_answer(person: Any, question: Question) -> bool:
    """Who may write in the space, while the question is current."""
    return question.item.state == State.PUBLISHED and may(person, "space.write", question.item.space)


@rule("question.accept")
def may_accept(person: Any, question: Question) -> bool:
    """Say which answer helped, or that none did: who asked, and stewards, while the question is current."""
    item = question.item
    if item.state != State.PUBLISHED or item.space.archived_at:
        return False
    asked = item.author_id == person.pk and may(person, "item.comment", item)
    return asked or may(person, "space.steward", item.space)


@rule("question.put")
def may_put(person: Any, question: Question) -> bool:
    """Say whose answer is hoped for: who asked, and who writes there, while nothing is accepted."""
    if question.accepted_id:
        return False
    asked = question.item.author_id == person.pk and may(person, "item.comment", question.item)
    return asked or may_answer(person, question)


@rule("question.merge")
def may_merge(person: Any, question: Question) -> bool:
    """Say that it is the same as another, and that it is not: who asked, and stewards."""
    merged = question.same_as_id is not None and question.item.state == State.ARCHIVED
    return (merged or question.item.state == State.PUBLISHED) and may(person, "item.shape", question.item)


@rule("question.vote")
def may_vote(person: Any, item: Item) -> bool:
    """On a question or an answer: who may comment there, but for its author."""
    return person is not OPERATOR and item.author_id != person.pk and may(person, "item.comment", item)


@rule("answer.page")
def may_make_page(person: Any, answer: Item) -> bool:
    """Make a page of an answer: who may write there."""
    return answer.state == State.PUBLISHED and may(person, "space.write", answer.space)
