"""E-mail addresses: check that a field holds one and nothing else, and describe what else it holds."""

import re
from collections.abc import Iterator

from msgspec import Struct

from ..errors import Issue
from ..invisible import remove_invisible
from .fields import list_values

__all__ = ["address_issues"]

_SPECIALS = r"\s\x00-\x20\x7f-\xa0()<>\[\]:;@,\\\""
_LOCAL = rf'(?:"(?:[^"\\\x00-\x1f]|\\.)+"|[^{_SPECIALS}]+)'
_DOMAIN = rf"(?:\[[0-9A-Za-z.:]+\]|[^{_SPECIALS}/?#%&=]*[^{_SPECIALS}/?#%&=.])"
_ADDRESS = f"{_LOCAL}@{_DOMAIN}"
"""RFC 5322, 3.4.1, with the letters of RFC 6532 and without comments."""


def address_issues(content: Struct, *names: str) -> Iterator[Issue]:
    """Find values in the named fields that are not an address, contain several, or contain more than the address."""
    for name in names:
        value = getattr(content, name)
        for index, written in enumerate(list_values(value)):
            if not re.fullmatch(_ADDRESS, written):
                yield _explain_address(name if isinstance(value, str) else f"{name}[{index}]", written)


def _explain_address(path: str, written: str) -> Issue:
    text = re.sub("^mailto:", "", remove_invisible(written).strip(), flags=re.IGNORECASE)
    addresses = tuple(dict.fromkeys(match[0] for match in re.finditer(_ADDRESS, text)))
    if len(addresses) > 1:
        quoted = ", ".join(f'"{address}"' for address in addresses)
        return Issue(path, f"Must be one address; send several as a list: [{quoted}].", suggestion=addresses)
    if not addresses or not re.fullmatch(_SURROUNDINGS.format(re.escape(addresses[0])), text):
        return Issue(path, "Must be an email address, such as jana@example.com.")
    if written.lower().startswith("mailto:"):
        return Issue(path, "Must be only the address, without mailto: and without parameters.", suggestion=addresses[0])
    return Issue(path, "Must be only the email address, without a display name.", suggestion=addresses[0])


_SURROUNDINGS = r"(?:[^@]*<\s*)?['\"(\[]*{}['\")\]]*[\s>.,;:/]*(?:\?.*)?(?:\([^@]*\))?"
"""Text that people leave around an address: a display name, angle brackets, quotation marks, punctuation, a query."""
