"""Crawl, assemble, make the edition, deliver: the parts of the main job, put together from all three packages."""

from __future__ import annotations

import dataclasses
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from subprocess import Popen
from typing import TYPE_CHECKING

from digests import deliver, editions
from digests.cli.office import Office
from digests.cli.output import Bar, progress, remark
from pipeline.assemble import assemble
from pipeline.config import Settings
from pipeline.errors import KlipingError, LeasedError
from pipeline.model import Run, RunState
from pipeline.store.records import DeliveryState, EditionRecord

if TYPE_CHECKING:
    from crawlers.launch import CrawlRequest

GOOD = (RunState.FINISHED,)
