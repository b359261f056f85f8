"""Stands between a sender and a mail server, and does something ill at a chosen step of the conversation.

A fault happens before the server hears of a step, or after it has answered and before the sender hears that: so a
sender can be killed at any moment of a real server's work, and a connection can break there.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "body", "end", "rset", "quit")
MOMENTS = ("before", "after")
ACTIONS = ("kill", "drop", "stall")
_END = b"\r\n.\r\n"


@dataclass(frozen=True)
class Fault:
    """At the `nth` time (from 1) that a step comes, over all connections."""

    step: str
    moment: str
    nth: int
    action: str


def draw(chance: random.Random, recipients: int, actions: tuple[str, ...]) -> Fault:
    """A fault at random; a step that comes once a connection is met at its first or second time."""
    step = chance.choice(STEPS)
    often = step in ("mail", "rcpt", "data", "body", "end")
    return Fault(step, chance.choice(MOMENTS), chance.randint(1, recipients if often else 2), chance.choice(actions))


@dataclass
class Tap:
    """A running tap. `faults` may be changed at any time."""

    upstream: int
    port: int = 0
    faults: list[Fault] = field(default_factory=list)
    kill: Callable[[], None] = lambda: None  # ends the sender
    met: Counter[str] = field(default_factory=Counter)  # step → how often it came
    happened: list[Fault] = field(default_factory=list)
    life: int = 0  # of the sender: connections of an earlier one meet nothing

    def reset(self, faults: list[Fault], kill: Callable[[], None]) -> None:
        """For a new sender."""
        self.life += 1
        self.faults, self.kill, self.met, self.happened = faults, kill, Counter(), []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            try:
                await self._serve(_Side(reader, writer, self.life))
            finally:
                writer.close()

    async def _serve(self, sender: _Side) -> None:
        """Until one of the two is gone, or the tap is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            await self._talk(sender, _Side(reader, writer))
        finally:
            writer.close()

    async def _talk(self, sender: _Side, server: _Side) -> None:
        await self._step("connect", sender, server, b"")
        while (line := await sender.reader.readline()).endswith(b"\n"):
            step = line[:4].strip().decode("ascii", "replace").lower()
            reply = await self._step(step if step in STEPS else "other", sender, server, line)
            if step == "data" and reply.startswith(b"354"):
                await self._body(sender, server)

    async def _body(self, sender: _Side, server: _Side) -> None:
        data = await sender.reader.readuntil(_END)
        half = len(data) // 2
        number = self._count("body", sender)
        await self._meet("body", "before", number, sender)
        await server.say(data[:half])
        await self._meet("body", "after", number, sender)
        await self._step("end", sender, server, data[half:])

    async def _step(self, step: str, sender: _Side, server: _Side, data: bytes) -> bytes:
        """Pass a command on and its reply back."""
        number = self._count(step, sender)
        await self._meet(step, "before", number, sender)
        await server.say(data)
        reply = await _reply(server.reader)
        await self._meet(step, "after", number, sender)
        await sender.say(reply)
        return reply

    def _count(self, step: str, sender: _Side) -> int:
        """Which time it is; 0 for a sender of an earlier life."""
        if sender.life != self.life:
            return 0
        self.met[step] += 1
        return self.met[step]

    async def _meet(self, step: str, moment: str, number: int, sender: _Side) -> None:
        """What is to happen here. Raises `ConnectionError` when it is the end of the connection."""
        if sender.life != self.life:
            return
        for fault in self.faults:
            if (fault.step, fault.moment, fault.nth) != (step, moment, number) or fault in self.happened:
                continue
            self.happened.append(fault)
            if fault.action == "kill":
                self.kill()
            if fault.action == "stall":
                await sender.reader.read(1)  # until it goes away
            sender.writer.transport.abort()
            raise ConnectionError(f"{fault.action} {moment} {step}")


@dataclass
class _Side:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    life: int = 0

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


async def _reply(reader: asyncio.StreamReader) -> bytes:
    lines = b""
    while line := await reader.readline():
        lines += line
        if line[3:4] != b"-":
            return lines
    raise ConnectionError("the server is gone")


@contextmanager
def tapped(upstream: int) -> Iterator[Tap]:
    """A tap before the server of that port."""
    tap, loop = Tap(upstream), asyncio.new_event_loop()
    listening = loop.run_until_complete(asyncio.start_server(tap.serve, "127.0.0.1", 0, limit=64_000_000))
    tap.port = listening.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield tap
    finally:
        asyncio.run_coroutine_threadsafe(_close(listening), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(listening: asyncio.Server) -> None:
    listening.close()
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)  # what was accepted a moment ago becomes a task now
