"""The files of the demo world, drawn and written here: a map, a trace, a leaflet, a table, a letter."""

import io
import math
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

ODT = "application/vnd.oasis.opendocument.text"
PAPER, INK, GREEN, RED = "#fbf8f2", "#2b2620", "#2f6b4f", "#b5502f"


@dataclass(frozen=True)
class Drawing:
    """A file by the name people see, and the function that makes its bytes."""

    name: str
    make: Callable[[], bytes]


def ring() -> bytes:
    """The ring of Thiès, two exchanges and five districts, as one would draw it on a napkin."""
    image = Image.new("RGB", (960, 600), PAPER)
    pen = ImageDraw.Draw(image)
    pen.ellipse((180, 110, 780, 490), outline=GREEN, width=9)
    for turn, name in enumerate(("Escale", "Thiès Nord", "Médina Fall", "Randoulène", "Keur Issa")):
        angle = math.tau * turn / 5 - 1.2
        x, y = 480 + 300 * math.cos(angle), 300 + 190 * math.sin(angle)
        pen.ellipse((x - 16, y - 16, x + 16, y + 16), fill=RED if name == "Keur Issa" else GREEN)
        pen.text((x + 24, y - 8), name, fill=INK)
    pen.text((430, 292), "24 km", fill=INK)
    return _png(image)


def trace() -> bytes:
    """An OTDR trace: a slope, a splice, a connector, an end."""
    image = Image.new("RGB", (960, 420), PAPER)
    pen = ImageDraw.Draw(image)
    for line in range(60, 420, 60):
        pen.line((40, line, 940, line), fill="#e4dccd")
    points, level = [], 90.0
    for x in range(40, 900):
        level += 0.22 + (14 if x == 360 else 0) + (9 if x == 610 else 0) + (160 if x == 840 else 0)
        points.append((x, level - (70 if x in (608, 609, 838, 839) else 0)))
    pen.line(points, fill=GREEN, width=3)
    for x, name in ((345, "splice"), (590, "connector"), (820, "end")):
        pen.text((x, 340), name, fill=INK)
    return _png(image)


def leaflet() -> bytes:
    """A PDF of one page, written by hand: three lines for the glove box."""
    lines = ("Raccorder sans revenir", "Un repère, une signature, un créneau.", "Sous -27 dBm, on ne part pas.")
    text = "\n".join(
        f"BT /F1 {24 if not n else 15} Tf 72 {740 - 40 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)
    )
    stream = text.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)


def table() -> bytes:
    """An ODT with what the copper cost, quarter by quarter."""
    lines = ("Cuivre de Thiès, relevés par trimestre", "Énergie 3,4 ; 3,6 ; 3,7 ; 3,9", "Vols 1,2 ; 1,9 ; 2,0 ; 2,2")
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    return _zip(
        ("mimetype", ODT),
        (
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.3"><office:body>'
            f"<office:text>{paragraphs}</office:text></office:body></office:document-content>",
        ),
        (
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{ODT}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        ),
    )


def letter() -> bytes:
    """A DOCX: the letter to the building manager, ready to be signed."""
    lines = (
        "Objet : passage d’un câble de fibre optique",
        "Fait à Thiès, en deux exemplaires.",
        "Signature du syndic :",
    )
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return _zip(
        (
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        ),
        (
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        ),
        (
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>',
        ),
    )


DRAWINGS = {
    "carte": Drawing("anneau-de-thies.png", ring),
    "trace": Drawing("otdr-trace.png", trace),
    "guide": Drawing("raccorder-sans-revenir.pdf", leaflet),
    "tableau": Drawing("cuivre-par-trimestre.odt", table),
    "lettre": Drawing("lettre-au-syndic.docx", letter),
}


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _zip(*members: tuple[str, str]) -> bytes:
    """An archive that is the same whenever it is made."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content)
    return written.getvalue()
