"""Elasticsearch's own server, as its makers publish it for testing: fetched with Maven by its coordinates."""

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

VERSION = "8.19.4"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SHA512 = (
    "51d6666aff2064bd50ec02a6aaf2f14d09366a8ec27adb474b3f555dbc99f8d7"
    "1361c81ae09de5216b64aefe9c8cfc687dd5d7768490905f39f53cc6e28c79d7"
)
FETCH_SECONDS = 900


class ElasticError(Exception):
    """The server cannot do what was asked; the text is one line for the person at the terminal."""


def fetched(var_dir: Path) -> Path:
    """The unpacked distribution; fetched with Maven the first time (97 MB)."""
    place = Path(var_dir).absolute() / "elasticsearch" / f"elasticsearch-{VERSION}"
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        archive = _fetch(draft)
        with archive.open("rb") as file:
            if hashlib.file_digest(file, "sha512").hexdigest() != SHA512:
                raise ElasticError(f"What Maven brought as {ARTIFACT} is not what we know: its SHA-512 differs.")
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(draft)
        (unpacked,) = (path for path in draft.iterdir() if path.is_dir())
        for path in (unpacked, *unpacked.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        unpacked.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place


def _fetch(into: Path) -> Path:
    maven = shutil.which("mvn")
    if not maven:
        raise ElasticError("No Maven to fetch Elasticsearch with: apt install maven")
    command = [maven, "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={into}"]
    try:
        # In a directory of its own: a pom.xml elsewhere is none of ours.
        done = subprocess.run(  # noqa: S603
            command, cwd=into, capture_output=True, text=True, check=False, timeout=FETCH_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise ElasticError(f"Maven did not bring {ARTIFACT} within {FETCH_SECONDS} s.") from None
    archives = list(into.glob("*.zip"))
    if done.returncode or len(archives) != 1:
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
        raise ElasticError(f"Maven could not bring {ARTIFACT}: {(errors or ['no reason given'])[0][:300]}")
    return archives[0]
