"""What is taken off an answer, measured on mails of many programs: those of a public corpus, with what it expects.

It tells two things apart, and so does this: a reply without what it quotes (`standard_replies`, `html_replies`, where
the signature stays), and a text without its signature (`signature/emails/stripped`).
"""

import io
import re
from email import message_from_bytes, policy

import pytest

from palabre.mail.answers.markup import words_of
from palabre.mail.answers.quotation import without_quotation
from palabre.mail.answers.signature import without_signature

pytestmark = pytest.mark.corpus
MISSED: set[str] = set()  # the mails of the corpus of which we make something else than it expects
LEAST = 0.9
IN_HTML = "Hi. I am fine.\n\nThanks,\nAlex"


def lines(text):
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def letters(text):
    return re.sub(r"\s+", "", text)


def replies(folder):
    """(name, what we make of it, what is expected)"""
    for path in sorted((folder / "standard_replies").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        wanted = path.with_name(f"{path.stem}_reply_text")
        got = without_quotation(message.get_body(("plain",)).get_content())
        yield path.name, lines(got), lines(wanted.read_text() if wanted.exists() else "Hello")
    pages = {path.name: IN_HTML for path in sorted((folder / "html_replies").glob("*.html"))}
    for name, wanted in pages.items():
        yield name, letters(of_page(folder / "html_replies" / name)), letters(wanted)
    yield "OLK_SRC_BODY_SECTION.html", letters(of_page(folder / "OLK_SRC_BODY_SECTION.html")), "Reply"
    yield "reply-separated-by-hr.html", letters(of_page(folder / "reply-separated-by-hr.html")), "HithereBob"
    shared = message_from_bytes((folder / "reply-quotations-share-block.eml").read_bytes(), policy=policy.default)
    text = shared.get_body(("plain",)).get_content()
    yield "reply-quotations-share-block.eml", lines(without_quotation(text)), lines(own(text))
    page = shared.get_body(("html",)).get_content()
    got = without_quotation(words_of(io.BytesIO(page.encode())))
    yield "reply-quotations-share-block.eml (HTML)", letters(got), letters(own(text)).replace("JoeXXX", "JhonDoe")


def own(text):
    return text.partition("--- On")[0].replace("\u00a0", " ")


def of_page(path):
    return without_quotation(words_of(io.BytesIO(path.read_bytes())))


def signatures(folder):
    for path in sorted((folder / "signature/emails/stripped").glob("*_body")):
        said = {
            part: path.with_name(path.name.replace("_body", f"_{part}")).read_text() for part in ("sender", "signature")
        }
        text, signature = path.read_text().rstrip(), said["signature"].strip()
        wanted = text.removesuffix(signature) if signature else text
        yield path.name, lines(without_signature(text, said["sender"])), lines(wanted)


def test_nine_of_ten_mails_are_exactly_what_their_writer_wrote(corpus):
    folder = corpus("suite-email-replies") / "tests/fixtures"
    cases = [*replies(folder), *signatures(folder)]
    missed = {name for name, got, wanted in cases if got != wanted}
    print(f"{len(cases) - len(missed)} of {len(cases)} exact; not: {', '.join(sorted(missed)) or 'none'}")
    assert len(cases) == 31
    assert missed == MISSED
    assert len(missed) <= (1 - LEAST) * len(cases)
