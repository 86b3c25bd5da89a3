"""A community of Stack Exchange comes in as it was, once, and nobody is told."""

from collections import Counter

import pytest

from palabre.items.models import Item, Revision
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.people.models import Person
from palabre.portability.stackexchange.export import NoExport, rows, tags
from palabre.portability.stackexchange.importing import import_stackexchange
from palabre.questions.models import Question, Vote
from palabre.tags.models import Tagging
from palabre.talk.models import Comment

AT = 'CreationDate="2020-05-0{}T10:00:00.123"'
FILES = {
    "Users": [
        f'Id="1" DisplayName="Ada" {AT.format(1)}',
        f'Id="2" DisplayName="Ben" {AT.format(1)}',
    ],
    "Posts": [
        f'Id="1" PostTypeId="1" {AT.format(1)} Title="Why?" Body="&lt;p&gt;So&lt;/p&gt;" OwnerUserId="1" '
        'AcceptedAnswerId="3" Tags="&lt;one&gt;&lt;two&gt;"',
        f'Id="2" PostTypeId="2" ParentId="1" {AT.format(2)} Body="&lt;p&gt;No.&lt;/p&gt;" OwnerDisplayName="gone"',
        f'Id="3" PostTypeId="2" ParentId="1" {AT.format(3)} Body="&lt;p&gt;Yes.&lt;/p&gt;" OwnerUserId="2"',
        f'Id="4" PostTypeId="5" {AT.format(3)} Body="" OwnerUserId="2"',
        f'Id="5" PostTypeId="1" {AT.format(4)} Title="And?" Body="" OwnerUserId="2"',
    ],
    "PostHistory": [
        f'Id="1" PostHistoryTypeId="2" PostId="1" RevisionGUID="a" {AT.format(1)} UserId="1" Text="**S**"',
        f'Id="2" PostHistoryTypeId="1" PostId="1" RevisionGUID="a" {AT.format(1)} UserId="1" Text="Wy?"',
        f'Id="3" PostHistoryTypeId="3" PostId="1" RevisionGUID="a" {AT.format(1)} UserId="1" Text="&lt;one&gt;"',
        f'Id="4" PostHistoryTypeId="4" PostId="1" RevisionGUID="b" {AT.format(2)} UserId="2" Comment="typo" Text="Why?"',  # noqa: E501
        f'Id="5" PostHistoryTypeId="5" PostId="1" RevisionGUID="c" {AT.format(3)} UserId="1" Text="**So**"',
        f'Id="6" PostHistoryTypeId="10" PostId="1" RevisionGUID="d" {AT.format(4)} Text="closed"',
    ],
    "Comments": [
        f'Id="1" PostId="3" Text="Thanks @Ben" {AT.format(4)} UserId="1"',
        f'Id="2" PostId="3" Text="Mine too" {AT.format(4)} UserDisplayName="gone"',
    ],
    "Votes": [
        f'Id="1" PostId="3" VoteTypeId="2" {AT.format(4)}',
        f'Id="2" PostId="3" VoteTypeId="2" {AT.format(4)}',
        f'Id="3" PostId="2" VoteTypeId="3" {AT.format(4)}',
        f'Id="4" PostId="3" VoteTypeId="1" {AT.format(5)}',
    ],
    "PostLinks": [
        f'Id="1" {AT.format(5)} PostId="5" RelatedPostId="1" LinkTypeId="1"',
        f'Id="2" {AT.format(5)} PostId="5" RelatedPostId="99" LinkTypeId="1"',
    ],
}


def write(folder, files):
    for name, lines in files.items():
        rows = "".join(f"  <row {line} />\n" for line in lines)
        (folder / f"{name}.xml").write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<all>\n{rows}</all>\n')


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, FILES)
    return tmp_path


@pytest.fixture
def space(world):
    return world.spaces["maison"]


def post(number):
    return Item.objects.get(extras__post=number)


