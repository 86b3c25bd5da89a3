"""The name by which people know one of their browsers."""

import re

BROWSERS = ("Edg", "OPR", "SamsungBrowser", "Firefox", "FxiOS", "CriOS", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "FxiOS": "Firefox", "CriOS": "Chrome"}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
SYSTEM_NAMES = {"Macintosh": "Mac", "CrOS": "ChromeOS"}


def named(agent: str) -> str:
    """Browser and system by which people know one of their devices, from what a browser calls itself.

    >>> named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    """
    browser = next((NAMES.get(each, each) for each in BROWSERS if re.search(rf"\b{each}[A-Za-z]*/", agent)), "")
    system = next((SYSTEM_NAMES.get(each, each) for each in SYSTEMS if each in agent), "")
    return ", ".join(filter(None, (browser, system))) or "?"
