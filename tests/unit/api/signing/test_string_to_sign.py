from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import ROOT, blocks
from tests.signing_vectors import KEY, VECTORS, Request, Vector, split

from qr_engine.api.signing.string_to_sign import encode_pairs, encode_query, string_to_sign

EACH = pytest.mark.parametrize("vector", VECTORS, ids=[vector.name for vector in VECTORS])


def text_of(request: Request) -> str:
    path, query, body = split(request)
    return string_to_sign(request.method, path, encode_query(query), body)


@EACH
def test_a_request_and_its_other_spellings_have_the_text_of_the_vector(vector: Vector):
    assert [text_of(each) for each in (vector.request, *vector.same)] == [vector.string_to_sign] * (
        1 + len(vector.same)
    )


@EACH
def test_other_requests_have_other_texts(vector: Vector):
    assert vector.string_to_sign not in [text_of(each) for each in vector.other]


@EACH
def test_the_signature_is_what_the_standard_library_makes_of_the_text(vector: Vector):
    digest = hmac.digest(KEY.encode(), vector.string_to_sign.encode(), "sha256")
    assert vector.signature == urlsafe_b64encode(digest).decode().rstrip("=")


def test_the_page_shows_what_is_signed():
    page = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8")
    (shown,) = [block.text for block in blocks(page) if block.language == "text"]
    (method, address) = re.findall(r"^For `([A-Z]+) (\S+)`, sign$", page, re.MULTILINE)[0]
    path, _, raw = address.partition("?")
    assert shown == string_to_sign(method, path, encode_query(raw), b"") + "\n"


pieces = st.sampled_from(
    [
        *("a", "b", "=", "&", "+", "%", "%20", "%2B", "%2b", "%41", "%61", "%3D", "%26", "%25", "%zz", "%C3%A9", "%ff"),
        *("\u00fc", ".", "~", "_", "utm_", "sig=", "_=", "v=", "%0A", "%5F", "/"),
    ]
)
queries = st.lists(pieces, max_size=8).map("".join)
requests = st.tuples(
    st.sampled_from(["GET", "HEAD", "POST"]),
    st.sampled_from(["/api/qr/generate", "/api/qr/generate.png", "/qr", "/qr/"]),
    queries,
    st.sampled_from([b"", b"{}", b"a", b"\n"]),
)


def meaning(method: str, path: str, raw: str, body: bytes) -> tuple[object, ...]:
    """What a request asks for, read by the standard library: no order between names, and nothing that is ignored."""
    values: dict[bytes, list[bytes]] = {}
    octets = raw.encode().decode("latin-1")
    for name, value in parse_qsl(octets, keep_blank_values=True, encoding="latin-1"):
        if name not in {"sig", "_", "cb", "v", "t"} and not name.startswith("utm_"):
            values.setdefault(name.encode("latin-1"), []).append(value.encode("latin-1"))
    return "GET" if method == "HEAD" else method, path, values, body


@settings(max_examples=1000)
@given(requests, requests)
def test_two_requests_have_the_same_text_if_they_ask_for_the_same_and_only_then(
    one: tuple[str, str, str, bytes], other: tuple[str, str, str, bytes]
):
    texts = [string_to_sign(method, path, encode_query(raw), body) for method, path, raw, body in (one, other)]
    assert (texts[0] == texts[1]) == (meaning(*one) == meaning(*other))


@given(queries, st.randoms(use_true_random=False))
def test_a_query_in_another_order_or_escaped_otherwise_has_the_same_text(raw: str, random: object):
    """Two requests at random hardly ever ask for the same, so that here one is made of the other."""
    octets = raw.encode().decode("latin-1")
    pairs = parse_qsl(octets, keep_blank_values=True, encoding="latin-1")
    names = list(dict.fromkeys(name for name, _ in pairs))
    random.shuffle(names)  # type: ignore[attr-defined]
    ordered = [(name, value) for each in names for name, value in pairs if name == each]
    escaped = "&".join(f"{escape_all(name)}={escape_all(value)}" for name, value in ordered)
    assert string_to_sign("GET", "/qr", encode_query(escaped), b"") == string_to_sign(
        "GET", "/qr", encode_query(raw), b""
    )


def escape_all(octets: str) -> str:
    return "".join(f"%{ord(octet):02x}" for octet in octets)


@given(queries)
def test_a_query_that_a_rest_api_has_decoded_has_the_same_text(raw: str):
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return
    assert string_to_sign("GET", "/qr", encode_pairs(pairs), b"") == string_to_sign(
        "GET", "/qr", encode_query(raw), b""
    )


def test_the_text_is_made_of_visible_ascii_whatever_a_request_has():
    text = string_to_sign("POST", "/qr", encode_query("data=a%0Ab\u2028\ud800&\n=\r"), b"\n")
    assert text.splitlines() == text.split("\n")
    assert [line.isascii() and (line.isprintable() or not line) for line in text.split("\n")] == [True] * 4
    assert text.split("\n")[3] == hashlib.sha256(b"\n").hexdigest()
