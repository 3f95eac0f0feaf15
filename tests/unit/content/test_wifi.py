import pytest
from hypothesis import given
from hypothesis import strategies as st

from .given import LINES, complaints, refusal_of, text
from .readers import fields


def octets(least: int, most: int) -> st.SearchStrategy[str]:
    return LINES.filter(lambda value: least <= len(value.encode()) <= most)


def test_the_example_of_the_format_with_quotation_marks_and_a_backslash() -> None:
    assert text("wifi", ssid='"foo;bar\\baz"') == r"WIFI:T:nopass;S:\"foo\;bar\\baz\";;"


def test_a_password_alone_means_wpa() -> None:
    assert text("wifi", ssid="mynetwork", password="mypassword") == "WIFI:T:WPA;S:mynetwork;P:mypassword;;"


def test_a_hidden_network_still_ends_with_two_semicolons() -> None:
    assert text("wifi", ssid="x", hidden=True) == "WIFI:T:nopass;S:x;H:true;;"


def test_an_enterprise_network_has_its_method_and_identities() -> None:
    made = text(
        "wifi",
        ssid="eduroam",
        security="WPA2-EAP",
        eap_method="PEAP",
        identity="jana@example.com",
        anonymous_identity="anon",
        phase2="MSCHAPV2",
        password="x",
    )
    assert made == "WIFI:T:WPA2-EAP;S:eduroam;E:PEAP;A:anon;I:jana@example.com;PH2:MSCHAPV2;P:x;;"


@pytest.mark.parametrize("value", ["12345678", "deadbeef", "CAFE0123"])
def test_what_looks_hexadecimal_gets_no_quotation_marks(value: str) -> None:
    assert text("wifi", ssid=value, password=value) == f"WIFI:T:WPA;S:{value};P:{value};;"


@given(ssid=octets(1, 32), password=octets(8, 63))
def test_any_name_and_password_are_read_back(ssid: str, password: str) -> None:
    read = fields(text("wifi", ssid=ssid, password=password), "WIFI")
    assert read == [("T", "WPA"), ("S", ssid), ("P", password)]


@pytest.mark.parametrize(
    ("security", "password"),
    [("WPA", "a" * 8), ("WPA", "a" * 63), ("WPA", "0" * 64), ("WEP", "abcde"), ("WEP", "0123456789"), ("SAE", "a")],
)
def test_passwords_of_the_lengths_that_a_security_allows(security: str, password: str) -> None:
    assert not complaints("wifi", ssid="x", security=security, password=password)


@pytest.mark.parametrize(
    ("security", "password"),
    [("WPA", "a" * 7), ("WPA", "g" * 64), ("WPA", "a" * 65), ("WEP", "abcd"), ("WEP", "01234567zz")],
)
def test_passwords_of_other_lengths_are_refused_with_what_is_allowed(security: str, password: str) -> None:
    sentence = complaints("wifi", ssid="x", security=security, password=password)["password"]
    assert f"if security is {security}" in sentence


@pytest.mark.parametrize("security", ["WPA", "SAE", "WEP"])
def test_a_secured_network_needs_a_password(security: str) -> None:
    assert complaints("wifi", ssid="x", security=security) == {"password": f"Must be given if security is {security}."}


def test_an_open_network_takes_no_password() -> None:
    assert list(complaints("wifi", ssid="x", security="nopass", password="12345678")) == ["password"]


def test_a_name_of_more_than_32_octets_is_refused_though_it_has_fewer_characters() -> None:
    assert complaints("wifi", ssid="ž" * 17) == {"ssid": "Must take at most 32 octets in UTF-8, not 34."}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = complaints("wifi", ssid="ž" * 17, password="short", identity="jana", phase2="PAP")
    assert list(wrong) == ["ssid", "password", "identity", "phase2"]


def test_an_enterprise_network_needs_its_method() -> None:
    assert "PEAP" in complaints("wifi", ssid="x", security="WPA2-EAP", password="x")["eap_method"]


@pytest.mark.parametrize("ssid", ["", "a\n", "a\x00b", "a" * 33])
def test_a_name_must_be_one_line_of_1_to_32_characters(ssid: str) -> None:
    assert "$.ssid" in refusal_of("wifi", ssid=ssid)


@pytest.mark.parametrize(
    ("security", "written"), [("WPA", "WPA"), ("WPA2", "WPA"), ("WPA3", "SAE"), ("SAE", "SAE"), ("WEP", "WEP")]
)
def test_a_network_may_be_called_by_the_name_on_the_box(security: str, written: str) -> None:
    assert text("wifi", ssid="x", password="1234567890abc", security=security).startswith(f"WIFI:T:{written};")


def test_the_rules_of_a_name_on_the_box_are_those_of_what_it_means() -> None:
    assert "8 to 63 octets" in complaints("wifi", ssid="x", security="WPA2", password="1234567")["password"]
    assert list(complaints("wifi", ssid="x", security="WPA3")) == ["password"]
