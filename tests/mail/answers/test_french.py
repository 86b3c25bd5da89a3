"""What French mail programs put below an answer, and above it; on mails written for this."""

import pytest

from palabre.mail.answers.quotation import without_quotation
from palabre.mail.answers.signature import without_signature

OWN = "D'accord pour vendredi.\n\nJe prends l'échelle."
LETTER = [
    "Marc a commenté Le plan d’adressage",
    "",
    "Qui vient vendredi ?",
    "",
    "Répondre : https://palabre.example/c/1/",
]
QUOTED = "\n".join(f"> {line}".rstrip() for line in LETTER)
PLAIN = "\n".join(LETTER)
HOUSE = "Palabre <reply+abc@palabre.example>"

QUOTATIONS = {
    "Gmail": f"Le ven. 27 nov. 2026 à 14:02, {HOUSE} a\nécrit :\n\n{QUOTED}",
    "Gmail, sans retour à la ligne": f"Le ven. 27 nov. 2026 à 14:02, {HOUSE} a écrit :\n\n{QUOTED}",
    "Gmail, espaces insécables": f"Le\u00a0ven. 27 nov. 2026 à\u00a014:02, {HOUSE} a écrit\u202f:\n\n{QUOTED}",
    "Apple Mail": f"> Le 27 nov. 2026 à 14:02, {HOUSE} a écrit :\n>\n{QUOTED}",
    "Apple Mail, plus ancien": f"Le 27 nov. 2026 à 14:02, Palabre a écrit :\n\n{QUOTED}",
    "Thunderbird": f"Le 27/11/2026 à 14:02, Palabre a écrit :\n{QUOTED}",
    "Outlook": (
        f"De : {HOUSE}\nEnvoyé : vendredi 27 novembre 2026 14:02\nÀ : Awa Ndiaye <awa@teranga.example>\n"
        f"Objet : Re: Le plan d’adressage\n\n{PLAIN}"
    ),
    "Outlook, en gras": (
        f"________________________________\n*De :* {HOUSE}\n*Envoyé :* vendredi 27 novembre 2026 14:02\n"
        f"*À :* Awa Ndiaye\n*Objet :* Le plan\n\n{PLAIN}"
    ),
    "Outlook pour téléphone": (
        f"________________________________\nDe : {HOUSE}\nEnvoyé : Friday, November 27, 2026 2:02:11 PM\n"
        f"À : Awa Ndiaye <awa@teranga.example>\nObjet : Le plan d’adressage\n\n{PLAIN}"
    ),
    "Message d’origine": f"-----Message d'origine-----\nDe : Palabre\nEnvoyé : vendredi\n\n{PLAIN}",
    "Webmail": f"----- Message original -----\nDe: {HOUSE}\nÀ: awa@teranga.example\n\n{PLAIN}",
    "Orange": f"> Message du 27/11/26 14:02\n> De : {HOUSE}\n> A : awa@teranga.example\n> Objet : Le plan\n>\n{QUOTED}",
    "Yahoo": f"Le vendredi 27 novembre 2026 à 14:02:11 UTC+1, {HOUSE} a écrit :\n\n\n{PLAIN}",
    "Outlook sur le web, en anglais": f"From: {HOUSE}\nSent: Friday, 27 November\nTo: Awa\nSubject: x\n\n{PLAIN}",
    "Gmail, en anglais": f"On Fri, Nov 27, 2026 at 2:02 PM {HOUSE}\nwrote:\n\n{QUOTED}",
}


@pytest.mark.parametrize("program", QUOTATIONS)
def test_the_letter_that_is_answered_is_left_out(program):
    assert without_quotation(f"{OWN}\n\n{QUOTATIONS[program]}\n") == OWN


@pytest.mark.parametrize("program", ["Thunderbird", "Gmail", "Apple Mail, plus ancien"])
def test_an_answer_below_the_letter_stands_alone(program):
    assert without_quotation(f"{QUOTATIONS[program]}\n\n{OWN}\n") == OWN


