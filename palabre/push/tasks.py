"""The jobs in which devices are told, each alone: one that fails holds up no other, and is told again by itself."""

from datetime import timedelta

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from palabre.kit.clock import now
from palabre.push import message
from palabre.push.models import Device, Done
from palabre.signals import carrying
from palabre.signals.models import Carried, Signal

KEPT = timedelta(days=30)  # how long a browser may take to send again what was accepted


class Patience(BaseRetryStrategy):
    """Tried again after 15, 30, 60 … seconds, or when the push service says, for a day at most."""

    ATTEMPTS = 10
    LONGEST = 6 * 60 * 60

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= self.ATTEMPTS:
            return None
        asked = getattr(exception, "wait", None)
        return RetryDecision(retry_in={"seconds": min(max(asked or 0, 15 * 2**job.attempts), self.LONGEST)})


@app.task(name="push.tell", retry=Patience(), pass_context=True)
def tell(context: JobContext, signals: list[int], device: int) -> None:
    """Tells a device of signals about one thing: rights are asked again, and what was seen meanwhile is not told.

    Done again after a crash, the same message goes out once more under the same topic and tag, and takes its own place.
    What no device of theirs could take is decided anew, so that another way carries it.
    """
    from palabre.push import sending

    found = Device.objects.live().select_related("person").filter(pk=device).first()
    chosen = list(Signal.objects.filter(pk__in=signals, carried=Carried.PUSH).order_by("event"))
    if not chosen:
        return
    if found:
        said = message.of(found.person, [each for each in chosen if each.person_id == found.person_id])
        if said is None:
            return
        until = max(each.carried_at or each.at for each in chosen) + sending.WORTH
        try:
            if sending.send(found, said, urgent=any(each.addressed for each in chosen), until=until):
                return
        except sending.Later:
            if context.job.attempts < Patience.ATTEMPTS:
                raise
    if not Device.objects.live().filter(person=chosen[0].person_id).exclude(pk=device).exists():
        carrying.give_back(signals, Carried.PUSH)


@app.task(name="push.try", retry=Patience())
def try_out(device: int) -> None:
    """Tells a device that it is told."""
    from palabre.push import sending

    if found := Device.objects.live().select_related("person").filter(pk=device).first():
        sending.send(found, message.trial(found.person), urgent=True, until=now() + timedelta(minutes=10))


@app.periodic(cron="40 3 * * *")
@app.task(name="push.forget", queueing_lock="push.forget")
def forget(timestamp: int) -> None:
    """What was accepted long ago is not sent again any more."""
    Done.objects.filter(at__lt=now() - KEPT).delete()
