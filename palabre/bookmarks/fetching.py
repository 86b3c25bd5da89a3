"""Reading the page behind a bookmark: brought by the one door to the outside, taken apart by a confined process."""

import json
from dataclasses import dataclass, replace
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction

from palabre.authoring import lifecycle, writing
from palabre.authoring.files.extraction import PDF, words
from palabre.bookmarks import addresses, keeping
from palabre.bookmarks.derivation import introduced
from palabre.bookmarks.models import Bookmark, Status
from palabre.items.models import READABLE
from palabre.kit import confinement
from palabre.kit.clock import now
from palabre.kit.outbound import PAGES, Fetched, Limits, Refused, fetch
from palabre.kit.policy import may
from palabre.tags.models import Tagging
from palabre.talk.models import Comment

LIMITS = Limits(size=8 * 1024 * 1024, types=(*PAGES, PDF))
_READ = ["canonical", "status", "trouble", "fetched_at", "site_name", "description", "text"]


@dataclass(frozen=True)
class Page:
    """What was read: `name` is the address under which the page wishes to be known."""

    name: str
    title: str = ""
    description: str = ""
    site: str = ""
    text: str = ""
    trouble: str = ""


def read(bookmark: Bookmark) -> None:
    """Fetches the page and keeps what it says; whatever the outside does, the bookmark stays as it was typed."""
    learn(bookmark, look(bookmark.address))


def look(address: str) -> Page:
    """The page at an address, or in a word why there is none. No transaction is open meanwhile."""
    try:
        answer = fetch(address, LIMITS)
    except Refused as refused:
        return Page(address, trouble=refused.reason)
    name = answer.moved or address
    if not answer.ok:
        return Page(name, trouble="missing" if answer.status in (404, 410) else "status")
    try:
        return _taken_apart(answer, Page(name))
    except confinement.Failure as failure:
        return Page(name, trouble=failure.reason)


def _taken_apart(answer: Fetched, page: Page) -> Page:
    with TemporaryFile() as file:
        file.write(answer.body)
        file.seek(0)
        if answer.content_type in (PDF, "text/plain"):
            return replace(page, text=words(file, answer.content_type))
        said = json.loads(confinement.run("palabre.bookmarks.reading:said_by", file, answer.charset or ""))
    named = addresses.readable(said["canonical"])
    if named and addresses.is_same_site(named, answer.address):
        page = replace(page, name=named)
    return replace(page, **{part: said[part] for part in ("title", "description", "site", "text")})


@transaction.atomic
def learn(bookmark: Bookmark, page: Page) -> None:
    """Keeps what was read. A page that turns out to be one already kept in the space is joined with it.

    Reading took a while: what has become of the bookmark meanwhile is what counts.
    """
    bookmark = _locked(bookmark)
    item = bookmark.item
    if not bookmark.is_waiting:
        return
    canonical = addresses.canonical(page.name)
    keeping.hold(item.space_id, canonical)
    elder = keeping.find(item.space_id, canonical) if canonical != bookmark.canonical else None
    if elder and elder.pk != bookmark.pk and item.state in READABLE and _may_join(bookmark):
        _join(bookmark, elder)
        return
    bookmark.canonical = canonical
    bookmark.status = Status.FAILED if page.trouble else Status.READ
    bookmark.trouble = page.trouble
    bookmark.fetched_at = now()
    if not page.trouble:
        bookmark.site_name, bookmark.description = page.site[:120], page.description[:600]
        bookmark.text = page.text
    bookmark.save(update_fields=_READ)
    if item.state not in READABLE:
        return
    untitled = item.title == addresses.site(bookmark.address)
    if page.title and untitled and may(item.author, "item.edit", item):
        item = writing.revise_held(item, item.author, page.title[:250], item.body, based_on=item.version).item
    if not item.body and not page.trouble:
        introduced(item, bookmark)
    item.record("bookmark_read", None)


@transaction.atomic
def settle(bookmark: Bookmark) -> None:
    """Joins a bookmark that has come, or come back, into a space with the one of the same page that was there.

    Where people have written on it, that one joins it; where they have on both, both stay.
    """
    bookmark = _locked(bookmark)
    keeping.hold(bookmark.item.space_id, bookmark.canonical)
    there = Bookmark.objects.filter(canonical=bookmark.canonical, item__space=bookmark.item.space_id)
    elder = there.filter(item__state__in=READABLE).exclude(pk=bookmark.pk).select_related("item").order_by("pk").first()
    if elder is None or bookmark.item.state not in READABLE:
        return
    if _may_join(bookmark):
        _join(bookmark, elder)
    elif _may_join(elder := _locked(elder)):
        _join(elder, bookmark)


def _locked(bookmark: Bookmark) -> Bookmark:
    """The bookmark as it is now, its item held until the end of the transaction."""
    found = Bookmark.objects.select_related("item__author", "item__space")
    return found.select_for_update(of=("item",), no_key=True).get(pk=bookmark.pk)


def _may_join(bookmark: Bookmark) -> bool:
    """What people wrote on it themselves, or said about it, does not go to the trash because of a second address."""
    return not bookmark.item.body and not Comment.objects.standing().filter(item=bookmark.item).exists()


def _join(younger: Bookmark, elder: Bookmark) -> None:
    """Two addresses, one page: its savers, notes and tags are together, and the younger leads to the elder."""
    there = {saver.person_id: saver for saver in elder.savers.all()}
    savers: list[Any] = list(younger.savers.all())
    for saver in savers:
        if known := there.get(saver.person_id):
            known.note = " · ".join(dict.fromkeys(filter(None, (known.note, saver.note))))[:500]
            known.save(update_fields=["note"])
        else:
            saver.bookmark = elder
            saver.save(update_fields=["bookmark"])
    for tagging in Tagging.objects.filter(item=younger.item).select_related("tag", "by"):
        tagging.tag.put_on(elder.item, tagging.by)
    younger.status = Status.READ
    younger.save(update_fields=["status"])
    younger.item.extras["joined"] = elder.pk
    younger.item.save(update_fields=["extras"])
    lifecycle.trash(younger.item, younger.item.author)
    elder.item.record("bookmark_saved", younger.item.author)
