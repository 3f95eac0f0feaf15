"""One e-mail address in a field; several are a list."""

import pytest

from .given import problems_of, text


@pytest.mark.parametrize(
    "written", ["a@b.c,d@e.f", "a@b.c, d@e.f", "a@b.c;d@e.f", "a@b.c d@e.f", "Team: a@b.c, d@e.f;"]
)
@pytest.mark.parametrize(("kind", "field"), [("email", "to"), ("vcard", "email"), ("mecard", "email")])
def test_several_addresses_are_refused_with_the_list(written: str, kind: str, field: str) -> None:
    fields = {field: written} if kind == "email" else {"name": "Jana", field: written}
    (issue,) = problems_of(kind, **fields)
    assert (issue.path, issue.suggestion) == (field, ("a@b.c", "d@e.f"))
    assert issue.message == 'Must be one address; send several as a list: ["a@b.c", "d@e.f"].'


@pytest.mark.parametrize(
    "written",
    [
        "mailto:jana@example.com",
        "MAILTO:jana@example.com?subject=Hello",
        "Jana <jana@example.com>",
        '"Nováková, Jana" <jana@example.com>',
        "<jana@example.com>",
        "jana@example.com.",
        "jana@example.com;",
        " jana@example.com",
        "jana@example.com (work)",
    ],
)
def test_what_stands_around_an_address_is_refused_with_the_address_alone(written: str) -> None:
    for field in ("to", "cc", "bcc"):
        found = problems_of("email", **({"to": "a@x.org"} | {field: written}))
        assert [(issue.path, issue.suggestion) for issue in found] == [(field, "jana@example.com")]


@pytest.mark.parametrize(
    "written", ["jana", "a@b@c.d", "jana@exa mple.com", "jana(at)example.com", "mailto:", "@b.c", "a@"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    assert [issue.path for issue in problems_of("email", to=["a@x.org", "b@x.org"], cc=[written + " "])] == ["cc[0]"]


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ('"a,b"@example.com', "mailto:%22a%2Cb%22@example.com"),
        ("o'hara+tag@example.co.uk", "mailto:o%27hara%2Btag@example.co.uk"),
        ("žluť@kůň.cz", "mailto:%C5%BElu%C5%A5@k%C5%AF%C5%88.cz"),
        ("jana@[192.0.2.1]", "mailto:jana@%5B192.0.2.1%5D"),
    ],
)
def test_every_address_of_rfc_5322_without_comments_is_taken(written: str, uri: str) -> None:
    assert text("email", to=written) == uri


def test_every_field_takes_a_list() -> None:
    made = text("email", to=["a@x.org", "b@x.org"], cc=["c@x.org", "d@x.org"], bcc=["e@x.org", "f@x.org"])
    assert made == "mailto:a@x.org,b@x.org?cc=c@x.org,d@x.org&bcc=e@x.org,f@x.org"
