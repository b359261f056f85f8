from __future__ import annotations
from crawlers.trial.answers import Asker
from pipeline.watches import Watches
async def explore(url: str, asker: Asker, *, watches: Watches) -> None:
    await asker.ask(url, "trial")
