from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from scripts.load.options import Options
from scripts.load.profiles import PROFILES
from scripts.load.workload import workload

from qr_engine.request import canonical_bytes, decode_pairs, parse

Chosen = Callable[..., Options]


def test_the_same_seed_asks_for_the_same(chosen: Chosen):
    words = ("--profile", "mixed", "--rate", "50", "--total", "500")
    assert workload(chosen(*words)) == workload(chosen(*words))


def test_another_seed_asks_for_something_else(chosen: Chosen):
    one, other = (workload(chosen("--seed", seed)) for seed in ("1", "2"))
    assert {target.text for target in one.targets}.isdisjoint(target.text for target in other.targets)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_code_of_a_profile_is_one_that_the_service_draws(profile: str, chosen: Chosen):
    for target in workload(chosen("--profile", profile, "--codes", "60", "--formats", "svg,png,webp")).targets:
        _, request = parse(decode_pairs(parse_qsl(urlsplit(target.path).query)), strict=False)
        assert request.text == target.text
        assert (request.style is None) == (target.kind == "basic")


def test_the_warm_route_is_told_of_the_same_code_that_the_address_asks_for(chosen: Chosen):
    for target in workload(chosen("--profile", "mixed", "--codes", "200")).targets:
        _, warmed = parse(target.fields)
        _, asked = parse(decode_pairs(parse_qsl(urlsplit(target.path).query)), strict=False)
        assert canonical_bytes(warmed) == canonical_bytes(asked)


def test_the_advanced_ones_have_everything_that_takes_long_to_draw(chosen: Chosen):
    looks = [target.fields for target in workload(chosen("--profile", "advanced", "--codes", "60")).targets]
    assert all("gradient" in each for each in looks)
    assert {each["logo"]["data"].partition(";")[0] for each in looks if "logo" in each} == {
        "data:image/png",
        "data:image/svg+xml",
    }
    assert {effect["type"] for each in looks for effect in each.get("effects", ())} == {"shadow", "glow"}
    assert any("frame" in each for each in looks)


def test_an_address_is_short_enough_for_an_api_gateway(chosen: Chosen):
    # 10,240 bytes with all headers (quotas of HTTP APIs).
    targets = workload(chosen("--profile", "advanced", "--codes", "200")).targets
    assert max(len(target.path) for target in targets) < 8192


def test_the_total_is_shared_among_the_phases(chosen: Chosen):
    phases = workload(chosen("--total", "1000")).phases
    assert [(phase.name, len(phase.codes)) for phase in phases] == [
        ("cold", 500),
        ("warm", 200),
        ("revalidation", 200),
        ("warmed", 100),
    ]


def test_one_phase_alone_gets_everything(chosen: Chosen):
    (phase,) = workload(chosen("--total", "1000", "--phases", "warm")).phases
    assert len(phase.codes) == 1000


def test_popularity_follows_zipf(chosen: Chosen):
    (phase,) = workload(chosen("--profile", "zipf", "--total", "100000", "--phases", "cold", "--codes", "1000")).phases
    asked = Counter(phase.codes)
    assert asked[0] / asked[9] == pytest.approx(10, rel=0.2)


def test_without_a_skew_all_codes_are_alike(chosen: Chosen):
    (phase,) = workload(chosen("--total", "100000", "--phases", "cold", "--codes", "10")).phases
    asked = Counter(phase.codes)
    assert min(asked.values()) > 9000


def test_requests_are_due_at_the_rate_that_was_asked_for(chosen: Chosen):
    (phase,) = workload(chosen("--rate", "200", "--duration", "20", "--phases", "warm")).phases
    assert len(phase.at) == len(phase.codes) == pytest.approx(4000, rel=0.1)
    assert phase.at == sorted(phase.at)
    assert phase.at[-1] < 20


def test_a_closed_loop_that_ends_by_the_clock_never_runs_out_of_codes(chosen: Chosen):
    by_clock = workload(chosen("--duration", "20")).phases
    assert all(phase.repeated for phase in by_clock)
    by_number = workload(chosen("--duration", "20", "--total", "1000")).phases
    assert [(phase.repeated, len(phase.codes)) for phase in by_number] == [
        (False, 500),
        (False, 200),
        (False, 200),
        (False, 100),
    ]


def test_warming_up_leaves_the_codes_alone(chosen: Chosen):
    work = workload(chosen("--warm-up", "30"))
    assert len(work.strangers) == 30
    assert {target.text for target in work.strangers}.isdisjoint(target.text for target in work.targets)
