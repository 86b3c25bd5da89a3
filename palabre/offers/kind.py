"""Offers as a kind."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from palabre.items.kinds import Kind, register
from palabre.journal.verbs import Verb, did
from palabre.offers.models import Offer

CONCERNED = ("owner", "author", "followers")


def in_few_words(keys: Sequence[int]) -> dict[int, str]:
    """Whether one can have each."""
    return {offer.pk: str(offer.get_standing_display()) for offer in Offer.objects.filter(pk__in=keys)}  # type: ignore[attr-defined]


OFFER = register(
    Kind(
        name="offer",
        path="offers",
        label=_("Offer"),
        label_plural=_("Offers"),
        icon="package",
        template="offers/show.html",
        facet=Offer,
        written=True,
        beside=in_few_words,
        verbs=(
            Verb(
                "offer_offered", loud=True, changes_text=True, concerns=CONCERNED, says=did("%(who)s made it available")
            ),
            Verb("offer_withdrawn", loud=True, changes_text=True, concerns=CONCERNED, says=did("%(who)s withdrew it")),
            Verb("offer_preparing", changes_text=True),
        ),
        order=60,
    )
)
