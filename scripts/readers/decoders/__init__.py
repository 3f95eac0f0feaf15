"""The decoders: which there are, in which family, and how one is started."""

from .all_at_once import Read, read_all
from .process import Answers, DecoderProcess
from .table import DECODERS, OTHERS, OUTLINE, PHONES, Decoder, Missing, start

__all__ = [
    "DECODERS",
    "OTHERS",
    "OUTLINE",
    "PHONES",
    "Answers",
    "Decoder",
    "DecoderProcess",
    "Missing",
    "Read",
    "read_all",
    "start",
]
