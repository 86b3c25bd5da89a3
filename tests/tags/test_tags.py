"""Tags: one by key, kept with who and when, gardened with undo, counted as their reader sees."""

import pytest

from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.tags.models import Alias, Tag, Tagging


@pytest.fixture
def said(world):
    def say(space: str, *tags: str, by: str = "coumba") -> Item:
        item = Item.objects.create(kind="page", space=world.spaces[space], author=world.coumba, title="Page")
        for tag in Tag.objects.made(tags).values():
            tag.put_on(item, getattr(world, by))
        return item

    return say


def borne(item):
    return set(Tagging.objects.filter(item=item).values_list("tag__name", flat=True))


def test_tags_that_differ_by_case_or_accent_are_one(said):
    first, second = said("maison", "Éligibilité"), said("maison", "eligibilite", "#ÉLIGIBILITÉ")
    assert borne(first) == borne(second) == {"Éligibilité"}


def test_a_tagging_keeps_who_and_when_and_is_told_once(world, said):
    item = said("maison", "fibre", by="awa")
    Tag.objects.get(key="fibre").put_on(item, world.marc)
    tagging = Tagging.objects.get(item=item)
    assert tagging.by == world.awa
    assert tagging.at is not None
    assert Event.objects.filter(item=item.pk, verb="tagged").count() == 1


def test_counts_come_only_from_what_the_reader_sees(world, said):
    said("maison", "fibre")
    said("direction", "fibre", "secret")
    assert Tag.objects.counted_for(world.awa).get(key="fibre").uses == 1
    assert Tag.objects.counted_for(world.nadia).get(key="fibre").uses == 2
    assert not Tag.objects.visible_to(world.awa).filter(key="secret").exists()


def test_a_renamed_tag_answers_to_its_former_name(world, said):
    item = said("maison", "adsl")
    Tag.objects.get(key="adsl").rename("Cuivre", world.marc)
    assert Tag.objects.called(["adsl"])["adsl"].name == "Cuivre"
    Tag.objects.made(["ADSL"])["adsl"].put_on(item, world.marc)
    assert borne(item) == {"Cuivre"}


def test_a_rename_can_be_taken_back(world, said):
    said("maison", "adsl")
    tag = Tag.objects.get(key="adsl")
    tag.rename("Cuivre", world.marc)
    tag.rename("adsl", world.marc)
    assert Tag.objects.called(["adsl", "cuivre"]) == {"adsl": tag, "cuivre": tag}


def test_a_merge_is_undone_exactly(world, said):
    only_a, only_b = said("maison", "ont", by="awa"), said("maison", "box")
    both = said("maison", "ont", "box", by="marc")
    a, b = Tag.objects.get(key="ont"), Tag.objects.get(key="box")
    a.answer_to("terminal", world.marc)
    before = sorted(Tagging.objects.values_list("tag__key", "item", "by", "at", "by_hand", "in_text"))
    aliases = sorted(Alias.objects.values_list("key", "tag__key"))
    merge = a.merge_into(b, world.marc)
    assert borne(only_a) == borne(only_b) == borne(both) == {"box"}
    assert set(Tag.objects.called(["ont", "terminal", "box"]).values()) == {b}
    merge.undo(world.marc)
    assert sorted(Tagging.objects.values_list("tag__key", "item", "by", "at", "by_hand", "in_text")) == before
    assert sorted(Alias.objects.values_list("key", "tag__key")) == aliases
    assert set(Event.objects.filter(verb__startswith="tags_merge").values_list("verb", flat=True)) == {
        "tags_merged",
        "tags_merge_undone",
    }


def test_what_was_untagged_since_a_merge_stays_untagged_when_it_is_undone(world, said):
    item = said("maison", "ont")
    said("maison", "box")
    a, b = Tag.objects.get(key="ont"), Tag.objects.get(key="box")
    merge = a.merge_into(b, world.marc)
    b.take_off(item, world.marc)
    merge.undo(world.marc)
    assert borne(item) == set()
