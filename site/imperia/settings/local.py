"""`make run`: the whole portal on one machine, with nothing set by hand."""

import secrets

from . import env
from .base import *  # noqa: F403
from .base import SECRET_KEY, VAR_DIR


def kept_secret() -> str:
    """A key of this machine's own: made at the first start, kept beside the data it protects."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = SECRET_KEY or kept_secret()
ALLOWED_HOSTS = ["*"]
LOAD_DEMO = env.DEMO.as_bool()
