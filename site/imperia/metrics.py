"""What the portal counts about itself, for Prometheus: `/metrics`."""

import hmac
import ipaddress
import os
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.metrics_core import GaugeMetricFamily

REQUESTS = Counter("imperia_requests_total", "Requests answered", ["view", "method", "status"])
SECONDS = Histogram(
    "imperia_request_seconds",
    "Time to answer a request",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MetricsMiddleware:
    """Counts each request and its time under the name of its view; it stands first, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        # A page from the cache and a static file reach no view.
        view = request.resolver_match.view_name if request.resolver_match else "early"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view or "unnamed", method, response.status_code).inc()
        SECONDS.labels(view or "unnamed").observe(time.perf_counter() - began)
        return response


#: Name, meaning, label and query of what is counted in the database at each reading.
COUNTED = (
    (
        "imperia_jobs",
        "Background jobs by state",
        "status",
        "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1",
    ),
    ("imperia_letters", "Letters by state", "state", "SELECT state, count(*) FROM notifications_letter GROUP BY 1"),
)


class Counts:
    """The queues of background work and of letters."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, meaning, label, query in COUNTED:
            gauge = GaugeMetricFamily(name, meaning, labels=[label])
            with connection.cursor() as cursor:
                cursor.execute(query)
                for value, count in cursor.fetchall():
                    gauge.add_metric([value], count)
            yield gauge


def metrics(request: HttpRequest) -> HttpResponse:
    """All counters of all web processes, for this machine or for who knows METRICS_TOKEN."""
    if not _may_read(request):
        raise PermissionDenied
    registry = CollectorRegistry()
    registry.register(Counts())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
        body = generate_latest(registry)
    else:
        body = generate_latest(REGISTRY) + generate_latest(registry)
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can answer from its database; otherwise Django's 500 or the server's silence says no."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)
    # Behind a proxy on this machine every visitor comes from the loopback address.
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
