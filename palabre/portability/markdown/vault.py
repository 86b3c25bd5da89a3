"""What the author of a vault of Obsidian writes and its readers are not shown: remarks, and names of blocks.

Elsewhere two percent signs are two percent signs; so this is done to a folder that is such a vault, and to no other.
"""

import re

SIGN = ".obsidian"  # the folder by which a vault is known

_HIDDEN = re.compile(
    r"""
      (?P<code>^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)
        | (?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))
    | %%(?P<remark>.*?)%%
    | (?<![ \t])(?:^|[ \t]+)\^[\w-]+[ \t]*$
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def shown(source: str) -> str:
    """The source of a page in which remarks are comments and blocks have no names; code stays as it is."""
    return _HIDDEN.sub(_hidden, source)


def _hidden(found: re.Match[str]) -> str:
    if found["code"] is not None:
        return found["code"]
    if found["remark"] is None:
        return ""
    remark = found["remark"].replace("--", "- -")
    return f"<!--{remark}-->" if remark.strip() else ""
