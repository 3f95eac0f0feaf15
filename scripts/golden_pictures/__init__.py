"""The golden pictures: what is drawn, what of a picture counts, and the files that hold it."""

from .catalogue import requests
from .drawing import Picture, draw, draw_all
from .history import changes_under_one_version
from .normal_form import normal_form
from .record import BYTES, PICTURES, Bytes, Pictures, conditions, differences, pinned_versions, read_pictures
from .reference import renew_keys
from .rules import REMEDY, refusal

__all__ = [
    "BYTES",
    "PICTURES",
    "REMEDY",
    "Bytes",
    "Picture",
    "Pictures",
    "changes_under_one_version",
    "conditions",
    "differences",
    "draw",
    "draw_all",
    "normal_form",
    "pinned_versions",
    "read_pictures",
    "refusal",
    "renew_keys",
    "requests",
]
