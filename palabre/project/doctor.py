"""The doctor: what is set, what is wrong, in sentences; first the instance itself, then what the rooms offer."""

import os
import re
import shutil
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection
from django.db.models import Max, Q
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from palabre.kit.checkup import Checkup, Finding, bad, checkups, good, note
from palabre.kit.clock import now
from palabre.people.passkeys import machine
from palabre.project import schema
from palabre.project.answering import answers
from palabre.project.privacy import too_open
from palabre.project.trouble import Trouble
from palabre.project.whereabouts import Whereabouts, find

OURS = {"PORT", "HOST", "DATABASE_URL"}
INNER = {"PALABRE_SUPERVISOR"}
READ_IN = ("settings.py", "signing_in.py")
LEAST_SPACE = 1_000_000_000  # bytes
HEARTBEAT = timedelta(seconds=45)  # the worker's heart beats every 10 seconds
PATIENCE = timedelta(minutes=5)  # for a job that is due


def examine() -> Iterator[tuple[str, Finding]]:
    """Name and finding, one after the other; a check-up that fails is a finding itself."""
    own: dict[str, Checkup] = {
        "Settings": of_settings,
        "Data": of_data,
        "Database": of_database,
        "Processes": of_processes,
        "Jobs": of_jobs,
        "Mail": of_mail,
    }
    for name, look in (own | checkups()).items():
        try:
            for finding in look():
                yield name, finding
        except DatabaseError as error:
            yield name, bad(f"the database says: {str(error).strip().splitlines()[0]}")


def known_settings() -> set[str]:
    """Every variable Palabre listens to; docs/settings.md says what each is for."""
    return OURS.union(*(re.findall(r"PALABRE_[A-Z_]+", Path(__file__).with_name(name).read_text()) for name in READ_IN))


def of_settings() -> Iterator[Finding]:
    """What the environment says, and whether Palabre listens to it."""
    known = known_settings()
    given = {name for name in os.environ if (name in OURS or name.startswith("PALABRE_")) and name not in INNER}
    for name in sorted(given & known):
        yield note(f"{name}={_shown(name, os.environ[name])}")
    for name in sorted(given - known):
        yield bad(f"{name} is set, but there is no such setting")
    if settings.DEBUG:
        yield bad("PALABRE_DEBUG is on: errors show their insides to everyone")
    host = urlsplit(settings.ADDRESS).hostname or ""
    number = machine(host)
    at_home = host == "localhost" or (number is not None and number.is_loopback)
    if settings.ADDRESS.startswith("http:") and not at_home:
        yield bad(f"{settings.ADDRESS} is not encrypted: passwords travel in the clear")
    if settings.ADDRESS.startswith("https:"):
        if not settings.LIVE_ADDRESS:
            yield bad("PALABRE_LIVE_ADDRESS is not set: behind a proxy, browsers do not find the live process")
        if not settings.PALABRE_PROXIES:
            yield bad("PALABRE_PROXIES is not set: behind a proxy, wrong passwords of one keep everybody out")
    if number and at_home:
        yield note(f"passkeys are bound to a name: they are made and used at http://localhost:{settings.PORT}")
    elif number:
        yield note("passkeys are bound to a name, and PALABRE_ADDRESS is a number: nobody can make one here")
    yield good(f"the address is {whereabouts().address}")


def of_data() -> Iterator[Finding]:
    """The data folder, who may look into it, its disk."""
    free = shutil.disk_usage(settings.DATA).free
    if not os.access(settings.DATA, os.W_OK):
        yield bad(f"{settings.DATA} cannot be written")
    elif free < LEAST_SPACE:
        yield bad(f"{settings.DATA} has only {free / 1e6:.0f} MB left")
    else:
        yield good(f"{settings.DATA}, {free / 1e9:.0f} GB left")
    for path in too_open(settings.DATA):
        yield bad(f"{path} can be read by others: palabre serve puts it right, if it may")


