"""An export of Slack comes in whole: every event is a message here, or named with why it is none."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from palabre.conversations.models import Conversation, Reading, Turn
from palabre.items.models import State
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.portability.slack.export import NoExport, moment
from palabre.portability.slack.importing import import_slack
from palabre.portability.slack.markup import markdown
from palabre.signals.filling import tell
from palabre.signals.models import Signal
from palabre.talk.models import Comment, Reaction

PEOPLE = {"U1": "awa", "U2": "marc"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hi <@U1>, see <#C1|general>", "Hi @awa, see \\#general"),
        ("<@U9|gone> and <@U9>", "\\@gone and \\@U9"),
        ("<http://a.example/?a=1&amp;b=2>", "<http://a.example/?a=1&b=2>"),
        ("<http://a.example|the [page]>", "[the \\[page\\]](<http://a.example>)"),
        ("<javascript:alert(1)|x>", "\\<javascript:alert(1)|x\\>"),
        ("*bold* _it_ ~gone~ 2*3*4", "**bold** _it_ ~~gone~~ 2*3*4"),
        (
            "<!channel> <!here|@here> <!subteam^S1|@crew> <!date^1^{date}|May 1>",
            "**\\@channel** **\\@here** @crew May 1",
        ),
        ("one\ntwo", "one  \ntwo"),
        ("• one\n• two", "- one  \n- two"),
        ("&gt; quoted", "> quoted"),
        ("&gt;&gt;&gt;all\nof it", "> all  \n> of it"),
        ("`*not* <@U1>` :tada: :nosuch:", "`*not* @awa` 🎉 :nosuch:"),
        ("see ```x = *y*\n&lt;b&gt;``` there", "see \n\n```\nx = *y*\n<b>\n```\n\n there"),
        ("# no heading", "\\# no heading"),
    ],
)
def test_its_markup_is_told_in_ours(written: str, said: str) -> None:
    assert markdown(written, PEOPLE.get, {"C1": "general"}) == said


def test_a_moment_keeps_the_number_that_makes_it_one_of_a_kind() -> None:
    assert moment("1433866203.000003").isoformat() == "2015-06-09T16:10:03.000003+00:00"


@pytest.fixture
def folder(tmp_path: Path, world: SimpleNamespace) -> Path:
    """A small export: a public channel with a thread, edits and files, an archived one, a private talk of two."""

    def put(name: str, content: object) -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content))

    users = [
        {"id": "U1", "team_id": "T1", "name": "awa", "profile": {"email": world.awa.email, "real_name": "Awa"}},
        {"id": "U2", "team_id": "T1", "name": "paul", "profile": {"real_name": "Paul Lointain"}},
        {"id": "U3", "team_id": "T1", "name": "ruth", "profile": {"real_name": "Ruth Ailleurs"}},
    ]
    put("users.json", users)
    channels = [
        {"id": "C1", "name": "chantier", "created": 1500000000, "creator": "U2", "members": ["U1", "U2"]},
        {"id": "C2", "name": "vieux", "created": 1400000000, "creator": "U2", "members": ["U2"], "is_archived": True},
    ]
    put("channels.json", channels)
    put("dms.json", [{"id": "D1", "created": 1500000500, "members": ["U1", "U3"]}])
    put("chantier/2017-07-14.json", [
        {"type": "message", "subtype": "channel_join", "user": "U2", "text": "joined", "ts": "1500000001.000001"},
        {"type": "message", "user": "U2", "text": "Bonjour <@U1>", "ts": "1500000002.000001",
         "edited": {"user": "U2", "ts": "1500000009.000000"},
         "reactions": [{"name": "+1", "users": ["U1"]}, {"name": "ok_hand::skin-tone-3", "users": ["U1", "U2"]},
                       {"name": "eyes", "users": ["U3"]}, {"name": "taco", "users": ["U1", "U2"]}]},
        {"type": "message", "user": "U1", "text": "Oui", "ts": "1500000003.000001", "thread_ts": "1500000002.000001"},
        {"type": "message", "user": "U1", "text": "Perdu", "ts": "1500000004.000001", "thread_ts": "1400000000.000001"},
        {"type": "message", "user": "U2", "text": "", "ts": "1500000005.000001", "upload": True,
         "files": [{"title": "Le plan", "url_private": "https://files.example/plan.png"}]},
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "deploy", "ts": "1500000006.000001",
         "attachments": [{"title": "Build 12", "title_link": "https://ci.example/12", "text": "passed"}]},
        {"type": "message", "user": "U2", "text": "", "ts": "1500000007.000001"},
    ])  # fmt: skip
    put("vieux/2014-05-13.json", [{"type": "message", "user": "U2", "text": "Fin", "ts": "1400000001.000001"}])
    put("D1/2017-07-14.json", [{"type": "message", "user": "U3", "text": "En privé", "ts": "1500000600.000001"}])
    return tmp_path


def test_every_event_is_a_message_or_named(folder: Path, world: SimpleNamespace) -> None:
    report = import_slack(folder, [world.marc])
    assert (report.events, report.accounted, report.messages) == (9, 9, 7)
    assert report.left_out == {"channel_join": 1, "nothing was said in it": 1}
    assert (report.conversations, report.people, report.new_people) == (3, 3, 3)  # and a robot
    assert (report.answers, report.edited, report.files) == (1, 1, 1)
    assert (report.reactions, report.reactions_twice, report.gestures) == (3, 1, {"taco": 2})
    assert len(report.odd) == 1
    hello = Comment.objects.get(body__startswith="Bonjour")
    given = {("agree", world.awa.name), ("agree", "Paul Lointain"), ("seen", "Ruth Ailleurs")}
    assert set(hello.reactions.values_list("gesture", "by__name")) == given
    assert not Turn.objects.exists()  # who joined long ago is no news
    assert hello.body == f"Bonjour @{world.awa.handle}"
    assert hello.at == moment("1500000002.000001")
    assert hello.edited_at
    assert hello.answers.get().by == world.awa
    assert Comment.objects.get(body__contains="Build 12").by.is_bot
    assert Person.objects.get(name="Paul Lointain").email is None


def test_only_those_who_were_there_read_it(folder: Path, world: SimpleNamespace, sign_in) -> None:
    import_slack(folder, [world.marc])
    channel, private = (Conversation.objects.get(item__extras__slack=key).item for key in ("C1", "D1"))
    for person, item, found in (
        (world.awa, channel, 200), (world.marc, channel, 200), (world.tom, channel, 404),
        (world.awa, private, 200), (world.marc, private, 404),
    ):  # fmt: skip
        assert sign_in(person).get(item.get_absolute_url(), follow=True).status_code == found
    assert Conversation.objects.get(item__extras__slack="C2").item.state == State.ARCHIVED
    assert Conversation.objects.between(world.awa, Person.objects.get(name="Ruth Ailleurs")).item == private


def test_again_nothing_comes_twice_and_what_is_new_does(folder: Path, world: SimpleNamespace) -> None:
    import_slack(folder)
    counts = Comment.objects.count(), Person.objects.count(), Conversation.objects.count()
    again = import_slack(folder)
    assert (Comment.objects.count(), Person.objects.count(), Conversation.objects.count()) == counts
    assert (again.messages, again.known, again.accounted, again.new_people) == (0, 7, 9, 0)
    day = folder / "chantier" / "2017-07-15.json"
    day.write_text(json.dumps([{"type": "message", "user": "U2", "text": "Encore", "ts": "1500080000.000001"}]))
    assert import_slack(folder).messages == 1


def test_nobody_is_told_and_nothing_is_unread(folder: Path, world: SimpleNamespace) -> None:
    import_slack(folder)
    tell(list(Event.objects.order_by("-id")[:50]))
    assert not Signal.objects.exists()
    for reading in Reading.objects.filter(person=world.awa):
        assert reading.upto == reading.conversation.item.comments.order_by("-pk")[0].pk


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoExport):
        import_slack(tmp_path)


def test_a_file_nobody_can_read_is_named(folder: Path, world: SimpleNamespace) -> None:
    (folder / "chantier" / "2018-01-01.json").write_text("{")
    assert any("2018-01-01" in each for each in import_slack(folder).odd)


def test_the_command_says_what_it_takes() -> None:
    from palabre.project.cli.importing import command

    assert "--with" in CliRunner().invoke(command, ["slack", "--help"]).output


@pytest.mark.corpus
@pytest.mark.django_db
def test_a_real_export_is_accounted_for_to_the_last_event(corpus, world: SimpleNamespace) -> None:
    root = corpus("chat-slack-export-houstondatavis-en")
    report = import_slack(root, [world.awa])
    assert (report.conversations, report.people, report.events) == (16, 71, 1382)
    assert report.accounted == 1382
    assert report.messages == Comment.objects.filter(item__kind="conversation").count() == 1031
    assert sum(report.left_out.values()) == 351
    assert report.left_out["channel_join"] == 320
    assert not report.odd
    signs = report.reactions + report.reactions_twice + report.reactions_left_out + sum(report.gestures.values())
    assert (signs, report.reactions) == (199, Reaction.objects.filter(item__kind="conversation").count())
    assert not Turn.objects.exists()
    bodies = Comment.objects.filter(item__kind="conversation").values_list("body", flat=True)
    assert not [body for body in bodies if "<@" in body or "<#C" in body or "<!" in body]
    assert import_slack(root, [world.awa]).known == 1031
