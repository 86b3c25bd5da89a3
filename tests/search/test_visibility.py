"""Nothing hidden shows, anywhere, from the moment it is hidden; nothing visible is missing for it."""

import pytest

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.search.asking import SIZE, ask, suggest
from palabre.search.completion import complete
from palabre.spaces.models import Membership, Space
from palabre.tags.models import Tag

TEXT = "La quincaillerie du nénuphar, #nymphéa."
READERS = {
    "reseau": {"marc", "idrissa", "coumba", "awa", "relais"},
    "maison": {"tom", "nadia", "marc", "coumba", "awa", "grace", "idrissa", "lea", "ousmane", "relais"},
    "le-fil": None,
}
CAST = (
    "tom",
    "nadia",
    "marc",
    "coumba",
    "awa",
    "grace",
    "lea",
    "ousmane",
    "tidiane",
    "koffi",
    "diego",
    "ramata",
    "ines",
)


@pytest.fixture
def hidden(world, index):
    """One page in a space of the network team, about what nobody else speaks of."""
    item = publish("page", world.spaces["reseau"], world.coumba, "Nénuphar quincaillier", TEXT)
    index()
    return item


def shown(person, text="nénuphar"):
    """All that a search gives away about its subject."""
    answer = ask(person, text)
    return {
        "results": [result.item.pk for result in answer.results],
        "total": answer.total,
        "counts": {
            name: {value: count for value, count in counts.items() if count}
            for name, counts in (answer.found.counts if answer.found else {}).items()
        },
        "suggested": [result.item.pk for result in suggest(person, text)],
        "meant": answer.meant,
    }


NOTHING = {
    "results": [],
    "total": 0,
    "counts": {"kind": {}, "space": {}, "tag": {}, "author": {}, "age": {}},
    "suggested": [],
    "meant": "",
}


@pytest.mark.parametrize("space", READERS)
@pytest.mark.parametrize("key", CAST)
def test_each_finds_what_they_may_read_and_no_more(world, index, client, space, key):
    item = publish("page", world.spaces[space], world.coumba, "Nénuphar quincaillier", TEXT)
    index()
    readers = READERS[space]
    may = readers is None or key in readers
    person = getattr(world, key)
    assert may == Item.objects.visible_to(person).filter(pk=item.pk).exists()
    assert shown(person)["results"] == ([item.pk] if may else [])
    if not may:
        assert shown(person) == NOTHING


def test_a_stranger_finds_what_is_public(world, index):
    from django.contrib.auth.models import AnonymousUser

    publish("page", world.spaces["maison"], world.coumba, "Nénuphar privé", TEXT)
    public = publish("page", world.spaces["le-fil"], world.coumba, "Nénuphar public", TEXT)
    index()
    assert shown(AnonymousUser())["results"] == [public.pk]


@pytest.mark.parametrize("state", ["trashed", "draft"])
def test_what_was_taken_away_is_gone_before_the_index_knows(world, hidden, state):
    assert shown(world.awa)["total"] == 1
    hidden.state = state
    hidden.save(update_fields=["state"])
    hidden.record("trashed" if state == "trashed" else "withdrawn", world.coumba)
    assert shown(world.awa) == NOTHING


def test_what_moved_out_of_sight_is_gone_before_the_index_knows(world, hidden):
    hidden.space = world.spaces["direction"]
    hidden.save(update_fields=["space"])
    hidden.record("moved", world.coumba)
    assert shown(world.awa) == NOTHING


def test_what_was_taken_away_beyond_the_page_shown_is_not_counted(world, index):
    """The page of results holds none of it: only the journal tells."""
    for number in range(SIZE + 5):
        publish("page", world.spaces["maison"], world.coumba, f"Nénuphar {number}", TEXT)
    index()
    last = ask(world.awa, "nénuphar", page=2).results[-1].item
    last.state = "trashed"
    last.save(update_fields=["state"])
    last.record("trashed", world.coumba)
    answer = ask(world.awa, "nénuphar")
    assert answer.total == SIZE + 4
    assert answer.found.counts["kind"] == {"page": SIZE + 4}


