"""SECURITY rows 4, 5 and 6: what somebody typed is data wherever it comes out: in a feed, a template, a letter."""

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

import palabre
from palabre.authoring.writing import publish
from palabre.feeds.sources import Source
from palabre.mail.letters import of_thing
from palabre.people import mail as letters
from palabre.people.forms import Enter, OrganisationForm, Profile
from palabre.people.invitations import invite
from palabre.people.models import Side
from palabre.people.tasks import carry
from palabre.signals.models import Signal
from palabre.spaces.forms import Described
from palabre.talk.models import Comment
from tests.security.test_links_tags_talk import _alive

TYPED = "{{ settings.SECRET_KEY }} {% load i18n %} ${7*7} #{7*7} <%= 7*7 %> ]]> <script>alert(1)</script> %(x)s"


@pytest.mark.parametrize("form", ["atom", "json"])
def test_a_feed_of_a_search_says_back_what_was_typed_and_runs_none_of_it(world, sign_in, form):
    """Row 4 (CVE-2025-24893): text of a search in a feed."""
    publish("page", world.spaces["maison"], world.awa, TYPED, TYPED, tags=["gamme"])
    client = sign_in(world.awa)
    for address in (Source.of("tag", keys="gamme").address(form), Source.of("search", [("q", TYPED)]).address(form)):
        answer = client.get(address)
        assert answer.status_code == 200 and "49" not in re.sub(r"[\d:TZ.-]{8,}|/\d+", "", answer.text)
        if form == "atom":
            said = "".join(ElementTree.fromstring(answer.content).itertext())
            assert "{{ settings.SECRET_KEY }}" in said, said


def test_nothing_typed_becomes_code():
    """Row 5 (CVE-2022-26134): no text is evaluated, and no template is made of one."""
    forbidden = {"eval", "exec", "compile", "from_string", "__import__"}
    named = set()
    for path in Path(palabre.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            bare = called.id if isinstance(called, ast.Name) else ""
            method = called.attr if isinstance(called, ast.Attribute) and called.attr == "from_string" else ""
            if {bare, method} & forbidden:
                named.add(path.name)
    assert named == set()


@pytest.mark.parametrize(
    "said", ["Awa\r\nBcc: tous@ailleurs.example", "Awa\u2028Bcc: x", "Awa\x0bBcc: x", "Awa\nBcc: x"]
)
def test_a_name_begins_no_line_in_the_head_of_a_letter(world, said):
    """Row 6: names are of one line, whatever was sent."""
    profile = Profile({"name": said}, instance=world.awa)
    assert profile.is_valid() and profile.cleaned_data["name"].startswith("Awa Bcc:")
    invitation, _link = invite(world.tom, "nouvelle@teranga.example", side=Side.COMPANY)
    for form in (
        Enter({"name": said, "password": "three words here"}, invitation=invitation),
        OrganisationForm({"name": said, "side": Side.PARTNER}),
        Described({"name": said, "purpose": "…", "language": "fr"}),
    ):
        form.is_valid()
        assert form.cleaned_data["name"].splitlines() == [form.cleaned_data["name"]], type(form).__name__


def test_what_came_in_by_another_way_adds_no_head_to_a_letter_and_refuses_none(world, hear, settings):
    """Row 6: a name that an import brought, a subject that a template made."""
    settings.EMAIL_HOST = "mail.example"
    letters.post("Sujet\r\nBcc: tous@ailleurs.example", "Texte.", "awa@teranga.example")
    carry.func(**ProcrastinateJob.objects.filter(task_name="people.carry").latest("pk").args)
    [message] = mail.outbox
    assert message.subject == "Sujet Bcc: tous@ailleurs.example" and message.recipients() == ["awa@teranga.example"]
    world.marc.name, world.spaces["maison"].name = "Marc\r\nBcc: un@ailleurs.example", "Ici\nBcc: deux@ailleurs.example"
    world.marc.save(), world.spaces["maison"].save()
    headed = _letter_about("Titre", world, hear).message().message()
    assert headed["Bcc"] is None and "Marc Bcc:" in headed["From"] and "Ici Bcc:" in headed["Subject"]


def test_no_script_lives_in_a_letter(world, hear):
    """Row 6 (CVE-2025-52559): titles, names and spaces in the preview that a letter is."""
    script = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'
    world.marc.name, world.spaces["maison"].name = script, script[:80]
    world.marc.save(), world.spaces["maison"].save()
    html = _letter_about(script, world, hear).html
    assert html.count("alert(1)") > 2 and _alive(html) == ["style"], "its own, and nothing else"


def _letter_about(title, world, hear):
    page = publish("page", world.spaces["maison"], world.awa, title, title)
    hear()
    Signal.objects.all().delete()
    Comment.say(page, world.marc, f"@{world.awa.handle} {title}")
    hear()
    return of_thing(world.awa, list(Signal.objects.of(world.awa)))
