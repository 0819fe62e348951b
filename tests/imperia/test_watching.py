"""What operators watch: /healthz, /metrics and the logs."""

import json
import subprocess
import sys

import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db


def test_healthz_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_metrics_count_requests_by_view_and_jobs_by_state(client):
    client.get("/healthz")
    lines = client.get("/metrics").content.decode()
    assert 'imperia_requests_total{method="GET",status="200",view="imperia.metrics.health"}' in lines
    assert "imperia_request_seconds_bucket" in lines
    assert "# TYPE imperia_jobs gauge" in lines


def test_this_machine_may_read_the_metrics_a_stranger_may_not(client):
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_visitor_behind_this_machines_proxy_is_a_stranger(client, header):
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers={header: "203.0.113.7"}).status_code == 403


@override_settings(METRICS_TOKEN="open sesame")
def test_with_a_token_set_only_the_token_opens(client):
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer неверный"}).status_code == 403
    assert (
        client.get("/metrics", REMOTE_ADDR="203.0.113.7", headers={"Authorization": "Bearer open sesame"}).status_code
        == 200
    )


def test_a_log_line_is_one_json_object_whoever_writes_it():
    code = (
        "import logging, logging.config, structlog; from imperia import logs;"
        "logging.config.dictConfig(logs.configure('INFO'));"
        "structlog.get_logger('portal').info('published', practice=7);"
        "logging.getLogger('library').warning('слабо %s', 'видно', extra={'part': 3});"
        "logging.getLogger('library').debug('unseen')\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError: logging.getLogger('library').exception('fell')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd="site", capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["event"], line["logger"], line["level"]) for line in lines] == [
        ("published", "portal", "info"),
        ("слабо видно", "library", "warning"),
        ("fell", "library", "error"),
    ]
    assert (lines[0]["practice"], lines[1]["part"]) == (7, 3)
    assert lines[2]["exception"].endswith("ZeroDivisionError: division by zero")
