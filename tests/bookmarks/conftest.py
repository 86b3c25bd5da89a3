"""An outside world of one site, and a space to keep its pages in."""

import pytest

from tests.kit.outside import outside_server

PAGE = """<!doctype html><html lang="fr"><head><title>L’observatoire — accueil</title>
<meta property="og:title" content="L’observatoire de la fibre"><meta property="og:site_name" content="L’observatoire">
<meta property="og:description" content="Ce que mesurent les installateurs.">{more}</head>
<body><nav>Menu Accueil Contact</nav><article><h1>L’observatoire</h1><p>{text}</p></article>
<script>alert(1)</script></body></html>"""
TEXT = "Les délais de raccordement ont baissé de neuf jours depuis janvier dans toute la région de Thiès. " * 3


def html(more="", text=TEXT):
    return PAGE.format(more=more, text=text)


@pytest.fixture
def outside(settings):
    with outside_server() as server:
        settings.PALABRE_OUTBOUND_ALLOW = [server.host]
        server["/page"] = html()
        yield server


@pytest.fixture
def space(world):
    return world.spaces["reseau"]
