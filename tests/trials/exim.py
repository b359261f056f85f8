"""Debian's Exim as an ordinary user with a configuration of its own: takes every mail and delivers it to a Maildir."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 60  # how long it may take to start, or to deliver, on a busy machine
_CONFIGURATION = """\
primary_hostname = relay.example
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts =
host_lookup =
smtp_accept_max = 50
smtp_accept_queue_per_connection = 0
acl_smtp_rcpt = accept
acl_smtp_data = accept
begin routers
everybody:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/mail
  maildir_format
  create_directory
  envelope_to_add
  user = {user}
  group = {group}
begin retry
* * F,1h,1s
"""


def installed() -> str | None:
    """Where Exim is; None when it is not."""
    return shutil.which("exim4", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class Exim:
    """A running server."""

    port: int
    folder: Path

    def received(self) -> list[tuple[str, bytes]]:
        """(recipient, message) of all that was taken, once all of it is delivered."""
        until = time.monotonic() + _SECONDS
        while self._waiting() and time.monotonic() < until:
            time.sleep(0.02)
        assert not self._waiting(), (self.folder / "log").exists() and "Exim did not deliver what it took"
        return [_delivered(file) for file in sorted((self.folder / "mail" / "new").glob("*"))]

    def empty(self) -> None:
        """Forget what came."""
        for file in (self.folder / "mail" / "new").glob("*"):
            file.unlink()

    def _waiting(self) -> bool:
        """Something was accepted (its envelope stands in a file -H) and is not delivered yet."""
        return any((self.folder / "spool" / "input").rglob("*-[HD]"))


def _delivered(file: Path) -> tuple[str, bytes]:
    head, _, rest = file.read_bytes().partition(b"\n")
    name, _, recipient = head.partition(b": ")
    assert name == b"Envelope-to", head
    return recipient.decode().strip(), rest


@contextmanager
def serve() -> Iterator[Exim]:
    """A server that ends with the block. It refuses to be root, so root runs it as another user."""
    binary = installed()
    assert binary, "Exim is not installed: apt-get install exim4-daemon-light"
    folder, user = Path(tempfile.mkdtemp(prefix="kliping-exim-")), _user()
    group = user.pw_gid
    port = _free_port()
    configuration = folder / "exim.conf"
    names = {"folder": folder, "user": user.pw_uid, "group": group, "port": port}
    configuration.write_text(_CONFIGURATION.format(**names))
    for path in (folder, configuration, *(folder / name for name in ("spool", "log", "mail"))):
        path.mkdir(exist_ok=True) if not path.exists() else None
        if os.geteuid() == 0:
            os.chown(path, user.pw_uid, group)
    process = _start([binary, "-C", str(configuration), "-bdf"], folder, user)
    try:
        _wait_for(port, process, folder)
        yield Exim(port, folder)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _start(command: list[str], folder: Path, user: pwd.struct_passwd) -> subprocess.Popen[bytes]:
    root = os.geteuid() == 0
    with (folder / "output").open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            user=user.pw_uid if root else None,
            group=user.pw_gid if root else None,
            extra_groups=[] if root else None,
            start_new_session=True,
        )


def _user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.getuid())
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("Debian-exim") or names["nobody"]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Exim did not start: {(folder / 'output').read_text(errors='replace')[-2000:]}")
