from __future__ import annotations

from xml.etree import ElementTree

import pytest
from scripts.charts import Line, bars, linear, lines, logarithmic


def test_a_linear_axis_ends_on_a_round_number():
    axis = linear([3, 87])
    assert (axis.least, axis.most) == (0, 100)
    assert axis.ticks == (0, 20, 40, 60, 80, 100)
    assert axis.place(25) == 0.25


def test_on_a_logarithmic_axis_equal_ratios_are_equal_distances():
    axis = logarithmic([2, 700])
    assert (axis.least, axis.most) == (1, 1000)
    assert axis.place(100) - axis.place(10) == pytest.approx(axis.place(10) - axis.place(1))


def test_a_line_is_interrupted_where_there_is_no_value():
    drawn = lines("t", [Line("a", [(0, 1), (1, 2), (2, None), (3, 4)])], across=linear([3]), up=linear([4]), x="", y="")
    (path,) = [path for path in ElementTree.fromstring(drawn).iter() if (path.get("class") or "").startswith("line ")]
    assert path.get("d", "").count("M") == 2


def test_bars_are_as_long_as_their_values():
    drawn = ElementTree.fromstring(bars("t", [("g", [50, 100])], ["a", "b"], along=linear([100]), unit="ms"))
    one, other = [float(bar.get("width", 0)) for bar in drawn.iter() if bar.get("rx") == "2"]
    assert other == pytest.approx(2 * one, rel=0.01)


def test_names_are_escaped():
    ElementTree.fromstring(bars("a < b", [("&", [1])], ['"'], along=linear([1]), unit="<"))