def of_database() -> Iterator[Finding]:
    """Its version and its tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    yield good(f"PostgreSQL {version}, {size}")
    try:
        pending = schema.pending()
    except Trouble as trouble:
        yield bad(str(trouble))
    else:
        yield bad(f"{len(pending)} migrations to apply: palabre serve does") if pending else good("tables up to date")


def of_processes() -> Iterator[Finding]:
    """Whether web and live answer and the worker lives; alone, without a server, nothing of this is an illness."""
    here = whereabouts()
    answering = {"web": answers(here.host, here.port), "live": answers(here.host, here.live_port)}
    beat = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    answering["worker"] = bool(beat and now() - beat < HEARTBEAT)
    if not any(answering.values()):
        yield note("nothing is being served")
        return
    for name, does in answering.items():
        yield good(f"{name} answers") if does else bad(f"{name} does not answer")


def whereabouts() -> Whereabouts:
    """Where Palabre should answer: as this environment has it if it names a port, else as the one that runs has it."""
    ours = Whereabouts(settings.HOST, settings.PORT, settings.LIVE_PORT, settings.ADDRESS)
    return ours if os.environ.get("PORT") else find(settings.DATA) or ours


def of_jobs() -> Iterator[Finding]:
    """Jobs that wait too long, and jobs that were given up."""
    waiting = ProcrastinateJob.objects.filter(status="todo")
    long_ago = now() - PATIENCE
    due = waiting.filter(Q(scheduled_at=None) | Q(scheduled_at__lt=long_ago))
    overdue = due.filter(procrastinateevent__at__lt=long_ago).distinct().count()
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if overdue:
        yield bad(f"{overdue} jobs have waited for more than {PATIENCE.seconds // 60} minutes: is a worker running?")
    if failed:
        given_up = "1 job has failed and was" if failed == 1 else f"{failed} jobs have failed and were"
        yield note(f"{given_up} given up: palabre manage procrastinate shell")
    if not overdue:
        number = waiting.count()
        yield good(f"{number} job waits" if number == 1 else f"{number} jobs wait")


def of_mail() -> Iterator[Finding]:
    """Whether the mail server lets us in."""
    if not settings.EMAIL_HOST:
        yield note("no mail server is set (PALABRE_MAIL_HOST): invitations are shown to who invites")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    given = bool(settings.EMAIL_HOST_USER), bool(settings.EMAIL_HOST_PASSWORD)
    if any(given) and not all(given):
        yield bad(f"{server} is told no name and password: set both PALABRE_MAIL_USER and PALABRE_MAIL_PASSWORD")
        return
    if not f"{settings.EMAIL_HOST_USER}{settings.EMAIL_HOST_PASSWORD}".isascii():
        yield bad(f"{server} cannot be told PALABRE_MAIL_USER and PALABRE_MAIL_PASSWORD: mail takes plain ASCII there")
        return
    try:
        with mail.get_connection():
            yield good(f"{server} lets us in")
    except OSError as error:  # as all errors of mail and of TLS are
        yield bad(f"{server} does not let us in: {_refusal(error)}")
        return
    if all(given) and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and not _is_here(settings.EMAIL_HOST):
        yield bad(f"{server} is told our password without encryption: set PALABRE_MAIL_TLS")


def _refusal(error: OSError) -> str:
    """What is to be done about it, in one line. Django speaks to the server; its refusals are known by their names."""
    match type(error).__name__:
        case "SMTPAuthenticationError":
            return f"it refuses PALABRE_MAIL_USER and PALABRE_MAIL_PASSWORD ({error.args[0]})"
        case "SSLCertVerificationError":
            return (
                f"its certificate is not to be trusted ({getattr(error, 'verify_message', error)}); "
                "one of your own making is trusted when SSL_CERT_FILE names it"
            )
        case "SMTPNotSupportedError" if "STARTTLS" in str(error):
            return "it offers no STARTTLS: set PALABRE_MAIL_TLS to 1, or another port"
        case "SMTPNotSupportedError":
            return "it takes no name and password here: set PALABRE_MAIL_TLS to start or 1"
        case _ if isinstance(error, ssl.SSLError):
            return "it does not speak TLS from the first byte: set PALABRE_MAIL_TLS to start, or another port"
        case "SMTPServerDisconnected" | "TimeoutError":
            return "it says nothing that we understand: is PALABRE_MAIL_TLS right for this port?"
    return " ".join(str(error).split())


def _is_here(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _shown(name: str, value: str) -> str:
    if name == "DATABASE_URL":
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", value)
    return "…" if re.search("KEY|PASSWORD|SECRET", name) else value
