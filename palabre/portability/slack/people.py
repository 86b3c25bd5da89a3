"""Who somebody of an export is here: an account of that address, whom an earlier run made, or somebody to speak for."""

from typing import Any

from palabre.items.models import Item
from palabre.people.models import Person
from palabre.portability.slack.export import Export
from palabre.portability.slack.report import Report
from palabre.portability.slack.shaped import first, mapping

OF_SLACK = {"USLACKBOT": "Slackbot"}  # in no list


class People:
    """The people of one export by their ids there; those nobody knows are made when something of theirs comes in."""

    def __init__(self, export: Export, report: Report) -> None:
        self._export, self._report = export, report
        self.team = export.team
        self.known: dict[str, Person] = {}
        self._introduced: dict[str, str] = {}
        made: dict[str, int] = {}
        for extras in Item.objects.filter(kind="conversation", extras__slack_team=export.team).values_list(
            "extras", flat=True
        ):
            made |= extras.get("slack_people") or {}
        here = Person.objects.in_bulk(made.values())
        self.known |= {key: here[pk] for key, pk in made.items() if pk in here}
        addresses = {self._address(user): key for key, user in export.users.items() if self._address(user)}
        for person in Person.objects.with_account().filter(email__in=addresses):
            self.known[addresses[str(person.email).lower()]] = person

    def of(self, key: str) -> Person:
        """The person of that id."""
        if key not in self.known:
            user = self._export.users.get(key) or {}
            name = self._export.called(key) or OF_SLACK.get(key) or self._introduced.get(key) or key
            if not user and key not in OF_SLACK:
                self._report.unlisted.append(name)
            is_bot = bool(user.get("is_bot")) or key in OF_SLACK
            self.known[key] = Person.objects.create_person(name[:120], is_bot=is_bot)
            self._report.new_people += 1
        return self.known[key]

    def introduce(self, event: dict[str, Any]) -> None:
        """Who speaks in an event may be in no list, as people of other companies are: then it says their name."""
        profile = event["user_profile"]
        if name := first(profile.get("real_name"), profile.get("display_name"), profile.get("name")):
            self._introduced.setdefault(event["user"], name)

    def robot(self, event: dict[str, Any]) -> Person:
        """Who speaks in an event without a user."""
        key = event["bot_id"] or "bot"
        if key not in self.known:
            name = first(event["username"], event["bot_profile"].get("name")) or key
            self.known[key] = Person.objects.create_person(str(name)[:120], is_bot=True)
            self._report.new_people += 1
        return self.known[key]

    def handle(self, key: str) -> str | None:
        """By what a text names them; None for who is not in the export."""
        return self.of(key).handle if key in self._export.users or key in self.known else None

    def numbers(self) -> dict[str, int]:
        """Who is who, for the next run."""
        return {key: person.pk for key, person in self.known.items()}

    @staticmethod
    def _address(user: dict[str, Any]) -> str:
        return first(mapping(user, "profile").get("email")).lower()
