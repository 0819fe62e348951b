"""The web server: `python -m gunicorn -c gunicorn.conf.py`."""

import os
import shutil
import sys
from pathlib import Path

root = Path(__file__).resolve().parent
sys.path[:0] = [str(root), str(root / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imperia.settings.local")

from imperia import logs  # noqa: E402
from imperia.settings import env  # noqa: E402

chdir = str(root)
pythonpath = f"{root},{root / 'site'}"
wsgi_app = "imperia.wsgi:application"
bind = f"{env.HOST()}:{env.PORT()}"
workers = env.WEB_WORKERS.as_int()
# Threads keep slow readers from holding a whole process.
worker_class = "gthread"
threads = 4
# Loaded once and shared: half the memory, and a broken release fails before the port is opened.
preload_app = True
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
# A Russian letter takes six bytes in a URL.
limit_request_line = 8190
accesslog = "-"
# No address and no query string: who reads what, and what is searched for, is nobody's business.
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logconfig_dict = logs.configure(env.LOG_LEVEL().upper())

metrics = Path(env.VAR_DIR() or root / "var").absolute() / "run" / "metrics"
# prometheus_client reads it when it is imported.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
shutil.rmtree(metrics, ignore_errors=True)
metrics.mkdir(parents=True)


def when_ready(server) -> None:
    """A public server with a dangerous setting does not open to the public."""
    from django.core import checks  # noqa: PLC0415 - the application is loaded only now

    faults = [fault for fault in checks.run_checks(tags=[checks.Tags.security]) if fault.is_serious()]
    for fault in faults:
        server.log.critical("%s: %s", fault.id, fault.msg)
    if faults:
        sys.exit(1)
    from search import meaning  # noqa: PLC0415

    # Before the workers are forked: they share its memory, and nobody's first search waits for it.
    meaning.available()


def child_exit(server, worker) -> None:
    from prometheus_client import multiprocess  # noqa: PLC0415 - after the variable is set

    multiprocess.mark_process_dead(worker.pid)
