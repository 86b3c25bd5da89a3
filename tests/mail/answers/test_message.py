"""What programs make of a text on its way, and what strangers make of it on purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.mail.answers import envelope
from palabre.mail.answers.message import MOST_PARTS, Unreadable, parsed, read
from palabre.mail.answers.wording import as_markdown, worded


def words(data):
    return worded(read(parsed(data)), "Awa Ndiaye").text


def part(kind, body, *fields):
    return b"\r\n".join([f"Content-Type: {kind}".encode(), *fields, b"", body])


def several(kind, *parts):
    inner = b"".join(b"--b\r\n" + each + b"\r\n" for each in parts)
    return b"Content-Type: multipart/" + kind + b'; boundary="b"\r\n\r\n' + inner + b"--b--\r\n"


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "Déjà été là".encode()),
        ("utf-8", "Déjà été là".encode("cp1252")),
        ("us-ascii", "Déjà été là".encode()),
        ("iso-8859-1", "Déjà été là".encode("cp1252")),
        ("no-such-charset", "Déjà été là".encode()),
        ("zlib", "Déjà été là".encode()),
        ("unicode_escape", "Déjà été là".encode()),
        ("", "Déjà été là".encode("cp1252")),
    ],
)
def test_a_charset_that_lies_does_no_harm(charset, body):
    assert words(part(f"text/plain; charset={charset}", body)) == "Déjà été là"


def test_flowed_lines_are_whole_again():
    body = b"Une phrase qui \r\nva loin.\r\nUne autre.\r\n\r\n> Une citation \r\n> longue\r\n-- \r\nAwa"
    assert words(part("text/plain; format=flowed", body)).replace("\\\n", "\n") == "Une phrase qui va loin.\nUne autre."


def test_lines_broken_for_the_way_flow_and_lines_that_were_ended_end():
    text = (
        "Une première ligne assez longue pour qu’elle soit coupée par le\nprogramme qui l’envoie.\nEt :\n- un\n- deux"
    )
    assert as_markdown(text) == (
        "Une première ligne assez longue pour qu’elle soit coupée par le\nprogramme qui l’envoie.\\\nEt :\n- un\n- deux"
    )


def test_of_two_versions_the_plain_one_is_read_and_html_where_it_is_alone():
    plain, html = part("text/plain", b"En clair."), part("text/html", b"<p>En <b>gras</b>.</p>")
    assert words(several(b"alternative", plain, html)) == "En clair."
    assert words(several(b"alternative", part("text/plain", b"  \r\n"), html)) == "En **gras**."
    assert words(
        several(b"mixed", several(b"alternative", plain, html).replace(b'"b"', b'"c"').replace(b"--b", b"--c"))
    ) == ("En clair.")


def test_an_invitation_is_a_file_and_its_double_is_none():
    calendar = part("text/calendar", b"BEGIN:VCALENDAR")
    both = read(parsed(several(b"alternative", part("text/plain", b"Oui."), calendar)))
    assert both.attachments == []
    [file] = read(parsed(several(b"mixed", part("text/plain", b"Oui."), calendar))).attachments
    assert file.name.endswith(".ics")


def test_a_mail_in_the_mail_is_a_file():
    inner = part("message/rfc822", b"Subject: x\r\n\r\nbonjour", b'Content-Disposition: attachment; filename="a.eml"')
    [file] = read(parsed(several(b"mixed", part("text/plain", b"Oui."), inner))).attachments
    assert file.name == "a.eml" and b"bonjour" in file.data


def test_html_says_what_it_says_and_runs_nothing():
    html = (
        b"<style>p{}</style><script>alert(1)</script><p>Un <a href='javascript:x'>lien</a> et <a href='https://a.example/b'>"
        b"un autre</a><br>puis <i>rien</i></p><ul><li>a<li>b</ul><table><tr><td>1<td>2</table>"
    )
    text = words(part("text/html", html))
    assert "alert" not in text and "javascript" not in text and "p{}" not in text
    assert "[un autre](<https://a.example/b>)" in text and "- a\n- b" in text and "1 2" in text


def test_parts_without_end_are_refused():
    with pytest.raises(Unreadable):
        read(parsed(several(b"mixed", *[part("text/plain", b"x")] * (MOST_PARTS + 1))))
    nested = b"x"
    for number in range(60):
        nested = b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n%s\r\n--n%d--\r\n' % (
            number,
            number,
            nested,
            number,
        )
    with pytest.raises(Unreadable):
        read(parsed(nested))


@given(st.binary(max_size=2_000))
def test_whatever_the_bytes_there_is_a_head_and_a_reason(data):
    message = parsed(data)
    head = envelope.read(message)
    assert "\n" not in head.subject + head.sender and "\x00" not in head.subject
    try:
        content = read(message)
    except Unreadable as unreadable:
        assert unreadable.reason
        return
    for text in content.plain:
        text.encode()


FIELDS = ["From", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "References", "Return-Path"]


@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=60)), max_size=8))
def test_whatever_stands_in_the_fields_they_are_read(fields):
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    read_head = envelope.read(parsed(head.encode("utf-8", "surrogateescape") + b"\r\nx"))
    assert read_head.message_id.encode() is not None and "\r" not in read_head.message_id


@pytest.mark.parametrize(
    "sender",
    ['"a@b.example" <c@d.example>', "=?utf-8?q?awa=40teranga=2Eexample?= <c@d.example>", "awa@x.example <c@d.example>"],
)
def test_a_name_that_looks_like_an_address_is_a_name(sender):
    assert envelope.read(parsed(f"From: {sender}\r\n\r\nx".encode())).sender in ("c@d.example", "")  # never the other
