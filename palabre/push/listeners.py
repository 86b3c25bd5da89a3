"""Push offers itself to those who decide by which way a signal goes out."""

from palabre.push.way import reachable, send
from palabre.signals import ways

ways.offer(ways.Way("push", reachable, send))
