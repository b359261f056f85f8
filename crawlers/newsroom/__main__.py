"""Run the newsroom for a person: `python -m crawlers.newsroom --trouble en.antaranews.com=503`.

Or write one page of it: `python -m crawlers.newsroom --render detik --generation 2023 --furniture glued@last`.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from datetime import date, datetime

from crawlers.newsroom.archive import LONGEST
from crawlers.newsroom.furniture import PLACEMENTS, VARIANTS, parse
from crawlers.newsroom.hosts import OUTLETS, OUTLETS_OF
from crawlers.newsroom.printed import JAKARTA
from crawlers.newsroom.server import serve
from crawlers.newsroom.troubles import KINDS


def main() -> int:
    arguments = _parser().parse_args()
    if arguments.render:
        return _render(arguments)
    troubles = dict(text.partition("=")[::2] for text in arguments.trouble)
    today = arguments.today or datetime.now(JAKARTA).date()
    try:
        newsroom = serve(today, port=arguments.port, troubles=troubles, archive_days=arguments.archive_days)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"newsroom: {error}\n")
        return 2
    with newsroom:
        host = "www.antaranews.com"
        sys.stdout.write(f"The newsroom of {today} answers at http://{newsroom.address}/\n")
        sys.stdout.write(f"Name a host: curl -H 'Host: {host}' http://{newsroom.address}/terkini\n")
        sys.stdout.write(f"It speaks for {len(OUTLETS)} outlets at {len(OUTLETS_OF)} hosts. Stop it with Ctrl-C.\n")
        sys.stdout.flush()
        _wait()
    return 0


def _render(arguments: argparse.Namespace) -> int:
    """Write one page to standard output; what it tells, the true value of every field, to standard error."""
    from crawlers.newsroom import gallery, generations  # noqa: PLC0415 (serving needs neither)

    today = arguments.today or datetime.now(JAKARTA).date()
    try:
        generation = generations.find(arguments.render, arguments.generation)
        fit = [text for text in gallery.texts(today) if generation.prints(text.language)]
        text = fit[arguments.story % len(fit)]
        variant, placement = parse(arguments.furniture or "")
        pages = gallery.render(generation, text, variant or None, placement)
    except ValueError as error:
        sys.stderr.write(f"newsroom: {error}\n")
        return 2
    sys.stdout.buffer.write(b"\n".join(pages))
    for name, value in asdict(gallery.told(generation, text, variant or None)).items():
        sys.stderr.write(f"{name}: {value}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--today", type=date.fromisoformat, help="the day the stories lie around (YYYY-MM-DD)")
    parser.add_argument(
        "--archive-days", type=int, default=0, metavar="N", help=f"days before today with pieces too, to {LONGEST}"
    )
    parser.add_argument("--render", metavar="OUTLET", help="write one page to standard output and serve nothing")
    parser.add_argument("--generation", metavar="NAME", help="of its markup; none: its newest")
    parser.add_argument(
        "--furniture",
        metavar="VARIANT[@PLACE]",
        help=f"variants: {', '.join(VARIANTS)}; places: {', '.join(PLACEMENTS)}",
    )
    parser.add_argument("--story", type=int, default=0, metavar="N", help="which of the newsroom's texts, from 0")
    parser.add_argument(
        "--trouble",
        action="append",
        default=[],
        metavar="HOST=KIND",
        help=f"host or outlet, and one of {', '.join(KINDS)}",
    )
    return parser


def _wait() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    sys.exit(main())
