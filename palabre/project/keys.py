"""Keys of the instance: made once, kept in the data folder, readable by its owner only."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from palabre.project.privacy import make_folder
from palabre.project.trouble import Trouble

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve P-256 has (SEC 2, section 2.4.2): a private key is a number below it, and not 0."""


def secret_key(data: Path) -> str:
    """The key that signs sessions and links; the same for all processes of a data folder."""
    return _kept(data / "secret-key", lambda: secrets.token_urlsafe(48))


def push_key(data: Path) -> str:
    """The private key by which push services know this house (RFC 8292): 32 bytes in base64url, without padding."""
    return _kept(data / "push-key", _made_for_push)


def _made_for_push() -> str:
    number = secrets.randbelow(ORDER - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    try:
        make_folder(path.parent)
        fresh = path.with_suffix(f".{os.getpid()}")
        if not path.exists():
            fresh.touch(mode=0o600)
            fresh.write_text(make())
            try:
                os.link(fresh, path)  # the first process wins; the others read what it wrote
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise Trouble(
            f"The data folder {path.parent} cannot be written: {error.strerror}. Name another with PALABRE_DATA."
        ) from error
