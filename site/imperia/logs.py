"""How the portal writes its logs: one event a line, to standard error.

A terminal gets coloured text, anything else JSON, so that a log collector need not guess. No line holds a visitor's
address, an e-mail or what was searched for.
"""

import sys

import structlog

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure(level: str) -> dict:
    """Set structlog up and return the `LOGGING` that sends the standard library's lines the same way."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering()],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print each line twice, or mail it.
            "django": {"handlers": [], "propagate": True},
            # Each save and its tasks are no news: who changed what stands in Wagtail's own log.
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True},
            # A stranger's nonsense Host header is not an event.
            "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": level},
            "gunicorn.access": {"handlers": [], "propagate": True, "level": level},
            "procrastinate": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "pypdf": {"level": "CRITICAL"},
        },
    }


def _rendering() -> list:
    if sys.stderr.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
