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
from palabre.portability.slack import blocks
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
        ("• one\n    ◦ within\n• two\nafter", "- one  \n  - within  \n- two\n\nafter"),
        ("&gt; quoted", "> quoted"),
        ("&gt; quoted `x`\n&gt; still\nmy own", "> quoted `x`  \n> still\n\nmy own"),
        ("&gt;&gt;&gt;all\nof it", "> all  \n> of it"),
        ("`*not* <@U1>` :tada: :nosuch:", "`*not* @awa` 🎉 :nosuch:"),
        (":rainbow: :astonished: :slightly_frowning_face: at 12:30:45 :a:", "🌈 😲 🙁 at 12:30:45 :a:"),
        ("see ```x = *y*\n&lt;b&gt;``` there", "see \n\n```\nx = *y*\n<b>\n```\n\n there"),
        ("# no heading", "\\# no heading"),
        ("nor this\n---", "nor this  \n\\---"),
    ],
)
def test_its_markup_is_told_in_ours(written: str, said: str) -> None:
    assert markdown(written, PEOPLE.get, {"C1": "general"}) == said


WRITTEN = [
    {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [
            {"type": "text", "text": "5 < 6 "},
            {"type": "text", "text": "gras ", "style": {"bold": True, "italic": True}},
            {"type": "user", "user_id": "U1"}, {"type": "text", "text": ", "},
            {"type": "link", "url": "https://a.example/?a=1&b=2", "text": "ici"},
            {"type": "emoji", "name": "dancer", "unicode": "1f483"}, {"type": "emoji", "name": "maison"},
            {"type": "emoji", "name": "odd", "unicode": "d800"}, {"type": "broadcast", "range": "here"}]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "un"}]}, "no part"]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "dit\nailleurs"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1\n"}]}]},
]  # fmt: skip


def test_what_somebody_wrote_in_blocks_is_told_as_the_text_of_a_message() -> None:
    told = markdown("\n".join(blocks.words(WRITTEN)), PEOPLE.get, {}, dict(blocks.signs(WRITTEN)))
    said = "5 < 6 **_gras_** @awa, [ici](<https://a.example/?a=1&b=2>)💃:maison::odd:**\\@here**"
    assert told.replace("  \n", "\n") == f"{said}\n  - un\n\n> dit\n> ailleurs\n\n```\nx = 1\n```"


def test_an_emoji_that_a_text_only_names_is_the_sign_of_its_blocks() -> None:
    assert markdown(":dancer::skin-tone-3: :maison:", PEOPLE.get, {}, dict(blocks.signs(WRITTEN))) == "💃 :maison:"


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


def test_an_export_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    for name in ("users.json", "channels.json"):
        (tmp_path / name).write_text("{cut off")
    with pytest.raises(NoExport, match=r"users\.json"):
        import_slack(tmp_path)


def test_a_file_nobody_can_read_is_named(folder: Path, world: SimpleNamespace) -> None:
    (folder / "chantier" / "2018-01-01.json").write_text("{")
    assert any("2018-01-01" in each for each in import_slack(folder).odd)


def test_what_has_another_shape_is_said_and_never_in_the_way(folder: Path, world: SimpleNamespace) -> None:
    """Exports are written by many versions and tools."""

    def put(name: str, content: object, bom: str = "") -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(bom + json.dumps(content))

    put("mpims.json", [{"id": "G1", "name": "mpdm-a--b-1", "created": "soon", "members": ["U1", "U2", "U9", None, 4]}])
    put("groups.json", {"id": "no list"})
    put("channels.json", [
        *json.loads((folder / "channels.json").read_text()),
        {"id": "C7", "name": "ailleurs", "members": ["U1"], "purpose": "no mapping"},
        {"id": "C8", "name": "personne"}, {"name": "without a number"}, "no channel at all",
    ])  # fmt: skip
    put("dms.json", [{"id": "D2", "members": ["U1"]}])  # one writes to oneself, and nothing was ever written
    put("personne/2020-01-01.json", [{"type": "message", "subtype": "channel_join", "ts": "1577836800.0"}])
    put("mpdm-a--b-1/2020-01-02.json", [
        {"type": "message", "user": "U9", "ts": "1577966400.2", "text": "Une réponse", "thread_ts": "1577966400.1"},
        {"type": "message", "user": "U9", "ts": "1577966400.1", "text": "Le début", "replies": [],
         "user_profile": {"real_name": "Zoé d’Ailleurs"}},
        {"type": "message", "user": "U8", "ts": 1577966401, "text": None, "files": [{"mode": "tombstone"}, None, "f"]},
        {"type": "message", "subtype": "bot_message", "bot_id": "B7", "ts": "1577966402.0", "text": "",
         "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Build 13"}}, "no block",
                    {"type": "context", "elements": [{"type": "mrkdwn", "text": "*passed*"}]}]},
        {"type": "message", "subtype": "message_changed", "ts": "1577966403.0", "message": {"text": "Autrement"}},
        {"type": "message", "subtype": "of tomorrow", "ts": "1577966404.0"},
        {"type": "message", "user": "U1", "ts": "1577966405.0", "text": "Half \ud83d and \x00 nought",
         "edited": "yes", "thread_ts": "nonsense", "reactions": ["no", {"name": None, "users": {"U1": 1}}],
         "attachments": [None, {"text": {"a": 1}}], "file": "f", "comment": 3},
        {"type": "message", "user": "U1", "ts": "never", "text": "Sans date"},
        {"type": "message", "user": "U1", "text": "Sans rien"},
        {"type": "message", "user": "USLACKBOT", "ts": "1577966406.0", "text": "N’oubliez pas"},
        7,
    ], bom="\ufeff")  # fmt: skip
    report = import_slack(folder)
    assert report.accounted == report.events
    told = "\n".join(report.sentences())
    for said in (
        "groups.json could not be read", "ailleurs: there is no folder", "personne: nobody was in it",
        "no moment that can be read ('never')", "a file that had been deleted", "that a message was edited",
        "does not know (of tomorrow)", "not in users.json, so that nobody knows their address: Zoé d’Ailleurs",
    ):  # fmt: skip
        assert said in told, (said, told)
    assert Comment.objects.get(body="Une réponse").parent.body == "Le début"
    assert Comment.objects.get(body__startswith="Build 13").body == "Build 13  \n**passed**"
    assert Comment.objects.get(body__startswith="Half").body == "Half ? and  nought"
    assert Comment.objects.get(body="N’oubliez pas").by.is_bot
    several = Comment.objects.get(body="Le début").item
    assert several.conversation.named is False and "mpdm" not in several.title
    people = Person.objects.count()
    again = import_slack(folder)
    assert (again.messages, again.new_people, again.unlisted) == (0, 0, []) and Person.objects.count() == people


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
