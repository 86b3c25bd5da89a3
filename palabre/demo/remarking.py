"""What people of the demo world say below texts: comments and answers, oldest first, and gestures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from palabre.demo.stories import Story
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.kit.html import strip
from palabre.people.models import Person
from palabre.talk.anchors import anchor
from palabre.talk.models import Comment, Gesture, Reaction


@dataclass(frozen=True)
class Remarking:
    """Tells it all, dated back."""

    people: Mapping[str, Person]
    items: Mapping[str, Item]
    when: Callable[..., datetime]

    def tell(self, told: Sequence[Story]) -> None:
        said = [(remark["ago"], story, remark) for story in told for remark in story.comments]
        for _ago, story, remark in sorted(said, key=lambda each: (-each[0], each[1].key)):
            self._say(story, remark, None)
        Reaction.objects.bulk_create(
            Reaction(
                item=self.items[story.key],
                gesture=Gesture(gesture),
                by=self.people[key],
                at=self.when(story.ago * 0.9, key),
            )
            for story in told
            for gesture, keys in story.reactions.items()
            for key in keys
        )

    def _say(self, story: Story, remark: dict[str, Any], parent: Comment | None) -> None:
        item, when = self.items[story.key], self.when(remark["ago"], story.key + remark["by"])
        passage = anchor(strip(item.html), remark["passage"]) if "passage" in remark else None
        comment = Comment.say(item, self.people[remark["by"]], remark["text"], parent=parent, anchor=passage)
        if resolved := remark.get("resolved"):
            comment.resolve(self.people[resolved])
            comment.resolved_at = when + timedelta(hours=5)
        comment.at = when
        comment.save(update_fields=["at", "resolved_at"])
        Event.objects.filter(item=item.pk, particulars__comment=comment.pk).update(at=when)
        Reaction.objects.bulk_create(
            Reaction(item=item, comment=comment, gesture=Gesture(gesture), by=self.people[key], at=when)
            for gesture, keys in remark.get("reactions", {}).items()
            for key in keys
        )
        for answer in remark.get("replies", ()):
            self._say(story, answer, comment)
