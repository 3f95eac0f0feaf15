"""Judge whether a phone would read a picture, from its colours, quiet zone and size, and by reading it back.

`scan_issues` and `report_scan` judge an artwork before it is drawn. `scan.read_back` reads the finished picture back;
it loads a decoder and Pillow, so it is imported only where a request asks for that.
"""

from __future__ import annotations

from .checks import report_scan, scan_issues, with_invisible_characters
from .report import SCORE_VERSION, ScanReport, ScanWarning

__all__ = ["SCORE_VERSION", "ScanReport", "ScanWarning", "report_scan", "scan_issues", "with_invisible_characters"]
