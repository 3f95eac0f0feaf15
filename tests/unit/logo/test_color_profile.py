"""Pictures with colour profiles, shown as what manages colours shows them."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageCms
from tests.stopwatch import Stopwatch
from tests.unit.logo.pictures import picture, read, svg
from tests.unit.logo.profiles import ADOBE, DISPLAY_P3, PRESS, PROPHOTO, grey_profile, profile
from tests.unit.render.independent import draw_page, draw_svg, on_white

if TYPE_CHECKING:
    from pathlib import Path

    from qr_engine.logo import Logo

GREEN = (100, 190, 50)
LOSSLESS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 100, "subsampling": 0},
    "WEBP": {"lossless": True},
}


def middle(logo: Logo) -> tuple[int, ...]:
    with Image.open(io.BytesIO(logo.body)) as image:
        assert "icc_profile" not in image.info
        pixel: Any = image.getpixel((image.width // 2, image.height // 2))
        return tuple(pixel)


def in_chromium(bodies: dict[str, bytes], folder: Path) -> dict[str, list[int]]:
    """The middle of each picture, which has 64 by 48 pixels, as Chromium shows it."""
    shown = "".join([f'<img src="data:;base64,{b64encode(body).decode()}">' for body in bodies.values()])
    page = f"<!doctype html><style>body{{margin:0}}img{{display:block}}</style>{shown}"
    screen = on_white(draw_page(page, 500, 48 * len(bodies) + 200, folder))
    return {name: screen[48 * index + 24, 32].tolist() for index, name in enumerate(bodies)}


def test_colours_are_those_of_chromium(tmp_path: Path) -> None:
    bodies = {
        f"{name} {format_name}": picture(format_name, color=GREEN, icc_profile=given, **options)
        for name, given in (("Adobe", ADOBE), ("P3", DISPLAY_P3), ("ProPhoto", PROPHOTO))
        for format_name, options in LOSSLESS.items()
    }
    bodies["grey PNG"] = picture("PNG", mode="L", color=90, icc_profile=grey_profile(1.0))
    bodies["grey JPEG"] = picture("JPEG", mode="L", color=90, icc_profile=grey_profile(1.4), quality=100)
    bodies["press"] = picture("JPEG", mode="CMYK", color=(255, 0, 255, 0), icc_profile=PRESS, quality=100)
    bodies["inks"] = picture("JPEG", mode="CMYK", color=(200, 0, 200, 20), quality=100)
    bodies["palette"] = picture("PNG", mode="P", color=90, icc_profile=ADOBE)
    ours = {name: middle(read(body))[:3] for name, body in bodies.items()}
    theirs = in_chromium(bodies, tmp_path)
    # What a press can print of black and white, the intents of programs map in ways of their own.
    near = {name: 5 if name == "press" else 3 for name in bodies}
    far = {
        name: (ours[name], theirs[name]) for name in bodies if ours[name] != pytest.approx(theirs[name], abs=near[name])
    }
    assert far == {}
    assert ours["Adobe PNG"] != pytest.approx(GREEN, abs=30)


def test_alpha_stays() -> None:
    assert middle(read(picture("PNG", mode="RGBA", color=(*GREEN, 128), icc_profile=ADOBE)))[3] == 128
    assert middle(read(picture("PNG", mode="LA", color=(90, 77), icc_profile=grey_profile(1.0)))) == (160, 160, 160, 77)


def test_a_profile_of_srgb_changes_no_pixel() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wheel = Image.new("RGB", (64, 64))
    wheel.putdata([(4 * x, 4 * y, 2 * (x + y)) for y in range(64) for x in range(64)])
    out = io.BytesIO()
    wheel.save(out, "PNG", icc_profile=srgb)
    with Image.open(io.BytesIO(read(out.getvalue()).body)) as image:
        assert image.tobytes() == wheel.tobytes()


@pytest.mark.parametrize(
    "broken",
    [b"x", ADOBE[:200], b"\0" * 4000, ADOBE[:36] + b"spca" + ADOBE[40:], PRESS, grey_profile(1.0), ADOBE[:132]],
)
def test_a_profile_that_is_broken_or_of_something_else_is_passed_over(broken: bytes) -> None:
    assert middle(read(picture("PNG", color=GREEN, icc_profile=broken))) == GREEN


def test_a_picture_within_an_svg_has_its_colours_too() -> None:
    own = picture("PNG", color=GREEN, icc_profile=ADOBE)
    inks = picture("JPEG", mode="CMYK", color=(200, 0, 200, 20), quality=100)
    for body, kind, expected in ((own, "png", middle(read(own))), (inks, "jpeg", (51, 235, 51))):
        href = f"data:image/{kind};base64,{b64encode(body).decode()}"
        document = read(svg(f'<image width="10" height="5" href="{href}"/>')).body
        assert on_white(draw_svg(document, 20))[5, 10].tolist() == pytest.approx(expected, abs=3)


def test_a_large_profile_with_steps_without_end_costs_little() -> None:
    # A pipeline of 20,000 matrices, which each of 36,000 colours would go through.
    matrix = b"matf\0\0\0\0" + b"\0\3\0\3" + bytes.fromhex("3f800000 00000000 00000000") * 4
    count = 20_000
    places = b"".join([(16 + 8 * count).to_bytes(4, "big") + len(matrix).to_bytes(4, "big") for _ in range(count)])
    pipeline = b"mpet\0\0\0\0\0\3\0\3" + count.to_bytes(4, "big") + places + matrix
    hostile = profile(b"RGB ", b"XYZ ", {b"D2B0": pipeline, b"A2B0": pipeline})
    body = picture("JPEG", (1024, 1024), icc_profile=hostile)
    with Stopwatch() as watch:
        assert middle(read(body)) == pytest.approx((200, 30, 40), abs=3)
    assert watch.seconds < 1
