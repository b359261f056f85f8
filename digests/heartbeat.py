"""Tells a watching service that an edition left: it asks one address, and a service that misses that rings.

A plain GET, as such services take it. A redirect is not followed: it would tell the address, which is a secret of
sorts, to a host that nobody named. What is answered is not read, but for its status; an answer that only drips is cut.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from urllib.parse import urlsplit

from pipeline.errors import DeliveryError

TIMEOUT = 10.0  # seconds, for each step: resolving and connecting, and the answer
_AGENT = "kliping-heartbeat"


def beat(address: str, *, timeout: float = TIMEOUT) -> str:
    """Ask the address once; how it was answered, in one line. Raises `DeliveryError` for anything but 2xx."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(host, parts.port, timeout=timeout)
    limit = threading.Timer(2 * timeout, _cut, (connection,))
    limit.start()
    try:
        connection.request("GET", path, headers={"User-Agent": _AGENT, "Connection": "close"})
        status = connection.getresponse().status
    except TimeoutError:
        raise DeliveryError(f"heartbeat: {host} does not answer within {timeout:.0f} seconds") from None
    except ssl.SSLError as error:
        raise DeliveryError(f"heartbeat: {host}: no safe connection ({error.reason}); see schedule.heartbeat") from None
    except socket.gaierror:
        raise DeliveryError(f"heartbeat: {host}: there is no such host; see schedule.heartbeat") from None
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryError(f"heartbeat: {host}: {_why(error)}; see schedule.heartbeat") from None
    finally:
        limit.cancel()
        connection.close()
    if not 200 <= status < 300:
        hint = "; it leads elsewhere, which is not followed" if 300 <= status < 400 else ""
        raise DeliveryError(f"heartbeat: {host} answered {status}{hint}; see schedule.heartbeat")
    return f"heartbeat: {host} answered {status}"


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a conversation in which each byte comes in time and the whole never."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return " ".join(str(error).split())[:80] or type(error).__name__
