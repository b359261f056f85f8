"""Time and memory that each hostile page takes, each in a process of its own: a report, never a test.

python -m tests.pipeline.measure_hostile [PATTERN]
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

from tests.pipeline.hostile_pages import SENTENCE, Build, hostile_pages
from tests.pipeline.kind_site import story
from tests.pipeline.reading import page, read

_LONGEST = 60  # seconds after which a case is stopped


def _memory(field: str) -> int:
    """MB of this process, by the kernel's own account."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) // 1024


def _report(build: Build) -> str:
    signal.alarm(_LONGEST)
    one = page(build())
    before = _memory("VmRSS")
    started = time.process_time()
    article = read(one)
    seconds = time.process_time() - started
    found = "text" if SENTENCE in article.text else "-"
    size = f"{len(one.body) / 1e6:7.2f} MB"
    memory = f"+{_memory('VmHWM') - before:4d} MB"
    return f"{size} {seconds:6.2f} s {memory} {article.kind:10} {found:4} {(article.reason or '')[:70]}"


def main(pattern: str) -> None:
    read(page(story()))  # the modules and word lists are loaded before anything is measured
    for name, build in hostile_pages().items():
        if not re.search(pattern, name):
            continue
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, _report(build).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as answer:
            line = answer.read()
        os.waitpid(child, 0)
        print(f"{name:40} {line or 'no answer'}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
