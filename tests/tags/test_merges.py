"""Merges upon merges: at every step an item bears what it was given, and all of it can be parted again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.tags.models import Alias, Hindered, Merge, Tag, Tagging
from tests.at_once import meanwhile

NAMES = ["cuivre", "fibre", "radio", "laser"]
SYNONYMS = {"cuivre": "adsl", "fibre": "ftth"}

bearing = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from([None, (True, False), (False, True), (True, True)]), min_size=3, max_size=3)
     for name in NAMES}
)  # fmt: skip
act = st.tuples(st.sampled_from(["merge", "rename", "undo"]), st.integers(0, 7), st.integers(0, 7))


@pytest.fixture
def items(world):
    return [
        Item.objects.create(kind="page", space=world.spaces["maison"], author=world.coumba, title=f"Page {number}")
        for number in range(3)
    ]


def tagged(world, items, borne):
    """Each name of `borne` becomes a tag on the items, by hand or in the text or both as said there."""
    for name, ways in borne.items():
        tag = Tag.objects.made([name])[name]
        for item, how in zip(items, ways, strict=True):
            if how:
                Tagging.objects.create(tag=tag, item=item, by=world.awa, by_hand=how[0], in_text=how[1])
        if name in SYNONYMS:
            tag.answer_to(SYNONYMS[name], world.marc)


def taggings():
    return sorted(Tagging.objects.values_list("pk", "tag__key", "item", "by", "at", "by_hand", "in_text"))


def names():
    return sorted(Tag.objects.values_list("key", "name")), sorted(Alias.objects.values_list("key", "name", "tag__key"))


def by_name():
    """What items bear under the names of the beginning, wherever these lead now."""
    tags = Tag.objects.called(NAMES)
    rows = {(row.tag_id, row.item_id): (row.by_hand, row.in_text) for row in Tagging.objects.all()}
    return {tags[name].pk: name for name in NAMES}, tags, rows


def expected(borne, items, tags):
    """Every tag has what was given under all the names that lead to it, and nothing else."""
    found = {}
    for name, ways in borne.items():
        for item, how in zip(items, ways, strict=True):
            if how:
                hand, text = found.get((tags[name].pk, item.pk), (False, False))
                found[tags[name].pk, item.pk] = (hand or how[0], text or how[1])
    return found


def rename(tag, number, new, by):
    """To a name of its own, new or former, so that names come back, too."""
    choice = [new, *tag.aliases.order_by("key").values_list("name", flat=True)]
    tag.rename(choice[number % len(choice)], by)


def undo(merge, by):
    """Undoes a merge, or leaves all as it was."""
    before = (taggings(), names())
    try:
        merge.undo(by)
    except Hindered:
        assert (taggings(), names()) == before


def perform(number, act, world):
    what, first, second = act
    tags = list(Tag.objects.order_by("key"))
    tag, other = tags[first % len(tags)], tags[second % len(tags)]
    standing = list(Merge.objects.filter(undone_at=None).order_by("pk"))
    if what == "rename":
        rename(tag, second, f"nom {number}", world.marc)
    elif what == "merge" and tag != other:
        tag.merge_into(other, world.marc)
    elif what == "undo" and standing:
        undo(standing[first % len(standing)], world.marc)


def undo_all(by):
    """Undoes what can be undone until nothing is left; whoever holds a name gives it back when it is asked for."""
    while standing := list(Merge.objects.filter(undone_at=None)):
        held = None
        for merge in standing:
            try:
                merge.undo(by)
                break
            except Hindered as hindered:
                held = hindered.by if isinstance(hindered.by, Tag) else held
        else:
            assert held is not None, "one merge at least stands upon no other"
            held.rename(f"rendu {held.pk}", by)


@settings(max_examples=60)
@given(borne=bearing, acts=st.lists(act, max_size=12))
def test_whatever_was_merged_renamed_and_undone_ends_exactly_as_it_was(world, items, borne, acts):
    Merge.objects.all().delete()
    Tag.objects.all().delete()
    tagged(world, items, borne)
    was, (tags_were, aliases_were) = taggings(), names()
    first = {tag.pk: tag.key for tag in Tag.objects.all()}
    for number, each in enumerate(acts):
        perform(number, each, world)
        _names, tags, rows = by_name()
        assert rows == expected(borne, items, tags)
    undo_all(world.marc)
    for name, tag in Tag.objects.called(NAMES).items():
        if tag.key != name:
            tag.rename(name, world.marc)
    assert len(first) == Tag.objects.count()
    tags_are, aliases_are = names()
    assert tags_are == tags_were
    assert taggings() == was
    assert [each for each in aliases_are if not each[0].startswith(("nom-", "rendu-"))] == aliases_were


def test_a_merge_whose_target_was_merged_waits_for_that_one(world, items):
    tagged(world, items, {"cuivre": [(True, False)] * 3, "fibre": [None] * 3, "radio": [(True, False)] * 3})
    cuivre, fibre, radio = (Tag.objects.get(key=key) for key in ("cuivre", "fibre", "radio"))
    first = cuivre.merge_into(fibre, world.marc)
    second = fibre.merge_into(radio, world.marc)
    first.refresh_from_db()
    with pytest.raises(Hindered) as hindered:
        first.undo(world.marc)
    assert hindered.value.by == second
    second.undo(world.marc)
    first.refresh_from_db()
    assert first.undo(world.marc).taggings.count() == 3
    assert not Tag.objects.get(key="fibre").taggings.exists()


def test_merges_that_touch_no_common_item_are_undone_in_any_order(world, items):
    tagged(world, items, {"cuivre": [(True, False), None, None], "fibre": [None, (True, False), None]})
    radio = Tag.objects.made(["radio"])["radio"]
    first = Tag.objects.get(key="cuivre").merge_into(radio, world.marc)
    Tag.objects.get(key="fibre").merge_into(radio, world.marc)
    first.undo(world.marc)
    assert list(Tagging.objects.order_by("item").values_list("tag__key", flat=True)) == ["cuivre", "radio"]


def test_a_merge_that_a_later_one_was_built_upon_waits_for_it(world, items):
    tagged(world, items, {"cuivre": [(True, False), None, None], "fibre": [(True, False), None, None]})
    radio = Tag.objects.made(["radio"])["radio"]
    first = Tag.objects.get(key="cuivre").merge_into(radio, world.marc)
    second = Tag.objects.get(key="fibre").merge_into(radio, world.marc)
    with pytest.raises(Hindered) as hindered:
        first.undo(world.marc)
    assert hindered.value.by == second


def test_a_name_that_was_taken_since_is_asked_back_first(world, items):
    tagged(world, items, {"cuivre": [(True, False), None, None], "fibre": [None, None, None]})
    fibre = Tag.objects.get(key="fibre")
    merge = Tag.objects.get(key="cuivre").merge_into(fibre, world.marc)
    fibre.rename("cuivre", world.marc)
    with pytest.raises(Hindered) as hindered:
        merge.undo(world.marc)
    assert hindered.value.by == fibre
    fibre.refresh_from_db()
    fibre.rename("fibre", world.marc)
    merge.undo(world.marc)
    fibre.aliases.all().delete()
    radio = Tag.objects.made(["radio"])["radio"]
    merge = Tag.objects.get(key="cuivre").merge_into(fibre, world.marc)
    fibre.aliases.all().delete()
    alias = radio.answer_to("cuivre", world.marc)
    with pytest.raises(Hindered) as hindered:
        merge.undo(world.marc)
    assert hindered.value.by == alias


def test_a_tag_said_in_the_text_goes_on_being_said_when_it_is_merged(world, items):
    tagged(world, items, {"cuivre": [(False, True), None, None], "fibre": [(True, False), None, None]})
    fibre = Tag.objects.get(key="fibre")
    Tag.objects.get(key="cuivre").merge_into(fibre, world.marc)
    assert fibre.take_off(items[0], world.marc) is False
    assert fibre.taggings.get().in_text


def test_what_is_undone_stays_in_the_list_when_its_tag_is_merged(world, items):
    tagged(world, items, {"cuivre": [(True, False)] * 3, "fibre": [None] * 3, "radio": [None] * 3})
    fibre = Tag.objects.get(key="fibre")
    first = Tag.objects.get(key="cuivre").merge_into(fibre, world.marc)
    first.undo(world.marc)
    fibre.merge_into(Tag.objects.get(key="radio"), world.marc)
    assert Merge.objects.get(pk=first.pk).target == "fibre"


def test_the_sentence_of_a_refusal_says_which_merge_comes_first(world, items, sign_in):
    tagged(world, items, {"cuivre": [(True, False)] * 3, "fibre": [(True, False)] * 3, "radio": [None] * 3})
    first = Tag.objects.get(key="cuivre").merge_into(Tag.objects.get(key="fibre"), world.marc)
    Tag.objects.get(key="fibre").merge_into(Tag.objects.get(key="radio"), world.marc)
    marc = sign_in(world.marc)
    assert "annulez d’abord «\N{NO-BREAK SPACE}fibre → radio\N{NO-BREAK SPACE}»" in marc.get("/tag-garden/merges/").text
    answer = marc.post(f"/tag-garden/merges/{first.pk}/undoing/", follow=True)
    assert "La fusion «\N{NO-BREAK SPACE}fibre → radio\N{NO-BREAK SPACE}» est venue ensuite" in answer.text
    assert not Tag.objects.filter(key="cuivre").exists()


@pytest.mark.django_db(transaction=True)
def test_who_merges_a_tag_that_is_being_merged_is_told_that_it_is_done(world, items, sign_in):
    tagged(world, items, {"cuivre": [(True, False)] * 3, "fibre": [None, None, (True, False)]})
    client = sign_in(world.marc)
    merging = {"act": "merge", "into": "fibre"}
    with meanwhile(lambda: client.post("/tags/cuivre/garden/", merging).status_code) as told:
        Tag.objects.tend_alone()
        Tag.objects.get(key="cuivre").merge_into(Tag.objects.get(key="fibre"), world.marc)
    assert told == [422] and Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_saved_while_its_tag_is_merged_bears_the_other(world, items):
    tagged(world, items, {"cuivre": [(True, False)] * 3, "fibre": [(True, False)] * 3})
    with meanwhile(lambda: publish("page", world.spaces["maison"], world.coumba, "Pose", "Du #cuivre.")) as told:
        Tag.objects.get(key="cuivre").merge_into(Tag.objects.get(key="fibre"), world.marc)
    assert list(Tagging.objects.filter(item=told[0]).values_list("tag__key", flat=True)) == ["fibre"]
