"""The secret key: made once, kept in the data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path

from palabre.project.privacy import make_folder
from palabre.project.trouble import Trouble


def secret_key(data: Path) -> str:
    """The key that signs sessions and links; the same for all processes of a data folder."""
    path = data / "secret-key"
    try:
        make_folder(data)
        fresh = path.with_suffix(f".{os.getpid()}")
        if not path.exists():
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            try:
                os.link(fresh, path)  # the first process wins; the others read what it wrote
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise Trouble(
            f"The data folder {data} cannot be written: {error.strerror}. Name another with PALABRE_DATA."
        ) from error
