"""Questions asked together are answered as each would be alone."""

import json

from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import ONCE, Slot
from palabre.kit.together import ROWS, Together
from palabre.people.models import Person
from palabre.spaces.models import Space


def test_each_question_has_its_column_in_one_query(world, django_assert_num_queries):
    find = Together(
        [
            (ROWS, Person.objects.filter(pk__among=Slot("people"), side="company").order_by("pk").values("handle")),
            ("count(*)", Space.objects.filter(slug__in=("reseau", "100 %")).values("pk")),
        ],
        planned=ONCE,
    )
    for people in ([world.awa.pk, world.diego.pk], [world.awa.pk], []):
        with django_assert_num_queries(1):
            rows, spaces = find(people=Keys(people))
        asked = Person.objects.filter(pk__in=people, side="company").order_by("pk")
        assert json.loads(rows or "[]") == list(asked.values("handle"))
        assert spaces == 1
