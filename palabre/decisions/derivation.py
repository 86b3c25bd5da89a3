"""An argument bears the words of its decision, as an answer those of its question, and has no name of its own."""

from palabre.authoring.derivation import Batch, derives_from_text
from palabre.items.models import Item, Name
from palabre.journal.recording import event, record_many


@derives_from_text
def bear_the_decision(batch: Batch) -> None:
    """After every change of a text: of an argument its title, of a decision those of its arguments."""
    arguments = [item for item, _document in batch if item.kind == "argument"]
    if arguments:
        Name.objects.filter(item__in=arguments).delete()
        titles = dict(Item.objects.filter(pk__in={each.parent_id for each in arguments}).values_list("pk", "title"))
        for argument in arguments:
            title = titles.get(argument.parent_id or 0, argument.title)
            if argument.title != title:
                argument.title = title
                argument.save(update_fields=["title"])
    for decision in (item for item, _document in batch if item.kind == "decision"):
        stale = Item.objects.filter(kind="argument", parent=decision).exclude(title=decision.title)
        if renamed := list(stale.select_for_update(no_key=True).only("pk", "space_id").order_by("pk")):
            stale.update(title=decision.title)
            record_many(event("renamed", None, item=each, space=each.space_id) for each in renamed)
