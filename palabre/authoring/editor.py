"""What the editor shows: the text as it stands, its place, who will read it, and what was left unsaved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from palabre.authoring import reach
from palabre.authoring.drafting import Content
from palabre.authoring.forms import KEPT_ASIDE, TextForm, WritingForm, written_here
from palabre.authoring.models import Draft, Template
from palabre.authoring.toolbar import TOOLBAR
from palabre.items.models import Item, State
from palabre.kit import given
from palabre.spaces import nowhere
from palabre.spaces.models import Space


@dataclass
class Desk:
    """One person writing one text: new (`item` is None), or a change to an item."""

    request: HttpRequest
    item: Item | None = None
    draft: Draft | None = None
    values: dict[str, Any] = field(default_factory=dict)
    form: TextForm | None = None

    @cached_property
    def spaces(self) -> list[Space]:
        """Where one may write; asked only by who chooses a place."""
        return reach.writable(self.request.user)

    @property
    def is_new(self) -> bool:
        """Nobody but its author has read it yet, so its place can still be chosen."""
        return self.item is None or self.item.state in (State.DRAFT, State.SCHEDULED)

    @property
    def space(self) -> Space | None:
        slug = self.values.get("space")
        return next((space for space in self.spaces if space.slug == slug), None)

    def read(self, data: QueryDict) -> TextForm:
        """What was sent, checked; what was typed stays, whatever is wrong with it.

        What has been read by others keeps its kind and its place, whatever is sent about them.
        """
        self.values = {name: data.get(name) or "" for name in (*WritingForm.base_fields, "tags", "stamp")}
        if self.item:
            self.values["kind"] = self.item.kind
        if self.item and not self.is_new:
            self.values["space"] = self.item.space.slug
            self.form = TextForm(data)
        else:
            # Without script, another space may be chosen than the one that the button in sight was drawn for.
            announced = data.get("action", "").partition(":")[2]
            kind = self.item.kind if self.item else ""
            self.form = WritingForm(
                self.values, spaces=self.spaces, parents=self.parents, kind=kind, announced=announced
            )
        return self.form

    @property
    def parents(self) -> Any:
        return Item.objects.visible_to(self.request.user).of_kind("page")

    def content(self) -> Content:
        """What the form holds, as a draft keeps it."""
        sent = self.request.POST
        return Content(
            kind=self.item.kind if self.item else given.text(sent, "kind", 20) or "page",
            title=" ".join(given.whole(sent, "title").split()),
            body=given.whole(sent, "body"),
            space=next((space for space in self.spaces if space.slug == sent.get("space")), None),
            based_on=given.number(sent, "based_on") or 0,
            fields={name: given.whole(sent, name) for name in sent if name not in KEPT_ASIDE},
        )

    def start_from(self, **values: Any) -> None:
        self.values |= {name: value for name, value in values.items() if value not in (None, "")}

    def open_draft(self, draft: Draft) -> None:
        """Goes on where the draft was left."""
        self.draft = draft
        self.values |= {
            **draft.fields,
            "title": draft.title,
            "body": draft.body,
            "kind": draft.kind,
            "based_on": draft.based_on,
            "stamp": draft.stamp,
        }
        if draft.space:
            self.values["space"] = draft.space.slug

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page of the editor, for who may write somewhere; whatever was written already is shown all the same."""
        written = self.request.method == "POST" or self.draft or self.values.get("body")
        if self.item is None and not self.spaces and not written:
            return nowhere.page(self.request)
        if self.item is None and self.values.get("kind") not in [kind.name for kind in written_here()]:
            self.values["kind"] = "page"
        self.values.setdefault("kind", "page")
        elsewhere = False
        if self.space is None and self.is_new:
            # Whoever asked for one place is not led to another, which may be wider: they choose.
            elsewhere = bool(self.values.get("space"))
            usual = reach.usual(self.spaces) if self.request.method == "GET" and not elsewhere else None
            self.values["space"] = usual.slug if usual else ""
        parent = given.number(self.values, "parent")
        choices = reach.choices(self.request.user) if self.is_new else []
        context = {
            "desk": self,
            "item": self.item,
            "draft": self.draft,
            "values": self.values,
            "form": self.form,
            "choices": choices,
            "elsewhere": elsewhere,
            **reach.sides(choices),
            "kinds": written_here(),
            "parent": self.parents.filter(pk=parent).first() if parent else None,
            "toolbar": TOOLBAR,
            "templates": self._templates(),
            "title": _("Edit") if self.item else _("Write"),
            "space": self.item.space if self.item and not self.is_new else self.space,
            **more,
        }
        return render(self.request, "authoring/editor.html", context, status=status)

    def _templates(self) -> list[Template]:
        if not self.is_new or self.values.get("body"):
            return []
        found = Template.objects.filter(space__in=self.spaces).select_related("space")
        here = self.space
        return sorted(found[:200], key=lambda template: template.space != here)[:20]