def test_what_is_answered_point_by_point_stays_with_its_answers():
    mail = (
        "Bonjour,\n\nLe 27/11/2026 à 14:02, Marc a écrit :\n> Qui vient vendredi ?\n>> Et jeudi ?\nMoi.\n\n"
        "> Qui prend l’échelle ?\nMarc.\n\n> À bientôt\n> Marc\n"
    )
    assert without_quotation(mail) == ("Bonjour,\n\n> Qui vient vendredi ?\n\nMoi.\n\n> Qui prend l’échelle ?\n\nMarc.")


SIGNATURES = {
    "Tirets": "-- \nAwa Ndiaye\nResponsable réseau\n+221 33 800 00 00",
    "Tirets sans espace": "--\nAwa Ndiaye",
    "iPhone": "Envoyé de mon iPhone",
    "iPad": "Envoyé depuis mon iPad",
    "Téléphone": "Envoyé à partir de mon téléphone Galaxy.",
    "Outlook pour Android": "Télécharger Outlook pour Android<https://aka.ms/x>",
    "Outlook pour iOS": "Envoyé à partir de Outlook pour iOS<https://aka.ms/x>",
    "Orange": "Envoyé depuis l’application Mail Orange",
    "Windows": "Provenance : Courrier pour Windows",
    "Cordialement": "Cordialement,\nAwa Ndiaye",
    "Bien à vous": "Bien à vous,\n\nAwa Ndiaye\nResponsable réseau · Teranga Fibre\nTél. 33 800 00 00",
    "Merci": "Merci d’avance !\nAwa",
    "Nom": "Awa Ndiaye\nTeranga Fibre\nawa@teranga.example\nhttps://teranga.example",
    "Nom, en capitales": "Awa NDIAYE",
    "Deux": "Bonne journée,\nAwa\n\nEnvoyé de mon iPhone",
    "Filet": "_______________\nAwa Ndiaye\nTeranga Fibre\nTél : 33 800 00 00\nwww.teranga.example",
}


@pytest.mark.parametrize("kind", SIGNATURES)
def test_the_signature_is_left_out(kind):
    assert without_signature(f"{OWN}\n\n{SIGNATURES[kind]}\n", "Awa Ndiaye", "awa@teranga.example") == OWN


KEPT = [
    "Merci,\nAwa",
    "Awa Ndiaye",
    "Oui.\n\nAwa s’en occupe ?",
    "Oui.\n\nAwa ne vient pas, elle me l’a dit hier.\nElle viendra lundi.",
    "Le prix :\n\n-- 40 000 la fibre\n-- 15 000 la pose",
    "À acheter :\n- une échelle\n- du câble",
    "Appelez le syndic au 33 800 00 00, il répond le matin.",
    "Le client nous a écrit ceci :\n\nil attend depuis mardi.",
    "De : la gare\nÀ : la mairie\n\ndeux poteaux manquent.",
    "Le 12/10/2026, le client a écrit :\n\n« Toujours rien. »\n\nJe le rappelle.",
    "Voici le relevé :\n\n=====\ncolonne : 12\nligne :  4",
    "On se voit à 14:30, comme dit Marc :\nprès du poteau.",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_it_stays(text):
    assert without_signature(without_quotation(text), "Awa Ndiaye", "awa@teranga.example") == text


def test_a_long_mail_is_read_in_no_time():
    from time import process_time

    long = "Le plan et la suite " * 20 + "\n"
    begun = process_time()
    without_signature(without_quotation(long * 2_000 + "> a\n" * 5_000 + "De :\n" * 5_000), "Awa")
    without_signature(without_quotation("Le " + "a" * 200_000 + " a écrit"), "Awa")
    without_signature(without_quotation("- " * 100_000 + "x"), "Awa")
    without_quotation("\n".join(["-" * 500] * 2_000))
    assert process_time() - begun < 20, "the time of a mail grows with the square of its length"
