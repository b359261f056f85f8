"""`kliping digest`: editions and their deliveries."""

from __future__ import annotations
