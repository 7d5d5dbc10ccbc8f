"""The HTTP side of Communiqué: pages for readers, endpoints for machines."""

from __future__ import annotations

from server.app import create_app
from server.limits import Limits

__all__ = ["Limits", "create_app"]
