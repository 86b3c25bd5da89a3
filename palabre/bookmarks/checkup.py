"""Whether what the operator opens beyond the web is written as it is read."""

from collections.abc import Iterator

from palabre.kit.checkup import Finding, bad, checkup, good, note


@checkup("Outside")
def outside() -> Iterator[Finding]:
    """Hosts and networks of `PALABRE_OUTBOUND_ALLOW`: a wrong entry would fail each reading of a page."""
    from palabre.kit import outbound  # here, since the rooms load this in every process, which it costs 8 MB

    try:
        opened = outbound.allowed()
    except ValueError as problem:
        yield bad(f"PALABRE_OUTBOUND_ALLOW cannot be read: {problem}")
        return
    yield good("requests that people cause go to the open web")
    if opened.hosts or opened.networks:
        yield note(f"and to {len(opened.hosts) + len(opened.networks)} hosts or networks that the settings open")
