import pytest

from qr_engine.content import Url, problems

from .given import complaints, refused, text


@pytest.mark.parametrize("url", ["https://example.com", 'HTTP://EXAMPLE.COM/A?b=c;d,e:f#"g\\', "https://žluť.cz/kůň"])
def test_a_web_address_stands_as_it_is(url: str) -> None:
    assert text("url", url=url) == url


@pytest.mark.parametrize("url", ["example.com", "ftp://example.com", "javascript:alert(1)", "https://", "https:///x"])
def test_another_scheme_or_no_host_is_refused_with_what_is_allowed(url: str) -> None:
    assert complaints("url", url=url) == {"url": "Must start with http:// or https://, followed by a host."}


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ("example.com/x?y", "https://example.com/x?y"),
        ("//example.com:80", "https://example.com:80"),
        ("https:/example.com", "https://example.com"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_host_without_its_scheme_is_completed_in_the_suggestion(url: str, suggestion: str | None) -> None:
    assert [issue.suggestion for issue in problems(Url(url=url))] == [suggestion]


@pytest.mark.parametrize("url", ["https://example.com/a b", "https://example.com\n", "https://example.com/\x00"])
def test_a_web_address_has_no_spaces_and_no_control_characters(url: str) -> None:
    assert "$.url" in refused("url", url=url)


@pytest.mark.parametrize(
    ("phone", "uri"),
    [("+1-201-555-0123", "tel:+12015550123"), ("(0)20 / 123.45", "tel:02012345"), ("*#06#", "tel:*%2306%23")],
)
def test_a_number_to_call_has_no_separators_and_no_fragment(phone: str, uri: str) -> None:
    assert text("tel", phone=phone) == uri
