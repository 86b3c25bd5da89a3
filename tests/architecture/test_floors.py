"""What the import linter cannot see: migrations, templates and addresses lean on lower floors only, too."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.floors import FLOORS, ROOT, leans_down

TEMPLATES = sorted((ROOT / "palabre").rglob("templates/**/*.html"))
TAG = re.compile(r"{%\s*(load|url|include|extends|partial)\s+(.*?)%}")


def rooms_named(kind: str, words: str) -> set[str]:
    """The rooms that a template tag leans on."""
    if kind == "load":
        return {room for library in words.split() for room in FLOORS if (libraries(room) / f"{library}.py").exists()}
    found = re.match(r"""["']([\w-]+)[:/]""", words.strip())
    return {found[1]} if found else set()


def libraries(room: str) -> Path:
    return ROOT / "palabre" / room / "templatetags"


def test_every_room_is_on_the_plan():
    rooms = {path.name for path in (ROOT / "palabre").iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(FLOORS)


def test_every_room_says_in_its_docstring_what_it_is():
    for room in FLOORS:
        words = (ROOT / "palabre" / room / "__init__.py").read_text()
        assert words.startswith('"""'), room
        assert len(words) > 30, room


def test_migrations_lean_on_lower_floors_only():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    wrong = [
        (key, parent.key)
        for key, node in graph.node_map.items()
        for parent in node.parents
        if key[0] in FLOORS and not leans_down(key[0], parent.key[0])
    ]
    assert wrong == []


def test_models_lean_on_lower_floors_only():
    wrong = [
        (model, field.related_model)
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        and not leans_down(model._meta.app_label, field.related_model._meta.app_label)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "palabre")))
def test_a_template_leans_on_lower_floors_only(path):
    room = path.relative_to(ROOT / "palabre").parts[0]
    wrong = [
        (kind, words)
        for kind, words in TAG.findall(path.read_text())
        for other in rooms_named(kind, words)
        if not leans_down(room, other)
    ]
    assert wrong == []


def test_signals_and_generic_keys_are_used_nowhere():
    banned = re.compile(r"django\.db\.models\.signals|GenericForeignKey")
    assert not [path for path in (ROOT / "palabre").rglob("*.py") if banned.search(path.read_text())]


def test_what_parts_the_words_of_a_line_is_never_typed():
    """The stylesheet sets the dots between them (`.dots`), and none stays at the end of a line; letters have none."""
    letters = ("/letters/", "/mail/letter", "/mail/digest", "/mail/frame")
    within = r"(?:\s*\{% block \w+ %\}.*?\{% endblock %\})?"
    title = re.compile(r"<title>.*?</title>|\{% block (?:title|subject) %\}" + within + r".*?\{% endblock %\}", re.S)
    typed = {
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES
        if not any(name in path.as_posix() for name in letters)
        if "·" in title.sub("", path.read_text())
    }
    assert typed == set()
