import pytest

from qr_engine.content import Url, content_issues

from .given import complaints, refusal_of, text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "HTTP://EXAMPLE.COM/A?b=c;d,e:f#g\\",
        "https://xn--mller-kva.example/stra%C3%9Fe",
        "https://user:secret@example.com:8080/a/../b//c?x[]=1|2&y={z}^`'".replace("'", ""),
        "http://[::1]:80/",
    ],
)
def test_a_web_address_that_browsers_send_as_it_is_stands_as_it_is(url: str) -> None:
    assert text("url", url=url) == url


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://127.0.0.1/\u73b0\u4ee3.pdf", "http://127.0.0.1/%E7%8E%B0%E4%BB%A3.pdf"),
        ("https://müller.example/straße?q=ü#ß", "https://xn--mller-kva.example/stra%C3%9Fe?q=%C3%BC#%C3%9F"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://MÜLLER.example:80/", "https://xn--mller-kva.example:80/"),
        ("https://m%C3%BCller.example/", "https://xn--mller-kva.example/"),
        ("https://\u4f8b\u3048\u3002\u30c6\u30b9\u30c8/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://i\u2764.ws/", "https://xn--i-7iq.ws/"),
        ("https://\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com/", "https://xn--mgba3gch31f060k.com/"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/%E4%zz%4", "https://example.com/%E4%25zz%254"),
        (
            "https://example.com/\"<>`{}^'|?\"<>'`{}#\"<>`'",
            "https://example.com/%22%3C%3E%60%7B%7D%5E'|?%22%3C%3E%27`{}#%22%3C%3E%60'",
        ),
        ("https://example.com\\a\\b?c\\d", "https://example.com/a/b?c\\d"),
        ("https://pä:wö@example.com/", "https://p%C3%A4:w%C3%B6@example.com/"),
        ("https://example.com/\u0645\u06cc\u200c\u062e", "https://example.com/%D9%85%DB%8C%E2%80%8C%D8%AE"),
    ],
)
def test_a_web_address_is_written_as_browsers_send_it_unless_it_is_to_stand_as_typed(url: str, sent: str) -> None:
    assert text("url", url=url) == sent
    assert text("url", url=sent) == sent
    assert text("url", url=url, as_typed=True) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://ex%20ample.com",
        "https://\u0301a.com/",
        "https://a\u05d0\u0031a.com",
        f"https://{'ü' * 70}.de",
        "https://a^b/",
    ],
)
def test_a_host_that_there_cannot_be_is_refused(url: str) -> None:
    assert list(complaints("url", url=url)) == ["url"]


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://[::1", "Must have a ] after the address in its host, as in [::1]."),
        ("http://[fe80::1%25eth0]/", "IPv6"),
        ("http://[1.2.3.4]/", "IPv6"),
        ("http://a:65536/", "port"),
        ("http://a:000099999/", "port"),
        ("https://.", "dot"),
        ("https://a..b/", "dot"),
        ("https://:80/", "dot"),
        ("https://user@/", "dot"),
    ],
)
def test_a_host_that_nobody_can_look_up_is_refused(url: str, word: str) -> None:
    assert word in complaints("url", url=url)["url"]


@pytest.mark.parametrize("url", ["http://a:065535/", "http://a:/", "https://example.com./", "http://localhost"])
def test_an_unusual_host_or_port_stands(url: str) -> None:
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
        ("žluť.cz/kůň", "https://žluť.cz/kůň"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_host_without_its_scheme_is_completed_in_the_suggestion(url: str, suggestion: str | None) -> None:
    assert [issue.suggestion for issue in content_issues(Url(url=url))] == [suggestion]


@pytest.mark.parametrize("url", ["https://example.com\n", "https://example.com/\x00", "https://example.com/\t"])
def test_a_web_address_has_no_control_characters(url: str) -> None:
    assert "$.url" in refusal_of("url", url=url)


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        ("https://example.com/a b?c d#e f", "https://example.com/a%20b?c%20d#e%20f"),
        (" https://example.com/ ", "https://example.com/"),
        ("\u00a0https://example.com/a\u00a0b\u00a0", "https://example.com/a%C2%A0b"),
    ],
)
def test_a_space_is_percent_encoded_within_an_address_and_dropped_around_it(url: str, payload: str) -> None:
    assert text("url", url=url) == payload


def test_a_space_is_refused_in_a_host_and_where_an_address_stands_as_typed() -> None:
    assert list(complaints("url", url="https://exam ple.com/")) == ["url"]
    assert list(complaints("url", url="https://example.com/a b", as_typed=True)) == ["url"]


@pytest.mark.parametrize(
    ("phone", "uri"),
    [("+1-201-555-0123", "tel:+12015550123"), ("(0)20 / 123.45", "tel:02012345"), ("*#06#", "tel:*%2306%23")],
)
def test_a_number_to_call_has_no_separators_and_no_fragment(phone: str, uri: str) -> None:
    assert text("tel", phone=phone) == uri
