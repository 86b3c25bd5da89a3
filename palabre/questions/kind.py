"""Questions and answers as kinds."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from palabre.items.kinds import Kind, register
from palabre.items.models import READABLE
from palabre.journal.verbs import Verb, did
from palabre.questions.models import Answer, Question


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """How many answers each has, and whether one of them was accepted; of one that was merged, that it goes on."""
    said = ngettext_lazy("%(number)d answer", "%(number)d answers", "number")
    accepted = ngettext_lazy("%(number)d answer, accepted", "%(number)d answers, one accepted", "number")
    rows = Question.objects.filter(pk__in=keys).annotate(
        number=Count("item__children", filter=Q(item__children__kind="answer", item__children__state__in=READABLE))
    )
    return {
        each.pk: str(_("goes on in another question, with its answers"))
        if each.same_as_id
        else (accepted if each.accepted_id else said) % {"number": each.number}  # type: ignore[attr-defined]
        if each.number  # type: ignore[attr-defined]
        else str(_("No answer yet"))
        for each in rows
    }


QUESTION = register(
    Kind(
        name="question",
        path="questions",
        label=_("Question"),
        label_plural=_("Questions"),
        icon="circle-help",
        template="questions/show.html",
        facet=Question,
        written=True,
        beside=in_few_words,
        verbs=(
            Verb(
                "question_answered",
                loud=True,
                concerns=("mentioned", "asker", "followers"),
                says=did("%(who)s answered"),
            ),
            Verb(
                "answer_accepted",
                loud=True,
                changes_text=True,
                concerns=("answerer", "author", "followers"),
                says=did("%(who)s accepted an answer"),
            ),
            Verb("answer_unaccepted", changes_text=True),
            Verb("question_put", loud=True, concerns=("awaited", "versed"), says=did("%(who)s hopes for an answer")),
            Verb("question_taken_back"),
            Verb(
                "question_passed",
                concerns=("enquirer",),
                says=did("%(who)s cannot answer it: ask somebody else"),
            ),
            Verb(
                "question_merged",
                changes_text=True,
                joins=True,
                concerns=("author", "followers"),
                says=did("%(who)s found the same question"),
            ),
            Verb("question_grew", changes_text=True),
            Verb("comments_brought", changes_text=True),
            Verb("question_parted", changes_text=True, joins=True),
        ),
        dated=True,
        order=15,
    )
)
ANSWER = register(
    Kind(
        name="answer",
        path="answers",
        label=pgettext_lazy("kind", "Answer"),
        label_plural=_("Answers"),
        icon="reply",
        template="questions/answer.html",
        facet=Answer,
        within="question",
        verbs=(
            Verb("voted"),
            Verb("vote_withdrawn"),
            Verb("answer_moved", changes_text=True),
        ),
        dated=True,
        order=16,
        start="/questions/",
    )
)
