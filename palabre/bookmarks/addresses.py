"""When two addresses are one: how a page is named whatever the way by which people came to it."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

LONGEST = 2000

# What campaigns, social networks and mail tools add to addresses to know who came from where.
TRACKING = re.compile(
    r"(utm|mtm|matomo|pk|piwik|at|hsa|oly|mc|stm|trk|cm_mmc|ns)_\w+|_hs\w+|hsctatracking|_ga|_gl|_openstat|"
    r"(fb|g|d|gb|ms|tw|tt|y|gc|wick)(cl|ra)id|wbraid|gad_\w+|gclsrc|li_fat_id|igshid|igsh|mkt_tok|vero_(id|conv)|s_cid|"
    r"xtor|spm|wt_mc|cmpid|ref_src|ref_url|epik|rb_clickid|share_id|si",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[^\s/@:]+\.[^\s/@:]{2,}(:\d+)?([/?#]|$)")


def readable(typed: str) -> str | None:
    """The web address that somebody typed or pasted, `https://` added where it is left out; None if it is none."""
    address = typed.strip()
    if not _SCHEME.match(address):
        if not _HOST.match(address):
            return None
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    if (
        not parts.hostname
        or parts.username is not None
        or len(address) > LONGEST
        or re.search(r"[\s\x00-\x1f]", address)
    ):
        return None
    return address


def canonical(address: str) -> str:
    """The key under which a page is kept once: no scheme, `www.`, default port, tracking, fragment or final slash.

    `address` is a web address (`readable`). The key is not an address to go to.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = host.lower()
    host = host.removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = _spelled(parts.path).rstrip("/")
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    # An application that names its pages after `#!` or `#/` shows another page there.
    page = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{port}{path}{query}{page}"[:LONGEST]


def without_tracking(address: str) -> str:
    """The same address to go to, without what told where one came from."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not TRACKING.fullmatch(pair[0])]
    return address if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)).geturl()


def is_same_site(address: str, other: str) -> bool:
    """Whether a page may speak for the other's name: the same host, `www.` and `m.` apart."""
    hosts = {re.sub(r"^(www|m|amp)\.", "", (urlsplit(each).hostname or "").lower()) for each in (address, other)}
    return len(hosts) == 1


def site(address: str) -> str:
    """The host as people say it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _spelled(path: str) -> str:
    """One spelling of a path: signs that need no encoding without, others with capital digits."""

    def spell(found: re.Match[str]) -> str:
        sign = chr(int(found[1], 16))
        return sign if sign in _UNRESERVED else found[0].upper()

    return _ENCODED.sub(spell, quote(path, safe="/%:@!$&'()*+,;=~"))
