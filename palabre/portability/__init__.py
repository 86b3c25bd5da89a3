"""Coming and leaving: Markdown, Slack and Stack Exchange in, complete exports out and back in.

`carried.py` is the plan of what an export holds; every model is carried or left out for a reason said there.
"""
