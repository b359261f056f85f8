"""The two statistical detectors, loaded once a process with only what is needed of them.

langdetect is random by default: our own factory is seeded, and it never touches the library's global one.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

# of langdetect's 55 profiles those of Latin script: it is asked about a text in that script only, and its cost grows
# with their number
PROFILES = (
    "af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "no",
    "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi",
)  # fmt: skip
_FIRST_LENGTH = 500  # characters langdetect reads; its cost is linear in them
_SECOND_LENGTH = 1000
# Its seven trials of up to 1,000 steps each differ only on what is no language: there they would cost 20 ms.
_TRIALS, _ITERATIONS = 3, 400


class _Ranked(Protocol):
    def rank(self, instance: str) -> list[tuple[str, float]]: ...

    def set_languages(self, langs: list[str]) -> None: ...


@lru_cache(maxsize=1)
def _factory() -> DetectorFactory:
    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([folder.joinpath(name).read_text(encoding="utf-8") for name in PROFILES])
    return factory


@lru_cache(maxsize=1)
def _model() -> _Ranked:
    return cast("_Ranked", LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


@lru_cache(maxsize=16)
def _identifier(languages: tuple[str, ...]) -> _Ranked:
    identifier = copy(_model())  # the large tables are shared; each copy keeps the columns of its languages
    identifier.set_languages(list(languages))
    return identifier


def _plain(sample: str) -> str:
    """Both would read capitals, and one of them space, as another language's."""
    return " ".join(sample.lower().split())


def first_opinion(sample: str) -> dict[str, float]:
    """What langdetect makes of it: language -> probability, only those above 0.1. Empty: nothing it knows."""
    detector = _factory().create()
    detector.set_max_text_length(_FIRST_LENGTH)
    detector.n_trial = _TRIALS
    detector.ITERATION_LIMIT = _ITERATIONS
    detector.append(_plain(sample))
    try:
        return {found.lang: float(found.prob) for found in detector.get_probabilities()}
    except LangDetectException:
        return {}


def second_opinion(sample: str, languages: tuple[str, ...]) -> dict[str, float]:
    """What py3langid makes of it, asked only about `languages`: language -> probability, adding up to 1."""
    return dict(_identifier(languages).rank(_plain(sample)[:_SECOND_LENGTH]))
