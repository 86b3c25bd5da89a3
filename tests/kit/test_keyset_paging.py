"""Pages of a list begin where the last one ended: nothing twice, nothing left out, whatever happens meanwhile."""

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.kit.paging import LARGEST, mark, page

ORDER = ("-published_at", "-id")


@pytest.fixture
def written(world):
    """Items of which several have the same date."""
    moment = now()
    return Item.objects.bulk_create(
        Item(
            kind="page",
            space=world.spaces["maison"],
            author=world.awa,
            title=f"Page {number}",
            published_at=moment - timedelta(hours=number // 3),
        )
        for number in range(25)
    )


def asked(after: str | None):
    return RequestFactory().get("/", {"after": after} if after else {})


def walk(size: int) -> list[int]:
    seen, after = [], None
    while True:
        part = page(Item.objects.all(), asked(after), ORDER, size)
        seen += [item.pk for item in part]
        after = part.next
        if after is None:
            return seen


@pytest.mark.parametrize("size", [1, 4, 24, 25, 30])
def test_the_pages_together_are_the_list(written, size):
    assert walk(size) == list(Item.objects.order_by(*ORDER).values_list("pk", flat=True))


def test_what_is_written_meanwhile_shifts_nothing(written, world):
    first = page(Item.objects.all(), asked(None), ORDER, 10)
    Item.objects.create(kind="page", space=world.spaces["maison"], author=world.awa, title="Toute fraîche")
    second = page(Item.objects.all(), asked(first.next), ORDER, 10)
    assert not {item.pk for item in first} & {item.pk for item in second}


def test_a_page_has_a_largest_size(written):
    assert len(page(Item.objects.all(), asked(None), ORDER, 10_000)) <= LARGEST


@pytest.mark.parametrize("forged", ["x", "WyIxIl0:1tABCD:forged", "é" * 50])
def test_a_forged_mark_is_a_bad_request(written, forged):
    with pytest.raises(BadRequest):
        page(Item.objects.all(), asked(forged), ORDER)


@pytest.mark.parametrize("order", [("-id",), ("title", "id"), ("-updated_at", "-id")])
def test_a_mark_of_another_list_is_a_bad_request(written, order):
    with pytest.raises(BadRequest):
        page(Item.objects.all(), asked(mark(written[0], order)), ORDER)


def test_the_mark_of_a_place_is_the_same_at_any_hour(written, monkeypatch):
    before = mark(written[0], ORDER)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert mark(written[0], ORDER) == before
