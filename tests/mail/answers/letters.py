"""Mails for tests, as programs write them."""

from email.message import EmailMessage
from email.utils import make_msgid

REPLY = "reply@palabre.example"


def mail(sender, to, text="Je serai là.", *, html=None, subject="Re: Le plan", attachments=(), **headers):
    """A message with its bytes in CRLF. `attachments` are (name, type, bytes) or (name, type, bytes, cid)."""
    message = EmailMessage()
    message["From"] = sender if isinstance(sender, str) else f"{sender.name} <{sender.email}>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = make_msgid(domain="ailleurs.example")
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    for name, kind, data, *cid in attachments:
        main, _, sub = kind.partition("/")
        extra = {"cid": f"<{cid[0]}>", "disposition": "inline"} if cid else {}
        message.add_attachment(data, maintype=main, subtype=sub, filename=name, **extra)
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def report(action="failed", status="5.1.1", said="smtp; 550 5.1.1 User unknown", to="awa@teranga.example"):
    """A delivery status notification, as a mail server writes it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.ailleurs.example\r\nTo: bounces@palabre.example\r\nSubject: Undelivered\r\n"
        f"Message-ID: {make_msgid(domain='mx.example')}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.ailleurs.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Une lettre\r\n\r\nBonjour\r\n--b--\r\n"
    ).encode()
