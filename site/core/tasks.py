"""What the worker does by the clock."""

from django.core.management import call_command
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app

#: Hours for which finished jobs are kept to look at.
KEPT = 48


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="publish_scheduled")
def publish_scheduled(timestamp: int) -> None:
    """Publish and withdraw pages whose hour has come (Wagtail's «go live at», «expire at»)."""
    call_command("publish_scheduled", verbosity=0)


@app.periodic(cron="17 19 * * *")
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Forget sessions that are over: at night in Vladivostok, the clock being UTC."""
    call_command("clearsessions")


@app.periodic(cron="27 19 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context, timestamp: int) -> None:
    """Forget jobs long done; failed ones stay to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT)
