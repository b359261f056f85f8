"""Tone: how headline and body speak of their subject."""

from pipeline.tone.read import read_tone

__all__ = ["read_tone"]