def test_what_vanished_without_a_word_is_not_shown_and_the_page_stays_full(world, index):
    """The last lock: the rows themselves, and what is refused there is made up for."""
    items = [
        publish("page", world.spaces["maison"], world.coumba, f"Nénuphar {number}", TEXT) for number in range(SIZE + 5)
    ]
    index()
    gone = [result.item.pk for result in ask(world.awa, "nénuphar").results[:5]]
    Item.objects.filter(pk__in=gone).update(state="trashed")
    answer = ask(world.awa, "nénuphar")
    assert len(answer.results) == SIZE == answer.total == len(items) - 5
    assert not {result.item.pk for result in answer.results} & set(gone)


def test_a_right_that_is_taken_away_counts_at_once(world, hidden):
    assert shown(world.awa)["total"] == 1
    Membership.objects.filter(space=hidden.space, person=world.awa).delete()
    assert shown(world.awa) == NOTHING


def test_a_right_that_is_given_counts_at_once(world, hidden):
    assert shown(world.grace) == NOTHING
    Membership.objects.create(space=hidden.space, person=world.grace, role="reader")
    assert shown(world.grace)["results"] == [hidden.pk]


def test_a_space_that_opens_or_closes_counts_at_once(world, hidden):
    Space.objects.filter(pk=hidden.space_id).update(audience="company")
    assert shown(world.grace)["results"] == [hidden.pk]
    Space.objects.filter(pk=hidden.space_id).update(audience="team")
    assert shown(world.grace) == NOTHING


def test_who_has_left_finds_nothing_of_the_house(world, hidden):
    Space.objects.filter(pk=hidden.space_id).update(audience="company")
    assert shown(world.bineta) == NOTHING


def test_spelling_knows_only_what_its_reader_reads(world, hidden):
    assert ask(world.awa, "nénuphra").meant == "nénuphar"
    answer = ask(world.grace, "nénuphra")
    assert (answer.meant, answer.variants, answer.total) == ("", {}, 0)


def test_a_word_hidden_elsewhere_changes_no_suggestion(world, hidden, index):
    """Whether « nénuphar » exists where Grace may not look must not show in what is proposed for it."""
    publish("page", world.spaces["maison"], world.coumba, "Le nénufar", "Un nénufar s’écrit aussi autrement.")
    index()
    assert ask(world.grace, "nénuphar").exact == 0
    publish("page", world.spaces["maison"], world.coumba, "Le nymphea", "Une nymphea du bassin.")
    index()
    assert ask(world.grace, "nymphéas").total == 1
    assert ask(world.grace, "nymphoa").meant == "nymphea"


def test_operators_name_only_what_their_reader_may_see(world, hidden):
    assert ask(world.awa, "space:reseau nénuphar").total == 1
    assert ask(world.grace, "space:reseau").total == 0
    assert ask(world.grace, "-space:reseau nénuphar").total == 0
    assert ask(world.ines, f"author:{world.coumba.handle}").total == 0
    assert ask(world.awa, f"links-to:{hidden.pk}").total == ask(world.grace, f"links-to:{hidden.pk}").total == 0


def test_completion_meets_whom_one_may_meet_and_tags_one_may_see(world, hidden):
    assert complete(world.awa, "@coumba").people == [world.coumba]
    assert complete(world.ines, "@coumba").people == []
    assert [tag.key for tag in complete(world.awa, "#nymph").tags] == ["nymphea"]
    assert Tag.objects.filter(key="nymphea").exists()
    assert complete(world.grace, "#nymph").tags == []
    assert [space.slug for space in complete(world.awa, "rése").spaces] == ["reseau"]
    assert complete(world.grace, "rése").spaces == []
