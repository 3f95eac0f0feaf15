"""Would a phone read it: what the picture's colours, quiet zone and size mean for a scanner, and whether one reads it.

`scan_issues` and `report_scan` judge an artwork before it is drawn. Reading the finished picture back is
`scan.read_back`, which loads a decoder and Pillow and is imported where that is asked for.
"""

from __future__ import annotations

from .checks import report_scan, scan_issues, with_invisible_characters
from .report import SCORE_VERSION, ScanReport, ScanWarning

__all__ = ["SCORE_VERSION", "ScanReport", "ScanWarning", "report_scan", "scan_issues", "with_invisible_characters"]
