"""Who somebody of the community is here: whom an earlier run made, or somebody who is spoken for."""

from palabre.items.models import Item
from palabre.people.models import Person
from palabre.portability.stackexchange.export import Export, Row
from palabre.portability.stackexchange.report import Report

PEOPLE = "stackexchange_people"


class People:
    """The people of one community by their numbers there; addresses are in no export, so nobody is known by theirs."""

    def __init__(self, export: Export, community: str, report: Report) -> None:
        self._users, self._report = export.users, report
        made: dict[str, int] = {}
        asked = Item.objects.filter(kind="question", extras__contains={"stackexchange": community})
        for extras in asked.filter(extras__has_key=PEOPLE).order_by("pk").values_list("extras", flat=True):
            made |= extras[PEOPLE]
        here = Person.objects.in_bulk(made.values())
        self._known = {key: here[pk] for key, pk in made.items() if pk in here}
        self.new: dict[str, int] = {}

    def of(self, row: Row, number: str, name: str) -> Person:
        """Who is named by these attributes of a row: by number, or by name alone where they have left."""
        said = " ".join(row.get(name, "").split())
        key = row[number] if row.get(number) in self._users else f"name {said}"
        if key not in self._known:
            shown = self._users.get(key) or said or "Somebody who has left"
            self._known[key] = Person.objects.create_person(shown[:120])
            self.new[key] = self._known[key].pk
            self._report.new["people"] += 1
        return self._known[key]

    def take_new(self) -> dict[str, int]:
        """Those made since this was asked last, for the next run to know."""
        new, self.new = self.new, {}
        return new
