"""Reads labelled pages with another program and prints what `kliping evaluate … --against FILE` scores.

Run by the python of `make peers`, not by ours: it imports nothing of this project, and no network is touched.

    .venv-peers/bin/python tests/bench/peers.py newspaper4k DATA >newspaper4k.jsonl

One line a page, in the order of the data: {file, article, seconds}; `article` is null where the program failed,
the seconds are the processor's.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import socket
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

Reader = Callable[[str, str, str | None], dict[str, Any]]  # (markup, address, language) -> fields in DESIGN's words
_DECLARED = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""")
_HEAD = 4096  # bytes in which a charset is declared


def newspaper4k(markup: str, url: str, language: str | None) -> dict[str, Any]:
    """With the page's language where the data tell it, for it reads better so; without pictures, which it fetches."""
    from newspaper import Article  # noqa: PLC0415 - a process loads the one program it was asked for

    article = Article(url, fetch_images=False, **({"language": language} if language else {}))
    article.download(input_html=markup)
    article.parse()
    return _fields(article.title, article.publish_date, article.authors, article.text)


def news_please(markup: str, url: str, _: str | None) -> dict[str, Any]:
    """What its documented `from_html` gives, which takes no language. Its dates have lost their offset."""
    from newsplease import NewsPlease  # noqa: PLC0415 - as above

    article = NewsPlease.from_html(markup, url=url, fetch_images=False)
    return _fields(article.title, article.date_publish, article.authors, article.maintext)


PROGRAMS: dict[str, Reader] = {"newspaper4k": newspaper4k, "news-please": news_please}


def _fields(title: str | None, published: Any, authors: list[str] | None, text: str | None) -> dict[str, Any]:
    return {
        "headline": title or None,
        "date_published": published.isoformat() if published else None,
        "authors": list(authors or []),
        "article_body": [line for line in (text or "").split("\n") if line.strip()],
    }


def pages(data: Path) -> Iterator[tuple[str, str, str | None]]:
    """(file, address, language) of every page of either form of labelled data."""
    if (data / "gold.jsonl").exists():
        for line in (data / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            yield one["file"], one["url"], one.get("lang")
        return
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    for name, one in truth.items():
        yield f"html/{name}.html.gz", one.get("url") or "", None


def decoded(path: Path) -> str:
    """The markup by its declared charset, else UTF-8: neither program decodes bytes by itself."""
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    declared = _DECLARED.search(body[:_HEAD])
    try:
        return body.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _refused(*_: object) -> NoReturn:
    raise OSError("no network in a measurement")


def _without_downloads() -> None:
    """NLTK's splitting of words that needs no model, for the one that would be fetched: Korean pages ask for it."""
    with contextlib.suppress(ImportError):
        import nltk.tokenize  # noqa: PLC0415 - as above

        nltk.tokenize.word_tokenize = nltk.tokenize.wordpunct_tokenize
        nltk.word_tokenize = nltk.tokenize.wordpunct_tokenize


def main(program: str, data: Path) -> None:
    warnings.simplefilter("ignore")
    socket.socket.connect = _refused  # type: ignore[method-assign]  # both look for lists of suffixes and words
    _without_downloads()
    read = PROGRAMS[program]
    warm = False
    for file, url, language in pages(data):
        markup = decoded(data / file)
        article: dict[str, Any] | None = None
        for _ in range(1 if warm else 2):
            started = time.process_time()
            try:
                article = read(markup, url, language)
            except Exception as error:  # noqa: BLE001 - whatever another program raises is its failure on this page
                print(f"{program}: {file}: {type(error).__name__}: {error}", file=sys.stderr)
            seconds = time.process_time() - started
        warm = True
        print(json.dumps({"file": file, "article": article, "seconds": round(seconds, 6)}, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in PROGRAMS:
        sys.exit(f"usage: peers.py {'|'.join(PROGRAMS)} DATA >predictions.jsonl")
    if os.environ.get("PYTHONHASHSEED") != "0":  # newspaper4k's text hangs on the order of sets: the same in every run
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main(sys.argv[1], Path(sys.argv[2]))
