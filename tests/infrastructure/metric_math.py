"""What CloudWatch makes of an alarm: its expression over some periods, and whether the alarm then is red."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

__all__ = ["Period", "evaluate", "is_red"]

Period = Mapping[str, float | None]
"""The values of an alarm's metrics in one period, by id; None, or left out, where there is no data."""

_ARITHMETIC: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
}
_COMPARISONS = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
}


def evaluate(expression: str, values: Period, *, missing: float | None) -> float | None:
    """One data point of `expression`, or None where there is none.

    Parameters
    ----------
    missing
        What a metric without data counts as in arithmetic. CloudWatch's documentation reads both as None, so that the
        result is missing as well, and as 0; what an alarm does should hang on neither.
    """

    def of(node: ast.AST) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(name):
                value = values.get(name)
                return missing if value is None else value
            case ast.BinOp(left, sign, right):
                return combined(sign, of(left), of(right))
            case ast.Compare(left, [sign], [right]):
                return combined(sign, of(left), of(right))
            case ast.List(elements):
                return [of(each) for each in elements]
            case ast.Call(ast.Name(function), arguments):
                return called(function, arguments)
        raise NotImplementedError(ast.dump(node))

    def combined(sign: ast.AST, left: float | None, right: float | None) -> float | None:
        if left is None or right is None or (isinstance(sign, ast.Div) and right == 0):
            return None
        return float(_ARITHMETIC[type(sign)](left, right))

    def called(function: str, arguments: list[ast.expr]) -> Any:
        match function, arguments:
            case "IF", [condition, met, otherwise]:
                held = of(condition)
                return None if held is None else of(met if held else otherwise)
            case "FILL", [ast.Name(name), filler]:
                value = values.get(name)
                return of(filler) if value is None else value
            case "METRICS", []:
                return list(values.values())
            case "SUM", [many]:
                there = [each for each in of(many) if each is not None]
                return sum(there) if there else None
            case "MAX", [many]:
                return max((each for each in of(many) if each is not None), default=None)
        raise NotImplementedError(function)

    found = of(ast.parse(expression, mode="eval").body)
    return None if found is None else float(found)


def is_red(alarm: Mapping[str, Any], periods: Sequence[Period], *, missing: float | None) -> bool:
    """Whether `alarm` is in ALARM after `periods`, the newest last; before them there was no data.

    A percentile that CloudWatch ignores for want of samples is not known here, so that no alarm may have one.
    """
    assert "EvaluateLowSampleCountPercentile" not in alarm
    assert alarm["TreatMissingData"] == "notBreaching"
    points = [_point(alarm, period, missing) for period in periods]
    breaches = _COMPARISONS[alarm["ComparisonOperator"]]
    window = points[-int(alarm["EvaluationPeriods"]) :]
    breaching = sum(point is not None and breaches(point, float(alarm["Threshold"])) for point in window)
    return bool(breaching >= int(alarm.get("DatapointsToAlarm", alarm["EvaluationPeriods"])))


def _point(alarm: Mapping[str, Any], period: Period, missing: float | None) -> float | None:
    if "Metrics" not in alarm:
        return period.get("value")
    (expression,) = (each["Expression"] for each in alarm["Metrics"] if "Expression" in each)
    known = {each["Id"] for each in alarm["Metrics"] if "MetricStat" in each}
    assert period.keys() <= known, period.keys() - known
    return evaluate(expression, {name: period.get(name) for name in known}, missing=missing)
