"""What an import from Slack did: each event of the export is counted once, as a message or with why it is none."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

REASONS = {
    "channel_join": "somebody joined: who takes part is known, no line is drawn",
    "group_join": "somebody joined: who takes part is known, no line is drawn",
    "channel_leave": "somebody left: who takes part is known",
    "group_leave": "somebody left: who takes part is known",
    "channel_purpose": "a purpose was set",
    "group_purpose": "a purpose was set",
    "channel_topic": "a topic was set",
    "group_topic": "a topic was set",
    "channel_name": "a channel was renamed: its last name is known",
    "group_name": "a channel was renamed: its last name is known",
    "channel_archive": "a channel was archived: the conversation is closed",
    "group_archive": "a channel was archived: the conversation is closed",
    "channel_unarchive": "a channel was opened again",
    "bot_add": "an integration was added",
    "bot_remove": "an integration was removed",
    "pinned_item": "something said elsewhere was pinned",
    "tombstone": "it was deleted there",
    "message_changed": "that a message was edited: it comes as the export has it",
    "message_deleted": "it was deleted there",
    "huddle_thread": "people talked aloud: what they said is not in an export",
    "sh_room_created": "people talked aloud: what they said is not in an export",
    "channel_convert_to_private": "a channel became private",
    "channel_posting_permissions": "who may write was changed",
    "reminder_add": "a reminder was set",
    "app_conversation_join": "an integration was added",
    "nothing was said in it": "it has neither words nor files",
    "nobody was in it": "nobody ever was in that channel",
}
UNKNOWN = "no message, but something else that this version does not know"
NAMED = 8  # of those who are not in the list


@dataclass
class Report:
    """The outcome. `events` is the sum of `messages`, `known` (brought by an earlier run) and what was `left_out`.

    Of the signs under events, `reactions` are gestures here; `reactions_twice` another sign for a gesture that the same
    person made there already; `gestures` those without one here, by their name; `reactions_left_out` stood under what
    was left out.
    """

    conversations: int = 0
    new_conversations: int = 0
    people: int = 0
    new_people: int = 0
    events: int = 0
    messages: int = 0
    known: int = 0
    answers: int = 0
    edited: int = 0
    reactions: int = 0
    reactions_twice: int = 0
    reactions_left_out: int = 0
    files: int = 0
    files_gone: int = 0
    unlisted: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    gestures: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)

    @property
    def accounted(self) -> int:
        return self.messages + self.known + sum(self.left_out.values())

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"accounted": self.accounted}

    def sentences(self) -> Iterator[str]:
        """Lines for a terminal."""
        yield f"Conversations: {self.conversations}, of which new: {self.new_conversations}."
        yield f"People in users.json: {self.people}. New here, without an account until invited: {self.new_people}."
        yield f"Events: {self.events}. Messages that came in: {self.messages}, here already: {self.known}."
        yield f"Answers in threads: {self.answers}. Edited messages: {self.edited}. Files, as links: {self.files}."
        yield f"Reactions, each by who gave it: {self.reactions}; said a second time: {self.reactions_twice}."
        for reason, number in sorted(self.left_out.items()):
            yield f"  left out: {number} × {REASONS.get(reason, UNKNOWN)} ({reason})"
        if self.reactions_left_out:
            yield f"  left out: {self.reactions_left_out} × a reaction to what was left out"
        if self.gestures:
            told = ", ".join(f"{number} × {name}" for name, number in self.gestures.most_common())
            yield f"  reactions without a gesture here: {told}"
        if self.files_gone:
            yield f"  left out: {self.files_gone} × a file that had been deleted there, or was withheld by its plan"
        if self.unlisted:
            shown, more = self.unlisted[:NAMED], len(self.unlisted) - NAMED
            told = f"{', '.join(shown)}{f' and {more} others' if more > 0 else ''}"
            yield f"  odd: not in users.json, so that nobody knows their address: {told}"
        for each in self.odd:
            yield f"  odd: {each}"
