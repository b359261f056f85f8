"""Tone: how headline and body speak of their subject, and whether the city should answer."""

from pipeline.tone.clarify import clarify
from pipeline.tone.override import ToneOverride, TonePart, overridden
from pipeline.tone.read import read_tone

__all__ = ["ToneOverride", "TonePart", "clarify", "overridden", "read_tone"]
