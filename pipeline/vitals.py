"""What one run shows of its outlet's health, as numbers that can be compared with those of earlier runs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vitals:
    """Measured of one run."""

    listings: int = 0  # read

    def as_json(self) -> Mapping[str, object]:
        """For the run's row."""
        return {"listings": self.listings}
