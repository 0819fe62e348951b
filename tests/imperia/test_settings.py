"""Settings: a public server refuses to start on a guess."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "DJANGO_SETTINGS_MODULE": "imperia.settings.production",
    "SECRET_KEY": "Zk3vX0pQ9sLw7RtYbN5mHc2JfDgA8eUi4oTqWxVzBnMlKjHg",
    "ALLOWED_HOSTS": "portal.example",
    "BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    "PROXY_COUNT": "1",
    "EMAIL_URL": "smtp://localhost",
}
WHOLE["SECRET_KEY"] += "0123456789"


def check(tmp_path, *options: str, **changes: str) -> tuple[int, str]:
    """The exit code of `manage.py check` under these variables, and all it says."""
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment |= WHOLE | {"VAR_DIR": str(tmp_path)} | changes
    done = subprocess.run(
        [sys.executable, "manage.py", "check", *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_production_with_all_it_needs_has_nothing_to_hear_even_from_djangos_deployment_check(tmp_path):
    code, said = check(tmp_path, "--deploy")
    assert (code, [line for line in said.splitlines() if "(security." in line or "(imperia." in line]) == (0, [])


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BASE_URL"])
def test_production_names_in_one_line_what_it_lacks(tmp_path, name):
    code, said = check(tmp_path, **{name: ""})
    assert code == 1
    assert said.startswith(f"Settings: {name} is not set: ")
    assert said.count("\n") == 1


def test_every_dangerous_setting_is_an_error(tmp_path):
    code, said = check(
        tmp_path, BASE_URL="http://portal.example/a", ALLOWED_HOSTS="b.example", SECRET_KEY="secret", PROXY_COUNT="0"
    )
    found = sorted(re.findall(r"\(imperia\.(\w+)\)", said))
    assert (code, found) == (1, ["E001", "E002", "E003", "E005", "E007"])


def test_an_unreachable_database_and_hosts_of_all_names_are_errors_and_letters_to_nobody_a_warning(tmp_path):
    code, said = check(tmp_path, "--database", "default", ALLOWED_HOSTS="*", EMAIL_URL="")
    assert (code, sorted(re.findall(r"\(imperia\.(\w+)\)", said))) == (1, ["E004", "E006", "W001"])
    assert "No connection to the database" in said


def test_a_number_that_is_none_is_named(tmp_path):
    assert check(tmp_path, PROXY_COUNT="one") == (1, "Settings: PROXY_COUNT must be a whole number, not 'one'\n")
