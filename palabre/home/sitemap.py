"""What search engines are told: the public spaces and what stands in them, and where not to look."""

from xml.etree import ElementTree

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from palabre.items.models import Item, address
from palabre.spaces.models import Space

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 49_000
NOT_FOR_ROBOTS = ("/account/", "/search/", "/write/", "/way/")


@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: what a stranger may read, whoever asks."""
    stranger = AnonymousUser()
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    _add(root, request.build_absolute_uri("/"))
    for space in Space.objects.visible_to(stranger).open():
        _add(root, request.build_absolute_uri(space.get_absolute_url()))
    items = Item.objects.visible_to(stranger).published().order_by("-published_at", "-id")
    for pk, kind, title, updated_at in items.values_list("pk", "kind", "title", "updated_at")[:MOST]:
        _add(root, request.build_absolute_uri(address(kind, pk, title)), updated_at.date().isoformat())
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/xml")


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _add(root: ElementTree.Element, location: str, modified: str = "") -> None:
    url = ElementTree.SubElement(root, "url")
    ElementTree.SubElement(url, "loc").text = location
    if modified:
        ElementTree.SubElement(url, "lastmod").text = modified
