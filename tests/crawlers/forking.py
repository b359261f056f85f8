"""Crawls by the dozen: a parent that has everything imported forks a child for each.

A crawl of `crawlers.launch.start` spends three seconds of processor time on imports before its first request, and as
much again in its forkserver. Here both are spent once: the children fork from a parent that has imported all, and
share its forkserver. What runs in the child is `crawlers.launch.main`, as ever.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawlers import launch, settings
from crawlers.request import CrawlRequest, to_json
from crawlers.workers import PRELOAD, prepare

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Crawl:
    """A crawl under way, leader of a session of its own."""

    pid: int
    server: CrawlServer

    def kill(self) -> None:
        """SIGKILL to it and all that it began; what forks from the shared forkserver must end by itself."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def wait(self, seconds: float = 120) -> int:
        """Its exit status; minus the signal that killed it."""
        return self.server.ended(self.pid, seconds)

    @property
    def over(self) -> bool:
        return self.server.is_over(self.pid)


class CrawlServer:
    """The parent. Speaks JSON lines: a crawl's environment, log and request in; `pid` or `pid, status` out."""

    def __init__(self) -> None:
        packages = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crawlers.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            # What a killed crawl leaves behind in the kernel is cleared up at the end, which the tracker remarks on.
            env={**os.environ, "PYTHONPATH": packages, "PYTHONWARNINGS": "ignore:resource_tracker"},
            text=True,
            bufsize=1,
        )
        self.forkserver = int(self._read()["forkserver"])

    def _ask(self, **question: object) -> dict[str, int]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, int]:
        assert self._process.stdout is not None
        answer: dict[str, int] = json.loads(self._process.stdout.readline())
        return answer

    def start(self, request: CrawlRequest, environment: dict[str, str], log: Path) -> Crawl:
        answer = self._ask(do="crawl", request=to_json(request), environment=environment, log=str(log))
        return Crawl(answer["pid"], self)

    def is_over(self, pid: int) -> bool:
        return self._ask(do="look", pid=pid)["over"] == 1

    def ended(self, pid: int, seconds: float) -> int:
        end = time.monotonic() + seconds
        while True:
            answer = self._ask(do="look", pid=pid)
            if answer["over"]:
                return answer["status"]
            assert time.monotonic() < end, f"crawl {pid} does not end"
            time.sleep(0.01)

    def workers(self) -> set[int]:
        """The workers of all crawls that are alive: the forkserver's children."""
        return children(self.forkserver)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def children(pid: int) -> set[int]:
    """The processes that a process began and that are alive."""
    return {process for process, (parent, _) in _alive().items() if parent == pid}


def of_session(pid: int) -> set[int]:
    """The processes of the session that a process leads, or led, and that are alive."""
    return {process for process, (_, session) in _alive().items() if session == pid}


def _alive() -> dict[int, tuple[int, int]]:
    """{process: (parent, session)}"""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue  # gone meanwhile
        if state != "Z":
            found[int(folder.name)] = int(parent), int(session)
    return found


def _serve() -> None:
    for module in ("crawlers.spider", "crawlers.trial.spider", "scrapy.crawler", "alembic.command", *_components()):
        importlib.import_module(module)  # for the children
    assert "twisted.internet.reactor" not in sys.modules  # which only a child may install
    prepare(PRELOAD)
    ended: dict[int, int] = {}
    print(json.dumps({"forkserver": vars(forkserver._forkserver)["_forkserver_pid"]}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        if question["do"] == "crawl":
            print(json.dumps({"pid": _fork(question)}), flush=True)
            continue
        print(json.dumps(_look(question["pid"], ended)), flush=True)


def _components() -> list[str]:
    """The modules that Scrapy loads by name when a crawl begins."""
    values = importlib.import_module("scrapy.settings").Settings()  # every worker runs the head of this module again
    values.setmodule("crawlers.settings")
    named = [name for name in values.values() if isinstance(name, str)]
    for group in values.values():
        if isinstance(group, Mapping):
            named += [name for name in (*group, *group.values()) if isinstance(name, str)]
    ours = (name for name in named if re.fullmatch(r"(?:scrapy|crawlers)(?:\.\w+)+", name))
    return sorted({name.rpartition(".")[0] for name in ours})


def _look(pid: int, ended: dict[int, int]) -> dict[str, int]:
    if pid not in ended:
        found, status = os.waitpid(pid, os.WNOHANG)
        if not found:
            return {"over": 0, "status": 0}
        ended[pid] = os.waitstatus_to_exitcode(status)
    return {"over": 1, "status": ended[pid]}


def _fork(question: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        status = _child(question)
    finally:
        os._exit(status)


def _child(question: dict[str, Any]) -> int:
    os.setsid()
    vars(forkserver._forkserver)["ensure_running"] = lambda: None  # the parent's, which is not ours to wait for
    vars(forkserver)["ensure_running"] = lambda: None
    log = os.open(question["log"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(question["environment"])
    settings.KLIPING_NEWSROOM = os.environ.get("KLIPING_NEWSROOM")  # was read when the parent imported it
    return launch.main(["--log-level", "ERROR", question["request"]])


if __name__ == "__main__":
    _serve()
