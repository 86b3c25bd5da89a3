"""Upkeep of the instance itself: jobs that a dead worker left are done again, what has served its time is deleted."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from palabre.people.sessions import SessionStore

log = logging.getLogger(__name__)

KEPT_HOURS = 24 * 14  # of jobs that failed or were given up, for whoever looks into them


@app.periodic(cron="* * * * *")
@app.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """A worker that was killed has left its jobs half done; they are idempotent, and begin anew."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # Its like waits already and does what it would have done; left as it is, it would hold their lock for ever.
            await manager.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException:
            log.exception("job %s, %s, cannot be done again", job.id, job.task_name)


@app.periodic(cron="10 3 * * *")
@app.task(name="upkeep.delete_old_jobs", queueing_lock="upkeep.delete_old_jobs", pass_context=True)
async def delete_old_jobs(context: JobContext, timestamp: int) -> None:
    """Successful jobs go at once; the others stay for a while."""
    await context.app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="20 3 * * *")
@app.task(name="upkeep.delete_old_sessions", queueing_lock="upkeep.delete_old_sessions")
def delete_old_sessions(timestamp: int) -> None:
    """Sessions that have expired."""
    SessionStore.clear_expired()
