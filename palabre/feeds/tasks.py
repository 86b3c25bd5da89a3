"""Background work for feeds: verifying who asks to be told, telling them, pinging another hub, throwing away."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palabre.feeds import delivering, subscribing
from palabre.feeds.models import SEAL, Asked, Subscription
from palabre.kit.clock import now
from palabre.kit.outbound import Limits, Refused, send
from palabre.people.sealing import unseal

AGAIN_IN = 30  # seconds after which a callback that did not answer is asked again
LATE = timedelta(minutes=10)
FORGOTTEN = timedelta(hours=1)
AN_HOUR = RetryStrategy(max_attempts=7, exponential_wait=4)
FORM = "application/x-www-form-urlencoded"


@app.task(name="feeds.verify", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def verify(asked: int) -> None:
    """Asks one callback whether what was asked for is meant."""
    found = Asked.objects.select_related("token").filter(pk=asked).first()
    if found and not subscribing.verify(found):
        verify.configure(schedule_in={"seconds": AGAIN_IN}).defer(asked=asked)


@app.task(name=delivering.TASK, retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def deliver_one(subscription: int) -> None:
    """One delivery to one subscriber."""
    delivering.deliver(subscription)


@app.task(name="feeds.deny")
def deny(callback: str, topic: str) -> None:
    """Tells a subscriber that their subscription has ended (its topic is sealed), whether they hear it or not."""
    subscribing.tell(callback, {"hub.mode": "denied", "hub.topic": unseal(topic, SEAL)})


@app.task(name="feeds.ping", retry=AN_HOUR)
def ping(topics: list[str]) -> None:
    """Tells the hub that is not ours which open feeds have changed."""
    if not settings.PALABRE_HUB:
        return
    said = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]
    answer = send(settings.PALABRE_HUB, urlencode(said).encode(), {"Content-Type": FORM}, Limits(size=1024))
    if not answer.ok:
        raise Refused("protocol", f"the hub answered {answer.status}")


@app.periodic(cron="*/5 * * * *")
@app.task(name="feeds.look_after", queueing_lock="feeds.look_after")
def look_after(timestamp: int) -> None:
    """Deliveries whose job was lost are asked for again; what ran out or was never verified is thrown away."""
    delivering.awaken(LATE)
    for over in Subscription.objects.filter(until__lt=now()):
        over.end("over")
    Asked.objects.filter(at__lt=now() - FORGOTTEN).delete()
