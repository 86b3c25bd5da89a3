"""Files made to hurt, and honest ones beside them, built in memory."""

import io
import zipfile
import zlib

from palabre.authoring.files.extraction import DOCX, ODT

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def archive(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def docx(*paragraphs: str, before: str = "") -> bytes:
    """Each paragraph is split in two runs, as word processors do in the middle of a word."""
    runs = "".join(
        f"<w:p><w:r><w:t>{p[: len(p) // 2]}</w:t></w:r><w:r><w:t>{p[len(p) // 2 :]}</w:t></w:r></w:p>"
        for p in paragraphs
    )
    body = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{runs}</w:body></w:document>'
    return archive(
        {"[Content_Types].xml": f"<Types><Default ContentType='{DOCX}'/></Types>", "word/document.xml": body}
    )


def odt(*paragraphs: str) -> bytes:
    lines = "".join(f"<text:p>{line}</text:p>" for line in paragraphs)
    spaces = f'xmlns:office="{OPEN}office:1.0" xmlns:text="{OPEN}text:1.0"'
    body = f"<office:document {spaces}><office:body>{lines}</office:body></office:document>"
    return archive({"mimetype": ODT, "content.xml": body})


def pdf(line: str, content: bytes | None = None) -> bytes:
    """One page with one line in Helvetica, or with a content stream of one's own."""
    stream = zlib.compress(
        content if content is not None else f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode("latin-1"), 9
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(out)


BILLION_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
OUTSIDE_ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def zip_bomb() -> bytes:
    return archive({"word/document.xml": b"<a>" + b" " * 300_000_000})


def lying_zip_bomb() -> bytes:
    """Its directory says the member is small."""
    packed = bytearray(zip_bomb())
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(packed)


def crowded_zip() -> bytes:
    return archive({f"word/{n}.xml": "" for n in range(5000)})


def pdf_bomb() -> bytes:
    return pdf("", content=b" " * 600_000_000)


def endless_pdf() -> bytes:
    """A small file whose page takes ages: millions of operators."""
    return pdf("", content=b"BT /F1 12 Tf " + b"(x) Tj 1 0 Td " * 5_000_000 + b"ET")
