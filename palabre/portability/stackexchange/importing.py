"""Bringing a Stack Exchange community in: questions, answers, which were accepted, comments, votes, versions, links.

Nobody is told, dates stay what they were, and a second run brings only what is new: a post is known again by its
number, a comment by its moment. Votes have no voter in such an export; they are kept without one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from palabre.authoring.rendering import render
from palabre.authoring.writing import Text, clean, publish_all
from palabre.items.models import Item, Revision
from palabre.journal.recording import event, record_many
from palabre.kit.html import strip
from palabre.kit.progress import Step, progress
from palabre.links.models import Link, Type
from palabre.portability.stackexchange.export import Export, Row, moment, tags
from palabre.portability.stackexchange.history import BODY, TITLE, Version, versions
from palabre.portability.stackexchange.people import PEOPLE, People
from palabre.portability.stackexchange.report import Report
from palabre.questions.models import Question, Vote
from palabre.spaces.models import Space
from palabre.talk.models import LONGEST_TEXT, Comment

TOGETHER = 50  # questions in one transaction
UP, DOWN, ACCEPTED = "2", "3", "1"
DUPLICATE = "3"  # of links: all others say that two posts are related
OWNER, SAID = ("OwnerUserId", "OwnerDisplayName"), ("UserId", "UserDisplayName")


def import_stackexchange(root: Path, space: Space, community: str = "") -> Report:
    """Brings the export in `root` into `space`; `community` is what a later run knows it by. Raises NoExport."""
    export, report = Export.read(root), Report()
    run = _Run(export, space, community or root.resolve().name, report)
    questions = export.questions()
    with progress("Importing questions", len(questions)) as step:
        for start in range(0, len(questions), TOGETHER):
            with transaction.atomic():
                run.bring(questions[start : start + TOGETHER], step)
    with transaction.atomic():
        run.link()
    run.count()
    return report


class _Run:
    def __init__(self, export: Export, space: Space, community: str, report: Report) -> None:
        self.export, self.space, self.community, self.report = export, space, community, report
        self.people = People(export, community, report)
        here = Item.objects.filter(kind__in=("question", "answer"), extras__contains={"stackexchange": community})
        self.items = {str(item.extras["post"]): item for item in here.defer("body", "html").select_related("space")}

    def bring(self, asked: Sequence[Row], step: Step) -> None:
        given = [row for question in asked for row in self.export.answers[question["Id"]]]
        self._write("question", asked)
        self._write("answer", given)
        for row in (*asked, *given):
            self._say(row)
            self._count_votes(row)
        for row in asked:
            self._accept(row)
        if new := self.people.take_new():
            first = self.items[asked[0]["Id"]]
            first.extras = {**first.extras, PEOPLE: first.extras.get(PEOPLE, {}) | new}
            first.save(update_fields=["extras"])
        step(len(asked))

    def _write(self, kind: str, rows: Sequence[Row]) -> None:
        fresh = [row for row in rows if row["Id"] not in self.items]
        told = [self._versions(row) for row in fresh]
        texts = [self._text(kind, row, versions) for row, versions in zip(fresh, told, strict=True)]
        if not texts:
            return
        made = publish_all(texts, texts[0].by, silent=True)
        self.report.new[f"{kind}s"] += len(made)
        Revision.objects.filter(item__in=made).delete()
        Revision.objects.bulk_create(
            revision for item, versions in zip(made, told, strict=True) for revision in self._revisions(item, versions)
        )
        self.items |= {row["Id"]: item for row, item in zip(fresh, made, strict=True)}

    def _versions(self, row: Row) -> list[Version]:
        found = versions(self.export.history[row["Id"]])
        return found or [Version(row.get("Title", ""), strip(row.get("Body", "")), moment(row), row, "")]

    def _text(self, kind: str, row: Row, told: Sequence[Version]) -> Text:
        parent = self.items[row["ParentId"]] if kind == "answer" else None
        title = parent.title if parent else (row.get("Title") or told[-1].title or "…")
        return Text(
            kind,
            parent.space if parent else self.space,
            self.people.of(row, *OWNER),
            title[:250],
            told[-1].body,
            parent=parent,
            tags=tags(row),
            at=moment(row),
            fields={
                "version": len(told),
                "updated_at": told[-1].at,
                "extras": {"stackexchange": self.community, "post": int(row["Id"])},
            },
        )

    def _revisions(self, item: Item, told: Sequence[Version]) -> Iterator[Revision]:
        for number, version in enumerate(told, start=1):
            names = SAID if "UserId" in version.row or "UserDisplayName" in version.row else OWNER
            by = self.people.of(version.row, *names) if set(names) & version.row.keys() else item.author
            title = item.title if item.kind == "answer" else version.title or item.title
            yield Revision(
                item=item, number=number, title=title, body=clean(version.body), by=by, at=version.at, note=version.note
            )

    def _say(self, row: Row) -> None:
        item = self.items[row["Id"]]
        said = self.export.comments[row["Id"]]
        known = Counter(Comment.objects.filter(item=item).values_list("at", flat=True)) if said else Counter()
        fresh = []
        for each in said:
            if known[moment(each)]:
                known[moment(each)] -= 1
                continue
            body = each.get("Text", "").replace("\x00", "")[:LONGEST_TEXT]
            by, html = self.people.of(each, *SAID), render(body, item.language).html
            fresh.append(Comment(item=item, by=by, body=body, html=html, at=moment(each), version=item.version))
        Comment.objects.bulk_create(fresh)
        self.report.new["comments"] += len(fresh)
        if fresh:
            record_many([event("comments_brought", None, item=item, space=item.space, silent=True)])

    def _count_votes(self, row: Row) -> None:
        item = self.items[row["Id"]]
        cast = self.export.votes[row["Id"]]
        known = Counter(Vote.objects.filter(item=item, by=None).values_list("up", flat=True)) if cast else Counter()
        fresh = []
        for each in cast:
            if each["VoteTypeId"] not in (UP, DOWN):
                continue
            up = each["VoteTypeId"] == UP
            if known[up]:
                known[up] -= 1
            else:
                fresh.append(Vote(item=item, up=up, at=moment(each)))
        Vote.objects.bulk_create(fresh)
        self.report.new["votes"] += len(fresh)

    def _accept(self, row: Row) -> None:
        question, answer = self.items[row["Id"]], self.items.get(row.get("AcceptedAnswerId", ""))
        if answer is None or answer.parent_id != question.pk:
            return
        said = [each for each in self.export.votes[self._number(answer)] if each["VoteTypeId"] == ACCEPTED]
        at = moment(said[-1]) if said else answer.created_at
        # What people here have accepted since stands.
        unsaid = Question.objects.filter(pk=question.pk, accepted=None, same_as=None)
        self.report.new["accepted"] += unsaid.update(accepted=answer, accepted_by=question.author, accepted_at=at)

    @staticmethod
    def _number(item: Item) -> str:
        return str(item.extras["post"])

    def link(self) -> None:
        """What says that it belongs with another post; ends that are no question or answer here are left out.

        A question that was closed as a duplicate says the same as another, and keeps its answers, as it did there:
        stewards here make the two one where they wish to.
        """
        for row in self.export.links:
            source, target = self.items.get(row["PostId"]), self.items.get(row["RelatedPostId"])
            if source is None or target is None:
                self.report.left_out["links to what is not in the export"] += 1
                continue
            self.report.links_kept += 1
            says = Type.SAME if row.get("LinkTypeId") == DUPLICATE else Type.RELATED
            self.report.duplicates += says is Type.SAME
            pair = {"source": source, "target": target, "type": says}
            if not Link.objects.filter(**pair).exists() and source != target:
                Link.objects.create(**pair, by=source.author, at=moment(row))
                self.report.new["links"] += 1

    def count(self) -> None:
        """Each row of the export once, for the report."""
        report, export, left = self.report, self.export, self.report.left_out
        report.questions = len(export.questions())
        report.answers = sum(1 for row in export.posts.values() if row["Id"] in self.items) - report.questions
        lost = sum(len(rows) for asked, rows in export.answers.items() if asked not in self.items)
        if lost:
            left["answers to what is no question of the export"] = lost
        others = len(export.posts) - report.questions - report.answers - lost
        left["posts that are neither question nor answer"] = others
        for name, number in export.broken.items():
            left[f"rows of {name}.xml that do not say what such a row says"] = number
        accepted: Any = Question.objects.filter(
            pk__in=[item.pk for item in self.items.values()], accepted__isnull=False
        )
        report.accepted = accepted.count()
        report.tags = len({tag for row in export.questions() for tag in tags(row)})
        report.links = len(export.links)
        for post, said in export.comments.items():
            report.comments += len(said)
            if post not in self.items:
                left["comments on other posts"] += len(said)
        for post, cast in export.votes.items():
            report.votes += len(cast)
            kept = sum(each["VoteTypeId"] in (UP, DOWN) for each in cast) if post in self.items else 0
            report.votes_kept += kept
            left["votes that are neither for nor against, or on other posts"] += len(cast) - kept
        for post, rows in export.history.items():
            report.history += len(rows)
            if post not in self.items:
                left["rows of the history of other posts"] += len(rows)
                continue
            report.versions += len(versions(rows))
            left["rows of history that change no text (closings, tags, notices)"] += sum(
                row["PostHistoryTypeId"] not in (*TITLE, *BODY) for row in rows
            )
