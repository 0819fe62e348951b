"""The portal looks for itself before others do: people's data, places in pictures, near-duplicates."""

from .findings import Finding, FindingKind
from .looking import inspect, needs_pupils_consent

__all__ = ["Finding", "FindingKind", "inspect", "needs_pupils_consent"]
