"""Who holds a lease: a name that tells the machine and the process, so that a dead holder is known as such."""

from __future__ import annotations

import os
import socket
import uuid
from pathlib import Path


def new_holder() -> str:
    """HOST:PID:RANDOM. Names this process to people and to `is_dead`."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def is_dead(holder: str) -> bool:
    """Whether a holder is a process of this machine that is no more; of other machines nothing is known."""
    host, _, pid = holder.rpartition(":")[0].rpartition(":")
    return host == socket.gethostname() and pid.isascii() and pid.isdigit() and not process_lives(int(pid))


def process_lives(pid: int) -> bool:
    """Whether this machine has a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except OverflowError:  # no system numbers its processes so high
        return False
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Ended, but its parent has not asked how (proc(5)); in a bare container nobody ever asks for an orphan."""
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[:1]
    except OSError:
        return False
    return state == [b"Z"]