def test_a_question_comes_with_its_answers_versions_votes_comments_tags_and_links(folder, space):
    report = import_stackexchange(folder, space)
    asked, helped = post(1), post(3)
    assert (asked.title, asked.body, asked.author.name, asked.version) == ("Why?", "**So**\n", "Ada", 3)
    assert asked.published_at.isoformat() == "2020-05-01T10:00:00.123000+00:00"
    told = Revision.objects.filter(item=asked).values_list("number", "title", "body", "by__name", "note")
    assert list(told) == [
        (1, "Wy?", "**S**\n", "Ada", ""), (2, "Why?", "**S**\n", "Ben", "typo"), (3, "Why?", "**So**\n", "Ada", ""),
    ]  # fmt: skip
    assert set(Tagging.objects.filter(item=asked).values_list("tag__name", flat=True)) == {"one", "two"}
    assert (helped.parent, helped.title, helped.body.strip()) == (asked, "Why?", "Yes.")
    question = Question.objects.get(pk=asked.pk)
    assert (question.accepted, question.accepted_at.day) == (helped, 5)
    votes = Counter(Vote.objects.values_list("item", "up"))
    assert votes == {(helped.pk, True): 2, (post(2).pk, False): 1}
    assert list(Comment.objects.filter(item=helped).order_by("pk").values_list("by__name", flat=True)) == [
        "Ada",
        "gone",
    ]
    assert post(2).author == Comment.objects.get(body="Mine too").by
    assert Link.objects.filter(source=post(5), target=asked).exists()
    assert (report.questions, report.answers, report.accepted, report.votes, report.history) == (2, 2, 1, 4, 6)
    assert (report.versions, report.links, report.links_kept) == (3, 2, 1)
    assert not Person.objects.filter(name__in=["Ada", "Ben", "gone"]).exclude(email=None).exists()


def test_a_duplicate_says_the_same_and_keeps_what_it_has(folder, space, sign_in, world):
    """On Stack Exchange it is closed, and still read with its answers: nothing is moved until somebody here does."""
    links = [*FILES["PostLinks"], f'Id="3" {AT.format(5)} PostId="1" RelatedPostId="5" LinkTypeId="3"']
    write(folder, {"PostLinks": links})
    report = import_stackexchange(folder, space)
    asked, other = post(1), post(5)
    assert set(Link.objects.filter(by__isnull=False).values_list("source", "type", "target")) == {
        (asked.pk, Type.SAME, other.pk), (other.pk, Type.RELATED, asked.pk),
    }  # fmt: skip
    assert (report.duplicates, report.links_kept) == (1, 2)
    assert "1 say that two ask the same" in "\n".join(report.sentences())
    assert asked.state == "published" and asked.question.answers().count() == 2
    client = sign_in(world.nadia)
    assert "dit la même chose que" in client.get(asked.get_absolute_url()).content.decode()
    client.post(f"/questions/{asked.pk}/same/", {"into": other.pk})
    assert other.question.answers().count() == 2
    assert not +import_stackexchange(folder, space).new


def test_nobody_is_told(folder, space):
    before = list(Event.objects.values_list("pk", flat=True))
    import_stackexchange(folder, space)
    told = [each for each in Event.objects.exclude(pk__in=before) if each.meaning.concerns]
    assert told and all(each.particulars.get("silent") for each in told)


def test_run_again_it_brings_what_is_new_and_nothing_twice(folder, space, world):
    import_stackexchange(folder, space)
    question = Question.objects.get(pk=post(1).pk)
    question.accept(post(2), world.marc)  # what people decide here stands
    everything = (Item, Revision, Comment, Vote, Person, Link, Tagging)
    before = [model.objects.count() for model in everything]
    assert not +import_stackexchange(folder, space).new
    assert [model.objects.count() for model in everything] == before
    more = {
        **FILES,
        "Posts": [*FILES["Posts"], f'Id="6" PostTypeId="2" ParentId="5" {AT.format(6)} Body="So." OwnerUserId="1"'],
        "Comments": [*FILES["Comments"], f'Id="3" PostId="3" Text="Late" {AT.format(6)} UserId="2"'],
        "Votes": [*FILES["Votes"], f'Id="5" PostId="3" VoteTypeId="2" {AT.format(6)}'],
    }
    write(folder, more)
    assert +import_stackexchange(folder, space).new == {"answers": 1, "comments": 1, "votes": 1}
    assert Question.objects.get(pk=question.pk).accepted == post(2)


