"""What is told keeps to the schema that receivers have (docs/webhooks.schema.json), in every shape it takes."""

import json
from pathlib import Path

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish, revise
from palabre.journal.models import Event
from palabre.tags.models import Tag
from palabre.talk.models import Comment, Gesture, Reaction
from palabre.webhooks import hearing, payload, vocabulary

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = json.loads((DOCUMENTED / "webhooks.schema.json").read_text())
TYPES = {"string": str, "integer": int, "object": dict, "array": list, "null": type(None), "boolean": bool}


def troubles(value, schema, where="message"):
    """Where a value leaves the schema, or says what the schema does not know: the part of JSON Schema used here."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [list(troubles(value, each, where)) for each in schema["anyOf"]]
        yield from min(found, key=len)
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not isinstance(value, tuple(TYPES[name] for name in names)):
        yield f"{where}: {value!r} is no {names}"
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        yield from (f"{where}.{name} is not documented" for name in value if name not in known)
        for name, inner in known.items():
            if name in value:
                yield from troubles(value[name], inner, f"{where}.{name}")
    for each in value if isinstance(value, list) else ():
        yield from troubles(each, schema.get("items", {}), f"{where}[]")


@pytest.fixture
def happened(world, hook):
    """All that a webhook hears of a day in which much happened, as messages."""
    webhook, _secret = hook("reseau")
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    space = world.spaces["reseau"]
    page = publish("page", space, world.coumba, "Le plan", "Texte. #fibre")
    revise(page, world.coumba, "Le plan", "Autre texte.", based_on=1)
    said = Comment.say(page, world.marc, f"Voir @{world.awa.handle}.")
    Comment.say(page, world.awa, "Vu.", parent=said)
    taken_back = Comment.say(page, world.awa, "Un mot de trop.")
    taken_back.delete_by(world.awa)
    Reaction.toggle(page, said, Gesture.AGREE, world.coumba)
    Tag.objects.made(["gaine"])["gaine"].put_on(page, world.marc)
    lifecycle.archive(page, world.marc)
    lost = publish("post", space, world.coumba, "Un billet", "Texte.")
    lifecycle.trash(lost, world.marc)
    events = list(Event.objects.filter(pk__gt=before).order_by("pk"))
    return [json.loads(payload.told(heard)) for heard in hearing.of(webhook, events)] + [
        json.loads(payload.test(webhook))
    ]


def test_every_message_keeps_to_the_schema_and_says_nothing_else(happened):
    assert [trouble for message in happened for trouble in troubles(message, SCHEMA)] == []
    kinds = {message["type"] for message in happened}
    assert {"item.published", "item.commented", "item.reacted", "item.trashed", "webhook.test"} <= kinds
    assert any(message["data"].get("item", {}).get("gone") for message in happened)


def test_the_schema_would_notice(happened):
    message = happened[0]
    assert list(troubles(message | {"secret": "x"}, SCHEMA)) == ["message.secret is not documented"]
    assert list(troubles(message | {"version": 2}, SCHEMA)) == ["message.version: 2 is not 1"]


def test_no_address_of_mail_and_no_mention_of_who_reads_is_told(happened, world):
    told = json.dumps(happened)
    people = (world.marc, world.coumba, world.awa)
    assert [person.email for person in people if person.email in told] == []


def test_every_type_is_documented():
    page = (DOCUMENTED / "webhooks.md").read_text()
    assert [verb for verb in vocabulary.VERBS if f"`{verb}`" not in page] == []


def test_the_example_of_the_documentation_keeps_to_the_schema():
    page = (DOCUMENTED / "webhooks.md").read_text()
    example = json.loads(page.partition("```json\n")[2].partition("```")[0])
    assert list(troubles(example, SCHEMA)) == []
