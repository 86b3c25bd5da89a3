"""What a complete export carries, table by table, and what it leaves out with the reason.

A row travels as a JSON object of the fields named here; a key to another row is its number, for numbers are kept: an
item's is part of its address for ever. A model that is neither carried nor left out fails a test, so that no power
is forgotten when it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from palabre.authoring.files.models import File
from palabre.authoring.models import Draft, Template, Trust
from palabre.decisions.models import Delegation
from palabre.ideas.models import Stage, Support, Teammate, TeamSpace
from palabre.items import kinds
from palabre.items.models import Appointment, Item, Name, Revision
from palabre.links.models import Link, Type
from palabre.mail.models import Choice
from palabre.people.models import Attention, Organisation, Person
from palabre.portability.tables import Row, Scope, Table, Within, for_all, of_items, of_spaces, owned
from palabre.questions.models import Vote
from palabre.search.models import Answered, SavedSearch
from palabre.signals.models import Follow
from palabre.spaces.models import FormerSlug, Invited, Membership, Request, Space
from palabre.tags.models import Alias, Merge, Tag, Tagging
from palabre.talk.models import Comment, Earlier, Reaction


def _borne(scope: Scope) -> models.QuerySet[Tag]:
    if scope.everything:
        return Tag.objects.all()
    return Tag.objects.filter(Q(pk__in=Tagging.objects.filter(item__in=scope.pks()).values("tag")))


def _members(scope: Scope) -> models.QuerySet[Membership]:
    """Of the spaces carried; for somebody, those members they may meet."""
    met = Q() if scope.whole else Q(person__in=Person.objects.visible_to(scope.reader).order_by().values("pk"))
    return Membership.objects.filter(met, space__in=scope.spaces.order_by().values("pk"))


def _met(scope: Scope) -> Callable[[Row], Row]:
    """Whom a reader may not meet they know by name, as author of what they read."""
    met = set(Person.objects.visible_to(scope.reader).values_list("pk", flat=True))
    return lambda row: row if row["id"] in met else {name: row[name] for name in ("id", "name", "handle")}


def _standing(scope: Scope) -> Callable[[Row], Row]:
    """Answers to what was taken back begin a thread of their own."""
    gone = set(Comment.objects.filter(item__in=scope.pks()).exclude(deleted_at=None).values_list("pk", flat=True))
    return lambda row: row | {name: None for name in ("thread_id", "parent_id") if row[name] in gone}


def files(scope: Scope) -> models.QuerySet[File]:
    """Those of the items carried; for the operator also removed ones, and those of texts not yet published."""
    if scope.everything:
        return File.objects.filter(Q(item__in=scope.pks()) | Q(item=None))
    carried = File.objects.all() if scope.whole else File.objects.visible_to(scope.reader)
    return carried.filter(item__in=scope.pks())


def _drafts(scope: Scope) -> models.QuerySet[Draft]:
    """Some have no space yet."""
    if scope.everything:
        return Draft.objects.all()
    return Draft.objects.filter(space__in=scope.spaces.order_by().values("pk"))


def _reactions(scope: Scope) -> models.QuerySet[Reaction]:
    standing = Q() if scope.whole else Q(comment=None) | Q(comment__deleted_at=None)
    return Reaction.objects.filter(standing, item__in=scope.pks())


def _voters(scope: Scope) -> Callable[[Row], Row]:
    """Who voted how is shown to nobody: of all votes, a reader carries away the number, and their own as theirs."""
    return lambda row: row if row["by_id"] == scope.reader.pk else {**row, "by_id": None}


def _voices(scope: Scope) -> Callable[[Row], Row]:
    """Whose voices carry an idea is told inside the house; a guest has their number, and their own as theirs."""
    if scope.reader.is_inside:
        return lambda row: row
    own = scope.reader.pk
    return lambda row: (
        {**row, "by_id": None, "source": "", "words": ""} | ({} if row["person_id"] == own else {"person_id": None})
    )


def _teams(scope: Scope) -> models.QuerySet[Teammate]:
    """Who is in a team is told as on its page."""
    told = Teammate.objects.all() if scope.whole else Teammate.objects.told_to(scope.reader)
    return told.filter(item__in=scope.pks())


def _team_spaces(scope: Scope) -> models.QuerySet[TeamSpace]:
    """Where both the idea and the space go along."""
    return TeamSpace.objects.filter(item__in=scope.pks(), space__in=scope.spaces.order_by().values("pk"))


def _follows() -> models.QuerySet[Follow]:
    """But for those of what is said among a few, which is not carried."""
    kept = Q(item=None) | Q(item__space__nameless=False)
    return Follow.objects.filter(kept).exclude(space__nameless=True)


PERSON = (
    "id", "email", "name", "handle", "side", "organisation", "about", "languages", "language", "time_zone", "photo",
    "is_admin", "is_bot", "is_active", "joined_at", "left_at", "one_with",
)  # fmt: skip

COMMENT = tuple(column.name for column in Comment._meta.concrete_fields if column.name != "html")

BEFORE_ITEMS = (
    Table("organisations", Organisation, lambda scope: Organisation.objects.all()),
    Table("people", Person, lambda scope: Person.objects.all(), PERSON, frozenset({"email", "is_admin"}), _met),
    Table("spaces", Space, lambda scope: scope.spaces),
    Table("former-slugs", FormerSlug, of_spaces(FormerSlug)),
    Table("invited-organisations", Invited, of_spaces(Invited)),
    Table("memberships", Membership, lambda scope: _members(scope)),
    Table("requests", Request, owned(Request, of_spaces(Request))),
)
AFTER_ITEMS = (
    Table("names", Name, of_items(Name)),
    Table("appointments", Appointment, of_items(Appointment)),
    Table("trust", Trust, of_items(Trust)),
    Table("templates", Template, of_spaces(Template)),
    Table("drafts", Draft, owned(Draft, _drafts)),
    Table("files", File, files),
    Table("tags", Tag, _borne),
    Table("tag-aliases", Alias, lambda scope: Alias.objects.filter(tag__in=_borne(scope).values("pk"))),
    Table("taggings", Tagging, of_items(Tagging)),
    Table("tag-merges", Merge, owned(Merge, lambda scope: Merge.objects.filter(into__in=_borne(scope).values("pk")))),
    Table(
        "links",
        Link,
        lambda scope: Link.objects.exclude(type=Type.TEXT).filter(source__in=scope.pks(), target__in=scope.pks()),
        ("source", "target", "type", "by", "at"),  # no number: the links of the texts, read again, take theirs first
    ),
    Table(
        "comments",
        Comment,
        lambda scope: Comment.objects.filter(_said(scope), item__in=scope.pks()),
        COMMENT,
        told=_standing,
    ),
    Table("comments-earlier", Earlier, owned(Earlier, of_items(Earlier, "comment__item"))),
    Table("reactions", Reaction, _reactions),
    Table("question-votes", Vote, of_items(Vote), told=_voters),
    Table("idea-stages", Stage, of_spaces(Stage)),
    Table("idea-supports", Support, of_items(Support), told=_voices),
    Table("idea-teams", Teammate, lambda scope: _teams(scope)),
    Table("idea-team-spaces", TeamSpace, lambda scope: _team_spaces(scope)),
    Table("saved-searches", SavedSearch, for_all(SavedSearch)),
    Table("answered-searches", Answered, lambda scope: for_all(Answered)(scope).filter(item__in=scope.pks())),
    Table("attention", Attention, for_all(Attention)),
    Table("letters", Choice, for_all(Choice)),
    Table("lent-voices", Delegation, lambda scope: for_all(Delegation)(scope)),
    Table("follows", Follow, lambda scope: _follows() if scope.everything else Follow.objects.none()),
)
ITEM = (
    "id", "kind", "space", "parent", "position", "title", "language", "author", "owner", "state", "version",
    "created_at", "published_at", "updated_at", "extras",
)  # fmt: skip
REVISION = ("id", "item", "number", "title", "by", "at", "note", "merged_from")
ITEMS = Table("items", Item, lambda scope: scope.items, ITEM)
REVISIONS = Table("revisions", Revision, of_items(Revision), REVISION)

LEFT_OUT = {
    "search.Missing": "what was looked for in one instance",
    "journal.Event": "the log of one instance; another begins its own",
    "links.Mention": "told again by the texts",
    "links.OutsideAddress": "told again by the texts, visited again",
    "links.OutsideLink": "told again by the texts",
    "links.Authority": "computed again",
    "people.Invitation": "its key is kept by nobody: invite again",
    "spaces.Placement": "belongs to an invitation",
    "spaces.Keeper": "a bookmark of one's own in this instance, without any right",
    "people.Session": "a sign-in of this instance",
    "authoring.Renewed": "texts that come back are rendered anew",
    "conversations.Conversation": "said among a few, who take part in it",
    "conversations.Reading": "said among a few, who take part in it",
    "conversations.Turn": "said among a few, who take part in it",
    "conversations.Outcome": "said among a few, who take part in it",
    "conversations.Correspondence": "a rule of this instance",
    "signals.Signal": "what reached somebody from the log of one instance",
    "signals.Entry": "what reached somebody from the log of one instance",
    "signals.Place": "a place in the log of one instance",
    "decisions.Mark": "who has voted secretly belongs to the box of ballots, which stays in its instance",
    "webhooks.Webhook": "its secret is sealed in one instance, and two would tell the same address twice",
    "webhooks.Delivery": "what an address was told by one instance",
    "webhooks.Attempt": "what an address was told by one instance",
    "webhooks.Place": "a place in the log of one instance",
    "feeds.Token": "only its digest is kept, and its address is that of one instance",
    "feeds.Asked": "waits to be verified by one instance",
    "feeds.Subscription": "to a feed of one instance, at its address",
    "feeds.Place": "a place in the log of one instance",
    "consultations.Knock": "who began to answer one instance within the hour",
    "consultations.Silence": "prints of addresses under the key of one instance",
    "people.Spent": "what was asked of somebody's attention by one instance",
    "mail.Received": "what reached one instance by mail",
    "mail.Bounce": "what came back to one instance",
    "mail.Stopped": "what came back to one instance",
    "home.Trend": "computed again",
    "push.Device": "a browser that subscribed to this instance",
    "push.Done": "what was sent to this instance once",
}


def facets() -> list[Table]:
    """The tables of what only one kind knows, found by their kinds."""
    return [
        Table(kind.name, kind.facet, of_items(kind.facet)) for kind in kinds.every() if kind.facet and not kind.apart
    ]


def upon_facets() -> list[Table]:
    """The tables of whatever stands on what only one kind knows; they may name tags, and come last."""
    tables = []
    for kind in kinds.every():
        if kind.facet is None or kind.apart:
            continue
        for model in apps.get_models():
            for column in model._meta.concrete_fields:
                if column.related_model is kind.facet and model is not kind.facet:
                    name = f"{kind.name}-{model._meta.model_name}"
                    tables.append(Table(name, model, _with_their_tags(model, f"{column.name}__item")))
    return tables


def _with_their_tags(model: type[models.Model], path: str) -> Within:
    """Rows of items, but for those that name a tag which nothing that is carried bears."""
    named = [column.name for column in model._meta.concrete_fields if column.related_model is Tag]

    def within(scope: Scope) -> models.QuerySet[Any]:
        rows = of_items(model, path)(scope)
        if not scope.whole and hasattr(rows, "told_to"):  # what its room tells not yet, or not to everybody
            rows = rows.told_to(scope.reader)
        for name in named:
            rows = rows.filter(Q(**{name: None}) | Q(**{f"{name}__in": _borne(scope).values("pk")}))
        return rows

    return within


def tables() -> Sequence[Table]:
    """All tables of rows in the order in which they can be loaded, items and their versions apart."""
    return (*BEFORE_ITEMS, *facets(), *AFTER_ITEMS, *upon_facets())


def _said(scope: Scope) -> Q:
    """What was taken back is nobody's to read any more, except in the operator's own copy."""
    return Q() if scope.whole else Q(deleted_at=None)
