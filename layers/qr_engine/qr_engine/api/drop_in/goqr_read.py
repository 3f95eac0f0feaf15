"""``/v1/read-qr-code/`` of goqr.me's api.qrserver.com: always status 200, with one element and errors in words."""

from __future__ import annotations

import re
from typing import Any, Final

from ...errors import InvalidRequest, TooMuchData
from ...reading import ReadSymbol, read
from ..gateway import NO_STORE, Request, Response, json_response, text_response
from ..multipart import MULTIPART, read_parts
from ..routes.read import MULTIPART_LIMIT
from .form import FORM, read_parameters

__all__ = ["answer"]

NOT_FOUND: Final = "could not find/read QR Code"
NOT_FETCHED: Final = "download error (could not establish connection)"
TOO_BIG: Final = "download error (file is too big)"
NOT_SUPPORTED: Final = "filetype not supported"

_XML: Final = {"Content-Type": "application/xml; charset=utf-8", **NO_STORE}
# Characters that an XML document cannot contain, not even as a reference (XML 1.0, 2.2).
_NO_XML: Final = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

Parts = list[tuple[int, str | None, str | None]]
"""Number, data and error of each symbol."""


def answer(request: Request) -> tuple[Response, str]:
    """Answer with the text of the largest symbol in the picture in `file`, followed by the rest of its sequence.

    An address in ``fileurl`` is not fetched; the answer is that it cannot be reached.
    """
    try:
        parameters = _read_fields(request)
        parts = _read_parts(parameters)
    except (InvalidRequest, TooMuchData) as problem:
        parameters, parts = {}, [(0, None, _word_of(problem))]
    outcome = "done" if parts[0][2] is None else "rejected"
    wants_xml = _output_format(request, parameters) == b"xml"
    return (_xml_answer(parts) if wants_xml else _json_answer(parts)), outcome


def _read_fields(request: Request) -> dict[str, bytes]:
    """Read the parameters of the query string and the form; those of the query string take precedence."""
    content_type = request.header("content-type", FORM)
    if not request.route.startswith("POST") or content_type.partition(";")[0].strip().lower() != MULTIPART:
        query, form = read_parameters(request)
        return dict(form) | dict(query)
    form = [(part.name, part.value) for part in read_parts(request.octets(MULTIPART_LIMIT), content_type)]
    return dict(form) | {name: value.encode() for name, value in request.query}


def _read_parts(parameters: dict[str, bytes]) -> Parts:
    body = parameters.get("file")
    if not body:
        return [(0, None, NOT_FETCHED if parameters.get("fileurl") else NOT_FOUND)]
    most = parameters.get("MAX_FILE_SIZE", b"")
    if most.isdigit() and len(most) < 16 and len(body) > int(most):
        return [(0, None, TOO_BIG)]
    symbols = read(body).symbols
    if not symbols:
        return [(0, None, NOT_FOUND)]
    place = symbols[0].structured_append
    if place is None:
        return [(0, _text(symbols[0]), None)]
    found = [
        (each.structured_append.part - 1, _text(each), None)
        for each in symbols
        if each.structured_append
        and (each.structured_append.parts, each.structured_append.parity) == (place.parts, place.parity)
    ]
    return sorted(found)


def _text(symbol: ReadSymbol) -> str:
    return symbol.data.decode("iso-8859-1") if symbol.text is None else symbol.text


def _word_of(problem: InvalidRequest | TooMuchData) -> str:
    """Return the service's own words for a refusal."""
    issue = problem.issues[0]
    if issue.allowed:
        return NOT_SUPPORTED
    return TOO_BIG if issue.limit else NOT_FOUND


def _output_format(request: Request, parameters: dict[str, bytes]) -> bytes:
    if "outputformat" in parameters:
        return parameters["outputformat"].strip().lower()
    # The parameters could not be read completely.
    return b"xml" if "outputformat=xml" in (request.raw_query or "") else b"json"


def _json_answer(parts: Parts) -> Response:
    symbols: list[dict[str, Any]] = [{"seq": number, "data": data, "error": error} for number, data, error in parts]
    return json_response([{"type": "qrcode", "symbol": symbols}], headers=NO_STORE)


def _xml_answer(parts: Parts) -> Response:
    symbols = [_element("symbol", _print_symbol(*part)) for part in parts]
    barcode = _element("barcode", _element("type", "qrcode") + "".join(symbols))
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return text_response(f"{declaration}{_element('barcodes', barcode)}\n", headers=_XML)


def _print_symbol(number: int, data: str | None, error: str | None) -> str:
    fields = {"seq": f"{number}", "data": data or "", "error": error or ""}
    return "".join([_element(name, _escape(value)) for name, value in fields.items()])


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _escape(text: str) -> str:
    plain = re.sub(_NO_XML, "\ufffd", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
