from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given

from .given import LINES, PARAGRAPHS, complaints, refusal_of, text
from .readers import mailto


@pytest.mark.parametrize(
    ("given_fields", "uri"),
    [
        ({"to": "gorby%kremvax@example.com"}, "mailto:gorby%25kremvax@example.com"),
        ({"to": "unlikely?address@example.com"}, "mailto:unlikely%3Faddress@example.com"),
        ({"to": "Mike&family@example.org"}, "mailto:Mike%26family@example.org"),
        ({"to": '"not@me"@example.org'}, "mailto:%22not%40me%22@example.org"),
        ({"to": "infobot@example.com", "subject": "current-issue"}, "mailto:infobot@example.com?subject=current-issue"),
        (
            {"to": "infobot@example.com", "body": "send current-issue"},
            "mailto:infobot@example.com?body=send%20current-issue",
        ),
        (
            {"to": "infobot@example.com", "body": "send current-issue\nsend index"},
            "mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index",
        ),
        (
            {"to": "joe@example.com", "cc": "bob@example.com", "body": "hello"},
            "mailto:joe@example.com?cc=bob@example.com&body=hello",
        ),
        ({"to": "user@example.org", "subject": "café"}, "mailto:user@example.org?subject=caf%C3%A9"),
    ],
)
def test_the_examples_of_rfc_6068(given_fields: dict[str, Any], uri: str) -> None:
    assert text("email", **given_fields) == uri


def test_several_recipients_are_parted_by_commas_that_are_not_encoded() -> None:
    made = text("email", to=["a@x.org", '"b,c"@x.org'], bcc=["d@x.org", "e@x.org"])
    assert made == "mailto:a@x.org,%22b%2Cc%22@x.org?bcc=d@x.org,e@x.org"


def test_a_plus_sign_is_encoded_because_some_readers_make_it_a_space() -> None:
    assert text("email", to="jana+qr@example.com") == "mailto:jana%2Bqr@example.com"


@given(subject=LINES, body=PARAGRAPHS)
def test_any_subject_and_body_are_read_back(subject: str, body: str) -> None:
    to, headers = mailto(text("email", to="a@x.org", subject=subject, body=body))
    assert to == ["a@x.org"]
    assert headers == {"subject": subject, "body": body.replace("\n", "\r\n")}


def test_every_address_is_checked_and_the_sentence_names_its_field() -> None:
    wrong = complaints("email", to="jana", cc="Jana <j@x.org>", bcc="a b@x.org")
    assert list(wrong) == ["to", "cc", "bcc"]
    assert all("email address" in sentence for sentence in wrong.values())


def test_a_subject_is_one_line() -> None:
    assert "$.subject" in refusal_of("email", to="a@x.org", subject="a\nBcc: b")


def test_an_sms_has_its_number_without_separators() -> None:
    assert text("sms", phone="+1 (212) 555-1212", message="Hi") == "SMSTO:+12125551212:Hi"


def test_an_sms_without_a_message() -> None:
    assert text("sms", phone="5551212") == "SMSTO:5551212:"


@given(message=PARAGRAPHS)
def test_any_message_of_an_sms_stands_as_it_is_after_the_second_colon(message: str) -> None:
    scheme, number, read = text("sms", phone="123", message=message).split(":", 2)
    assert (scheme, number, read) == ("SMSTO", "123", message)


@pytest.mark.parametrize("phone", ["+420 123-456.789", "00420123456789", "420 (123) 456789"])
def test_a_whatsapp_link_has_the_digits_of_the_international_number(phone: str) -> None:
    assert text("whatsapp", phone=phone) == "https://wa.me/420123456789"


def test_a_whatsapp_message_is_percent_encoded() -> None:
    made = text("whatsapp", phone="+15551234567", message="I'm interested in your car + 1 & more")
    assert made == "https://wa.me/15551234567?text=I%27m%20interested%20in%20your%20car%20%2B%201%20%26%20more"


@given(message=PARAGRAPHS)
def test_any_whatsapp_message_is_read_back(message: str) -> None:
    assert unquote(text("whatsapp", phone="+15551234567", message=message).split("?text=")[1]) == message


@pytest.mark.parametrize("phone", ["0123456789", "123456", "1234567890123456", "+420*123456", "000420123456"])
def test_a_whatsapp_number_that_is_not_international_is_refused(phone: str) -> None:
    assert list(complaints("whatsapp", phone=phone)) == ["phone"]


@pytest.mark.parametrize("kind", ["sms", "whatsapp", "tel"])
@pytest.mark.parametrize("phone", ["", "1\n", "1\u2028", "1" * 81])
def test_a_number_is_one_line(kind: str, phone: str) -> None:
    assert "$.phone" in refusal_of(kind, phone=phone)
