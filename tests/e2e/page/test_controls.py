"""Every control changes the request, and the picture where its field is one that is drawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from tests.e2e.page.conftest import Studio

pytestmark = pytest.mark.slow

BASES = {
    "": "data=茗荷茶",
    "gradient": "data=A&gradient.colors=black&gradient.colors=navy",
    "gradient.stops": "data=A&gradient.stops.0.offset=0&gradient.stops.0.color=black&gradient.stops.1.offset=1"
    "&gradient.stops.1.color=navy",
    "gradient.center": "data=A&gradient.type=radial&gradient.colors=black&gradient.colors=navy",
    "colors.per_eye": "data=A&colors.per_eye.0.border=navy",
    "stroke": "data=A&stroke.color=silver",
    "frame": "data=A&frame.text=SCAN",
    "effects": "data=A&effects.0.type=shadow&size=100",
    "structured_append": "data=A SEQUENCE&structured_append.part=1&structured_append.parts=2",
}
"""Requests by the part of the form that is tried from there; the empty one stands for what is there at first."""

NOT_SEEN = {
    "verify": "reads a styled picture back",
    "cache": "keeps the picture",
    "private": "keeps it for the caller",
    "repair": "is for logos",
    "contrast": "is for codes that are less dark",
    "dpi": "is for pages, and noted in pixels",
    "readers": "says whom the code is for",
    "gradient.center": "a linear gradient has none",
}
"""Fields that leave an SVG of these requests as it is, and why."""

TEXTS = {"logo.asset": "logo.svg"}

CONTROLS = """() => [...document.querySelectorAll('#style [data-path]')].flatMap((place) => {
    const own = [...place.querySelectorAll('input, select, textarea')]
        .filter((each) => each.closest('[data-path]') === place && each.type !== 'range' && each.type !== 'file');
    const radio = own.findLast((each) => each.type === 'radio' && !each.checked && each.value);
    const other = own.filter((each) => each.type !== 'radio' && each.type !== 'color');
    return [...(radio ? [radio] : []), ...other.slice(0, 1)].map((each) => [place.dataset.path, each.id]);
})"""

GO_BACK = "(query) => { history.replaceState(null, '', '#'); location.hash = query; }"


def change(control: Locator) -> None:
    """Give a control another value than it has, as a person would."""
    kind, path, is_color = control.evaluate(
        """(each) => [each.type ?? each.tagName, each.closest('[data-path]').dataset.path,
            each.parentElement.className === 'color']"""
    )
    if kind in ("checkbox", "radio"):
        control.click()
    elif kind == "number":
        low, value = control.get_attribute("min"), control.input_value()
        highest = float(control.get_attribute("max") or "inf")
        now = float(value or low or 0)
        step = 0.25 if highest <= 1 else 1.0
        control.fill(f"{now + step if now + step <= highest else now - step:g}")
    elif kind == "select-one":
        control.select_option(
            control.evaluate("(each) => [...each.options].findLast((option) => !option.selected && option.value).value")
        )
    else:
        control.fill("#0a0a64" if is_color else TEXTS.get(path, "abc"))


@pytest.mark.parametrize("part", BASES, ids=lambda part: part or "all without a switch")
def test_every_control_changes_the_picture(studio: Studio, part: str) -> None:
    base = BASES[part]
    with studio.page.expect_request(studio.is_drawing) as waiting:
        first = studio.open(base)
    asked = waiting.value.post_data_json
    assert first["success"], first
    studio.open_sections()
    controls = [each for each in studio.page.evaluate(CONTROLS) if each[0].startswith(part)]
    assert len(controls) >= (30 if not part else 1)
    silent, same = [], []
    for path, identity in controls:
        control = studio.page.locator(f'[id="{identity}"]')
        # Any mask but the one that the symbol has got by itself.
        other_mask = str((first["metadata"]["mask"] + 1) % 8)
        act = partial(control.fill, other_mask) if path == "mask" else partial(change, control)
        with studio.page.expect_request(studio.is_drawing) as waiting:
            answer = studio.answer_to(act)
        if waiting.value.post_data_json == asked:
            silent.append(path)
        if answer.get("data") == first["data"] and path not in NOT_SEEN:
            same.append(path)
        # Back to the same request, so that each control is tried from there.
        studio.answer_to(partial(studio.page.evaluate, GO_BACK, base))
    assert silent == []
    assert same == []
