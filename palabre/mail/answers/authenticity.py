"""Whether the mail server in front could confirm the sender: its own verdict on DMARC (RFC 8601), and nobody else's.

Anybody may write such a field into a message. Believed are those of servers that the operator names
(`PALABRE_MAIL_AUTHSERV`), and of these the uppermost only: a server writes above what it was given.
"""

import re
from email.message import Message

import authres
from django.conf import settings


def has_failed(message: Message) -> bool:
    """Whether DMARC is known to have failed. Where nothing is known, the signed address and the sender have to do."""
    return "fail" in _verdicts(message)


def _verdicts(message: Message) -> set[str]:
    trusted = {name.casefold() for name in settings.PALABRE_MAIL_AUTHSERV}
    verdicts: set[str] = set()
    begun = False
    for name, value in message.raw_items():  # type: ignore[attr-defined]
        if name.lower() == "received" and begun:
            break
        if name.lower() != "authentication-results" or not trusted:
            continue
        server, said = _read(" ".join(str(value).split()))
        if server.casefold() in trusted:
            begun = True
            verdicts |= said
    return verdicts


def _read(field: str) -> tuple[str, set[str]]:
    """The server that speaks, and its verdicts on DMARC."""
    try:
        parsed = authres.AuthenticationResultsHeader.parse_value(field)
    except (authres.AuthResError, ValueError, IndexError):
        # Not as the standard writes it, which some servers' own fields are not: no is still heard.
        return field.partition(";")[0].strip(), set(re.findall(r"\bdmarc\s*=\s*([a-z]+)", field.lower()))
    results = [each for each in parsed.results if isinstance(each, authres.AuthenticationResult)]
    return str(parsed.authserv_id), {str(each.result).lower() for each in results if each.method.lower() == "dmarc"}
