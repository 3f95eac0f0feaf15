from __future__ import annotations

import json

import msgspec
from scripts.local_api.routes import parse
from tests.documents import ROOT, table

from qr_engine.config import Settings

PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
TEMPLATE = parse(ROOT / "template.yaml")
SECRETS = {"OriginSecret", "RedisEntryKey", "RedisEntryKeyPrevious", "SigningKey", "SigningKeyPrevious"}
"""Parameters that there are none of: the stack makes the first of these itself, and reads the others from secrets."""


def test_every_variable_is_in_the_table_with_its_default_and_no_other() -> None:
    said = {name: default for name, default, _ in table(PAGE, "variable")}
    known = {
        field.name.upper(): "none" if field.default is None else json.dumps(field.default).strip('"')
        for field in msgspec.structs.fields(Settings)
    }
    assert said == known


def test_every_variable_is_a_parameter_of_the_stack_of_the_same_name() -> None:
    said = {row[0].title().replace("_", "") for row in table(PAGE, "variable")}
    # What is for containers is left out as well.
    assert said - SECRETS - {"AssetsDir"} <= set(TEMPLATE["Parameters"])
