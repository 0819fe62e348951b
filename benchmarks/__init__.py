"""Side-by-side measurements, each a command: `python -m benchmarks.pages`, `.imports`, `.budgets`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))
