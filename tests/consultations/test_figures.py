"""Figures are read as those write them who answer, in either language."""

import pytest
from django.utils.translation import override

from palabre.consultations.figures import figure, row
from palabre.consultations.models import Consultation, Response


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [("12500", 12500, 12500), ("12 500", 12500, 12500), ("12\u202f500", 12500, 12500), ("12,500", 12.5, 12500),
     ("12.500", 12500, 12.5), ("12,5", 12.5, 12.5), ("12.5", 12.5, 12.5), ("0,125", 0.125, 0.125),
     ("0.125", 0.125, 0.125), ("1,250,000", None, 1250000), ("1.250.000", 1250000, None), ("12,500.50", None, 12500.5),
     ("12.500,50", 12500.5, None), ("-3", -3, -3), ("12,34,56", None, None), ("1e5", None, None), ("١٢", None, None),
     ("", None, None), ("9" * 13, None, None)],
)  # fmt: skip
def test_the_comma_of_one_language_groups_the_thousands_of_the_other(typed, french, english):
    for language, meant in (("fr", french), ("en", english)):
        with override(language):
            assert figure(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("5000 8000 12000", [5000, 8000, 12000]), ("5 000; 7 500; 10 000", [5000, 7500, 10000]), ("5, 8, 12", [5, 8, 12]),
     ("5 €; 7,50 €; 10 €", [5, 7.5, 10]), ("12\n8\n5", [12, 8, 5]), ("10 000 12 500 15 000", None),
     ("5 000 7 500", None), ("1 500 2 500", None), ("5,8,12", None), ("cher", [])],
)  # fmt: skip
def test_no_thousands_of_a_price_are_taken_for_a_price(typed, meant):
    with override("fr"):
        assert row(typed) == meant


def test_a_price_in_english_is_what_it_says_and_comes_back_as_it_is_read(opened, answered, client):
    consultation = opened("price")
    prices = {"too_cheap": "7,500", "cheap": "9,000.5", "expensive": "12,500", "too_expensive": "15,000"}
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answered(consultation, None, prices, client=client)
    kept = {"too_cheap": 7500, "cheap": 9000.5, "expensive": 12500, "too_expensive": 15000}
    assert Response.objects.get().said == kept
    again = f"/consultations/{consultation.pk}/answer/?at=too_cheap"
    assert 'value="9000.5"' in client.get(again).content.decode()
    assert 'value="9000,5"' in client.get(again, headers={"Accept-Language": "fr"}).content.decode()


def test_prices_that_cannot_be_told_apart_are_asked_for_again(world, sign_in):
    told = {"space": "le-fil", "name": "la box", "unit": "F CFA", "prices": "10 000 12 500 15 000"}
    response = sign_in(world.marc).post("/consultations/new/ladder/", told)
    assert response.status_code == 422 and "points-virgules" in response.content.decode()
    assert 'value="10 000 12 500 15 000"' in response.content.decode() and not Consultation.objects.exists()
