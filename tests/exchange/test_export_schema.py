"""The JSON of `kb export` against the schema that is published with it."""

import copy
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kb.corpus.export import export

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "export.schema.json"


def closed(schema):
    """The schema with no key allowed beside those that it names."""
    schema = copy.deepcopy(schema)
    stack = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return schema


@pytest.fixture(scope="module")
def schema():
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_the_schema_is_one(schema):
    Draft202012Validator.check_schema(schema)


def test_the_export_is_as_the_schema_says_and_has_no_other_key(text, schema):
    errors = Draft202012Validator(closed(schema)).iter_errors(export(text))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "gone"), ("kind", "item"), ("source_lines", (0,)), ("text", None)],
)
def test_the_schema_finds_what_is_wrong(shipped, schema, field, value):
    wrong = replace(shipped.clauses[0], **{field: value})
    found = export(replace(shipped, clauses=(wrong,)))
    assert not Draft202012Validator(schema).is_valid(found)
