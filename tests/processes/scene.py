"""What clients of the real processes act on, made in the instance itself: a session, items, a large file.

Run by `palabre manage shell`; the last line it prints is JSON.
"""

import io
import json

from django.test import Client
from PIL import Image

from palabre.authoring.files.keeping import attach
from palabre.authoring.writing import publish
from palabre.people.models import Person
from palabre.spaces.models import Space

coumba, space = Person.objects.get(handle="coumba"), Space.objects.get(slug="reseau")
items = [publish("page", space, coumba, f"Tranchée {number}", "Rien encore.\n") for number in range(4)]
line = b"Une ligne d'un long journal de chantier.\n"
large = attach(items[0], coumba, "journal.txt", iter([line * 25_000] * 20))
noise = io.BytesIO()
Image.effect_noise((1000, 1000), 100).convert("RGB").save(noise, "PNG")
picture = attach(items[0], coumba, "bruit.png", iter([noise.getvalue()]))


def session(person):
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


print(
    json.dumps(
        {
            "session": session(coumba),
            "reader": session(Person.objects.get(handle="awa")),
            "items": [item.pk for item in items],
            "space": space.slug,
            "large": large.get_absolute_url(),
            "size": large.size,
            "picture": picture.get_absolute_url(),
        }
    )
)
