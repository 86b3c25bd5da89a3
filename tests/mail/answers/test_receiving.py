"""A mail becomes a comment of whom its address was made for, once; or its sender is told, and nobody twice."""

from email import message_from_bytes, policy

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.files.models import File
from palabre.conversations.models import Conversation
from palabre.journal.models import Event
from palabre.mail.answers.address import reply_address
from palabre.mail.answers.models import Outcome, Received
from palabre.mail.answers.receiving import MOST_FILES, take
from palabre.spaces.models import Membership
from palabre.talk.models import Comment
from tests.mail.answers.letters import mail

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def answers(thread):
    return Comment.objects.filter(item=thread.item).exclude(pk=thread.comment.pk)


def refused(row, reason):
    assert (row.outcome, row.reason, row.comment) == (Outcome.REFUSED, reason, None)


def test_an_answer_becomes_a_comment_in_the_thread_it_answers(world, thread):
    row = take(mail(world.awa, thread.to, "Moi.\n\nLe 27/11/2026 à 14:02, Palabre a écrit :\n> Qui ?\n"), thread.to)
    assert (row.outcome, row.person, row.sender) == (Outcome.TAKEN, world.awa, world.awa.email)
    said = answers(thread).get()
    assert (said.body, said.by, said.parent, said.thread) == ("Moi.", world.awa, thread.comment, thread.comment)
    event = Event.objects.filter(verb="commented").latest("pk")
    assert event.by == world.awa.pk and event.particulars["through"] == "mail"
    assert event.particulars["comment"] == said.pk == row.comment_id


def test_a_mail_about_an_item_opens_a_thread(world, thread):
    to = reply_address(world.awa, thread.item)
    assert take(mail(world.awa, to), to).comment.thread is None


def test_an_answer_to_a_message_is_said_in_the_conversation_and_of_nobody_else(world):
    talk = Conversation.objects.start(world.marc, [world.awa])
    message = talk.say(world.marc, "Qui vient vendredi ?")
    to = reply_address(world.awa, talk.item, message)
    row = take(mail(world.awa, to, "Moi.\n"), to)
    assert (row.outcome, row.comment.item, row.comment.parent) == (Outcome.TAKEN, talk.item, message)
    assert Event.objects.latest("pk").verb == "messaged"
    stranger = reply_address(world.tom, talk.item, message)
    refused(take(mail(world.tom, stranger, "Et moi.\n"), stranger), "gone")


def test_an_answer_to_a_comment_that_was_deleted_is_not_lost(world, thread):
    thread.comment.delete_by(world.marc)
    assert take(mail(world.awa, thread.to), thread.to).comment.parent is None


def test_the_same_mail_says_nothing_twice(world, thread):
    data = mail(world.awa, thread.to)
    first = take(data, thread.to)
    again = take(b"Received: from elsewhere\r\n" + data, thread.to.upper())
    assert first == again and answers(thread).count() == Received.objects.count() == 1
    take(mail(world.awa, thread.to), thread.to)
    assert answers(thread).count() == 2, "another mail with the same words is another comment"


def test_a_mail_without_a_name_of_its_own_is_known_by_its_content(world, thread):
    data = b"\r\n".join(line for line in mail(world.awa, thread.to).split(b"\r\n") if b"Message-ID" not in line)
    assert take(data, thread.to) == take(data, thread.to)
    assert answers(thread).count() == 1


def test_case_and_plain_names_of_the_sender_make_no_difference(world, thread):
    assert take(mail(f'"N., Awa" <{world.awa.email.upper()}>', thread.to), thread.to).comment


@pytest.mark.parametrize(
    "sender",
    [
        "marc@teranga.example",
        "awa@teranga.example, marc@teranga.example",
        "",
        "awa",
        "<>",
        "awa@teranga.example@x.example",
    ],
)
def test_from_another_sender_it_is_refused(world, thread, sender):
    refused(take(mail(sender, thread.to), thread.to), "sender")
    assert not answers(thread).exists()


def test_two_senders_in_two_fields_are_none(world, thread):
    data = f"From: {world.awa.email}\r\n".encode() + mail("marc@teranga.example", thread.to)
    refused(take(data, thread.to), "sender")


