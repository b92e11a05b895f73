"""Which home a database belongs to: two homes on one would take each other's unfinished work for their own."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from uuid import uuid4

from index.errors import ConfigurationError
from index.store.sql.registry import Registry

_KEY = "home"
_FILE = "id"


def claim(registry: Registry, home: Path, *, take_over: bool = False) -> None:
    """Note that the database of ``registry`` belongs to ``home``, unless it belongs to another one.

    ``take_over``: also then, because the other is gone. Raises ``ConfigurationError`` if it belongs to another.
    """
    own = {"id": _id_of(home), "home": str(home.resolve()), "host": socket.gethostname()}
    if take_over:
        registry.set_meta(_KEY, json.dumps(own))
        return
    owner = json.loads(registry.claim_meta(_KEY, json.dumps(own)))
    if owner["id"] != own["id"]:
        raise ConfigurationError(
            f"The database of NEWSDESK_DATABASE_URL belongs to another home, {owner['home']} on {owner['host']}. "
            "Two homes on one database lose each other's articles. Give this one a database of its own; or if "
            "that home is gone, or was moved without its files: newsdesk doctor --take-over"
        )


def _id_of(home: Path) -> str:
    """The name that a home keeps, wherever it is moved to."""
    path = home / _FILE
    if not path.exists():
        path.write_text(uuid4().hex, "utf-8")
    return path.read_text("utf-8").strip()
