"""Whom the front matter of a page means."""

from __future__ import annotations

from collections import defaultdict

from palabre.items.names import fold
from palabre.people.models import Person
from palabre.portability.markdown.incoming import Page

NAMELESS = "Import"


class Authors:
    """Whom a front matter means: somebody known here by e-mail, handle or name, else the given author."""

    def __init__(self, given: Person | None) -> None:
        self.given = given
        self.nameless: Person | None = None
        self.people: dict[str, Person] = {}
        names: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.order_by("-pk"):
            names[fold(person.name)].append(person)
            self.people |= {fold(person.handle): person} | ({fold(person.email): person} if person.email else {})
        self.people |= {name: persons[0] for name, persons in names.items() if len(persons) == 1}

    def known(self, page: Page) -> Person | None:
        written = page.front.author
        address = written[written.find("<") + 1 : written.rfind(">")] if "<" in written else ""
        name = written.split("<")[0].strip().removeprefix("@")
        return self.people.get(fold(address)) or self.people.get(fold(name)) if written else None

    def of(self, page: Page) -> Person | None:
        return self.known(page) or self.given

    def require(self, author: Person | None) -> Person:
        """Somebody, in the last resort the person "Import", made when first needed."""
        if author or self.given:
            return author or self.given  # type: ignore[return-value]
        if self.nameless is None:
            self.nameless = Person.objects.filter(name=NAMELESS, email=None).first()
            self.nameless = self.nameless or Person.objects.create_person(NAMELESS, is_bot=True)
        return self.nameless