@pytest.mark.parametrize(
    ("fields", "comes"),
    [
        (["mx.palabre.example; dmarc=pass header.from=teranga.example"], True),
        (["mx.palabre.example; dmarc=fail (p=none) header.from=teranga.example"], False),
        (["MX.Palabre.Example; spf=pass smtp.mailfrom=x.example; dmarc=FAIL header.from=teranga.example"], False),
        (["mx.palabre.example dmarc=fail; ("], True),
        (["mx.palabre.example; dmarc=fail action=(none header.from=teranga.example"], False),
        (["mx.palabre.example; spf=fail smtp.mailfrom=x.example"], True),
        (["elsewhere.example; dmarc=fail header.from=teranga.example"], True),
        (["elsewhere.example; dmarc=pass header.from=x", "mx.palabre.example; dmarc=fail header.from=x"], False),
        (
            [
                "mx.palabre.example; dmarc=pass header.from=x",
                "Received",
                "mx.palabre.example; dmarc=fail header.from=x",
            ],
            True,
        ),
        (
            [
                "mx.palabre.example; dmarc=fail header.from=x",
                "Received",
                "mx.palabre.example; dmarc=pass header.from=x",
            ],
            False,
        ),
        (
            [
                "Received",
                "mx.palabre.example; spf=pass smtp.mailfrom=x",
                "mx.palabre.example; dmarc=fail header.from=x",
            ],
            False,
        ),
    ],
)
def test_only_what_the_own_server_says_of_dmarc_is_believed(world, thread, settings, fields, comes):
    settings.PALABRE_MAIL_AUTHSERV = ["mx.palabre.example"]
    head = "".join(
        "Received: from a by b\r\n" if each == "Received" else f"Authentication-Results: {each}\r\n" for each in fields
    )
    row = take(head.encode() + mail(world.awa, thread.to), thread.to)
    assert (row.outcome == Outcome.TAKEN) is comes
    assert comes or row.reason == "dmarc"


def test_without_a_server_that_is_believed_nothing_is_known(world, thread):
    head = b"Authentication-Results: mx.palabre.example; dmarc=fail header.from=teranga.example\r\n"
    assert take(head + mail(world.awa, thread.to), thread.to).comment


def test_who_has_left_says_nothing_more(world, thread, told):
    world.awa.leave(world.tom)
    refused(take(mail(world.awa, thread.to), thread.to), "account")
    assert "no account here any more" in told()[-1].body or "plus de compte" in told()[-1].body


def test_rights_are_asked_when_the_mail_comes(world, thread, told):
    to = reply_address(world.diego, thread.item)
    refused(take(mail(world.diego, to, "Un secret ?"), to), "gone")
    said = told()[-1]
    assert thread.item.title not in said.body and "/pages/" not in said.body and "Un secret ?" in said.body
    lifecycle.archive(thread.item, world.marc)
    refused(take(mail(world.awa, thread.to, "Trop tard."), thread.to), "rights")
    assert "Trop tard." in told()[-1].body and thread.item.get_absolute_url() in told()[-1].body


def test_after_leaving_the_space_the_old_address_says_nothing(world):
    from palabre.authoring.writing import publish

    space = (
        world.spaces["direction"]
        if "direction" in world.spaces
        else next(
            each for each in world.spaces.values() if Membership.objects.filter(space=each, person=world.awa).exists()
        )
    )
    item = publish("page", space, world.tom, "Entre nous", "…")
    to = reply_address(world.binta, item)
    refused(take(mail(world.binta, to), to), "gone")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\n",
        "> Qui vient ?\n> Marc\n",
        "Le 27/11/2026 à 14:02, Palabre a écrit :\n> Qui ?\n",
        "Le 27/11/2026 à 14:02, Palabre a écrit :\n> Qui ?\n\n-- \nAwa\nTeranga Telecom\n",
        "-- \nRaccordements\nTél. 33 800 00 00\n",
        "Envoyé de mon iPhone\n\n> Qui vient ?\n",
    ],
)
def test_nothing_said_is_refused_in_a_sentence(world, thread, text):
    refused(take(mail(world.awa, thread.to, text), thread.to), "empty")


def test_more_than_a_comment_holds_is_sent_back(world, thread, told):
    refused(take(mail(world.awa, thread.to, "Un mot de plus. " * 2_000), thread.to), "long")
    assert "Un mot de plus." in told()[-1].body


@pytest.mark.parametrize(
    "kind",
    ['multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"', "application/pkcs7-mime; smime-type=x"],
)
def test_what_is_encrypted_is_said_to_be(world, thread, kind, told):
    head = f"From: {world.awa.email}\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
    head += "--b\r\n\r\nx\r\n--b--\r\n"
    refused(take(head.encode(), thread.to), "encrypted")
    refused(take(mail(world.awa, thread.to, "-----BEGIN PGP MESSAGE-----\n\nabc\n"), thread.to), "encrypted")
    assert len(told()) == 2


