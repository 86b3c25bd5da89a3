"""A storage of its own for each test, and files to put there."""

import io

import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def of_its_own(storage):
    """Every test of this room has a storage of its own."""


@pytest.fixture
def photo():
    """A photograph of 1200 by 800 pixels, taken somewhere."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (14.0, 43.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def noise():
    """A picture that no coding makes small, 1000 pixels wide."""
    out = io.BytesIO()
    Image.effect_noise((1000, 1000), 100).convert("RGB").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def page(db, world):
    """A page of the team's space, by its contributor."""
    from palabre.authoring.writing import publish

    return publish("page", world.spaces["reseau"], world.coumba, "Plan de la tranchée", "Voir le plan joint.\n")
