"""Lighthouse's mobile scores, where its command is installed."""

import json
import os
import subprocess
from dataclasses import dataclass, field

from benchmarks.browser import chromium_path, flags

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Scores:
    """Points of 100 by category, and what cost some, but for the measures of speed themselves: `{audit: title}`."""

    points: dict[str, int]
    faults: dict[str, str] = field(default_factory=dict)


def scores(command: str, url: str) -> Scores:
    """Let Lighthouse look at the page once, as a telephone."""
    chrome = " ".join(["--headless=new", *flags()])
    options = ["--output=json", "--quiet", f"--chrome-flags={chrome}", f"--only-categories={','.join(CATEGORIES)}"]
    done = subprocess.run(
        [command, url, *options],
        env=os.environ | {"CHROME_PATH": chromium_path()},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    faults = {}
    for name in CATEGORIES:
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                faults[reference["id"]] = " ".join([audit["title"], audit.get("displayValue", "")]).strip()
    points = {name: round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    return Scores(points, faults)