def test_files_become_files_of_the_page_and_stand_in_the_comment(world, thread):
    said = take(mail(world.awa, thread.to, "Voici.", attachments=[("plan.txt", "text/plain", b"Un plan.")]), thread.to)
    file = File.objects.get(item=thread.item)
    assert (file.name, file.by, said.comment.body) == ("plan.txt", world.awa, f"Voici.\n\n- {file.markdown}")
    assert take(mail(world.awa, thread.to, "", attachments=[("a.txt", "text/plain", b"A")]), thread.to).comment


def test_a_picture_that_is_attached_stands_below_the_words_and_in_no_list(world, thread):
    attachments = [("plan.txt", "text/plain", b"Un plan."), ("photo.png", "image/png", PNG)]
    said = take(mail(world.awa, thread.to, "Voici.", attachments=attachments), thread.to).comment.body
    plan, photo = File.objects.get(name="plan.txt"), File.objects.get(name="photo.png")
    assert said == f"Voici.\n\n{photo.markdown}\n\n- {plan.markdown}"


def test_who_is_not_believed_is_led_back_to_the_page(world, thread, told, settings):
    settings.PALABRE_MAIL_AUTHSERV = ["mx.palabre.example"]
    head = b"Authentication-Results: mx.palabre.example; dmarc=fail header.from=x\r\n"
    refused(take(head + mail(world.awa, thread.to), thread.to), "dmarc")
    assert thread.item.get_absolute_url() in told()[-1].body


def test_a_picture_stands_where_it_was_put_and_a_logo_stays_away(world, thread):
    html = (
        '<p>Regarde :</p><p><img src="cid:photo@x"></p><p>À demain.</p><div class="gmail_signature">'
        'Awa <img src="cid:logo@x"></div><blockquote type="cite">Qui ? <img src="cid:old@x"></blockquote>'
    )
    pictures = [(f"{name}.png", "image/png", PNG + name.encode(), f"{name}@x") for name in ("photo", "logo", "old")]
    for text in (None, "Regarde :\n\n[image: photo.png]\n\nÀ demain.\n\n-- \nAwa [image: logo.png]\n"):
        row = take(mail(world.awa, thread.to, text, html=html, attachments=pictures), thread.to)
        file = File.objects.latest("pk")
        assert row.comment.body == f"Regarde :\n\n{file.markdown}\n\nÀ demain."
    assert set(File.objects.values_list("name", flat=True)) == {"photo.png"}


def test_what_cannot_be_kept_is_told_and_the_words_are_there(world, thread, told):
    files = [("virus.exe", "application/octet-stream", b"MZ" + b"\0" * 200)]
    files += [(f"{number}.txt", "text/plain", b"%d" % number) for number in range(MOST_FILES)]
    row = take(mail(world.awa, thread.to, "Deux fichiers.", attachments=files), thread.to)
    assert row.comment and File.objects.filter(item=thread.item).count() == MOST_FILES - 1
    body = told()[-1].body
    assert "virus.exe" in body and f"{MOST_FILES - 1}.txt" in body and row.comment.get_absolute_url() in body


def test_what_fails_in_our_own_hands_is_told_and_does_not_come_back_for_ever(world, thread, told):
    data = mail(world.awa, thread.to, None, html="<p>x</p>")
    broken = data.replace(b"Message-ID:", b"Content-ID: <a>\r\nMessage-ID:").replace(
        b'charset="utf-8"', b'charset="\xff\xfe"'
    )
    row = take(broken, thread.to)
    assert row.outcome in (Outcome.TAKEN, Outcome.REFUSED)


def test_a_stored_message_says_nothing_of_what_was_written(world, thread):
    take(mail(world.marc, thread.to, "Un secret", subject="Secret"), thread.to)
    assert "ecret" not in str(Received.objects.values().get())


def test_a_comment_shows_what_was_written_and_nothing_acts(world, thread, sign_in):
    hostile = "Un <script>alert(1)</script>\net <b>gras</b>, 3 < 4, <marc@teranga.example>"
    row = take(mail(world.awa, thread.to, hostile), thread.to)
    assert "<script" not in row.comment.html and "&lt;script&gt;" in row.comment.html and "<br" in row.comment.html
    assert sign_in(world.awa).get(row.comment.get_absolute_url()).status_code == 302


def test_what_is_said_back_can_be_read_by_any_mail_program(world, thread, told):
    take(mail(world.marc, thread.to, "Bonjour à tous, " * 20), thread.to)
    letter = message_from_bytes(told()[-1].message().as_bytes(), policy=policy.default)
    lines = [line for line in letter.get_content().splitlines() if "://" not in line]
    assert max(map(len, lines)) <= 76
    assert " ".join(line.removeprefix("> ") for line in lines if line.startswith("> ")).count("Bonjour à tous") == 20
