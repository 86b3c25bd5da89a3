"""An answer bears the words of its question: lists, searches and inboxes show it under them.

It has no name by which texts could mean it instead of the question.
"""

from palabre.authoring.derivation import Batch, derives_from_text
from palabre.items.models import Item, Name
from palabre.journal.recording import event, record_many


@derives_from_text
def bear_the_question(batch: Batch) -> None:
    """After every change of a text: of an answer its title, of a question those of its answers."""
    answers = [item for item, _document in batch if item.kind == "answer"]
    if answers:
        Name.objects.filter(item__in=answers).delete()
        titles = dict(Item.objects.filter(pk__in={each.parent_id for each in answers}).values_list("pk", "title"))
        for answer in answers:
            title = titles.get(answer.parent_id or 0, answer.title)
            if answer.title != title:
                answer.title = title
                answer.save(update_fields=["title"])
    for question in (item for item, _document in batch if item.kind == "question"):
        stale = Item.objects.filter(kind="answer", parent=question).exclude(title=question.title)
        if renamed := list(stale.select_for_update(no_key=True).only("pk", "space_id").order_by("pk")):
            stale.update(title=question.title)
            record_many(event("renamed", None, item=each, space=each.space_id) for each in renamed)