def test_what_other_communities_leave_out_or_say_otherwise_is_said_and_stops_nothing(folder, space):
    """No votes, no history; names in small letters; posts and rows nobody has heard of; authors who have left."""
    for name in FILES:
        (folder / f"{name}.xml").unlink()
    posts = [
        *FILES["Posts"],
        f'Id="6" PostTypeId="2" ParentId="77" {AT.format(4)} Body="To nobody."',
        f'Id="7" PostTypeId="2" {AT.format(4)} Body="Without a question."',
        f'Id="8" PostTypeId="1" {AT.format(4)} Title="Tags?" Body="" OwnerUserId="-1" Tags="|c++|c#|.net|"',
        f'Id="9" PostTypeId="17" {AT.format(4)} Body="Of tomorrow."',
        f'Id="10" {AT.format(4)}',
        'Id="11" PostTypeId="1" CreationDate="soon"',
        f'PostTypeId="1" {AT.format(4)}',
    ]
    said = [*FILES["Comments"], f'Id="9" PostId="88" Text="Of a deleted one" {AT.format(4)}', 'Id="10" Text="Of none"']
    links = [*FILES["PostLinks"], f'Id="3" {AT.format(5)} PostId="5" RelatedPostId="1" LinkTypeId="3"', 'Id="4"']
    write(folder, {"users": FILES["Users"], "posts": posts, "comments": said, "postlinks": links})
    report = import_stackexchange(folder, space)
    assert (report.questions, report.answers, report.comments, report.links_kept) == (3, 2, 3, 2)
    assert {why: number for why, number in report.left_out.items() if number} == {
        "answers to what is no question of the export": 2,
        "posts that are neither question nor answer": 2,
        "rows of Posts.xml that do not say what such a row says": 3,
        "rows of Comments.xml that do not say what such a row says": 1,
        "rows of PostLinks.xml that do not say what such a row says": 1,
        "comments on other posts": 1,
        "links to what is not in the export": 1,
    }
    assert len(set(Tagging.objects.filter(item=post(8)).values_list("tag__key", flat=True))) == 3
    assert post(8).author.name == "Somebody who has left"
    assert not +import_stackexchange(folder, space).new


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE all [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE all SYSTEM "file:///etc/passwd">'],
)
def test_a_file_that_declares_entities_is_refused(folder, space, head):
    (folder / "Votes.xml").write_text(f'<?xml version="1.0"?>\n{head}\n<all><row Id="1"/></all>')
    with pytest.raises(NoExport, match="document type"):
        import_stackexchange(folder, space)
    assert not Item.objects.filter(kind="question").exists()


def test_what_is_no_export_is_said_to_be_none(tmp_path, space):
    with pytest.raises(NoExport):
        import_stackexchange(tmp_path, space)
    (tmp_path / "Posts.xml").write_text("<all><row")
    with pytest.raises(NoExport, match="cannot be read"):
        list(rows(tmp_path / "Posts.xml"))


def test_tags_are_read_in_both_ways_they_are_written():
    assert tags({"Tags": "<one><two-three>"}) == tags({"Tags": "|one|two-three|"}) == ["one", "two-three"]
    assert tags({"Tags": "|c++|c#|"}) == ["c-plus-plus", "c-sharp"] and tags({}) == []


@pytest.mark.corpus
def test_a_real_community_is_accounted_for_to_the_last_row(corpus, world):
    folder = corpus("qa-bicycles-meta-stackexchange-en")
    space = world.spaces["le-fil"]
    report = import_stackexchange(folder, space)
    assert (report.questions, report.answers, report.accepted) == (453, 971, 157)
    assert (report.comments, report.votes, report.history, report.links) == (2448, 5671, 3994, 189)
    here = Item.objects.filter(space=space, extras__has_key="stackexchange")
    kinds = Counter(here.values_list("kind", flat=True))
    assert kinds == {"question": 453, "answer": 971}
    assert Question.objects.filter(item__in=here, accepted__isnull=False).count() == 157
    assert Comment.objects.filter(item__in=here).count() == 2448
    assert Vote.objects.filter(item__in=here).count() == report.votes_kept == 5301
    assert Revision.objects.filter(item__in=here).count() == report.versions == 2544
    left = report.left_out
    assert report.votes_kept + left["votes that are neither for nor against, or on other posts"] == 5671
    assert report.links_kept + left["links to what is not in the export"] == 189
    same = Link.objects.filter(source__in=here, type=Type.SAME)
    assert (report.duplicates, same.count()) == (9, 9)  # the tenth says it of a question that was deleted
    assert not +import_stackexchange(folder, space).new
