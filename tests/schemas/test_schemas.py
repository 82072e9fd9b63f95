"""The published schemas, read by a validator that is not ours, say what the program says.

A script's author checks a line against `docs/schemas/` long before a stand sees it. So everything of the field day
must pass there, and what the program refuses for its form must be refused there too: unknown fields, wrong types,
missing ones, words that are on no list, texts over their limit. What only a rule can know (a check digit, a date that
lies ahead) the schema lets through, and is no schema's business.
"""

import json
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs/schemas"
DAY = ROOT / "tests/fixtures/jornada"
KINDS = ("request", "encounter", "addition", "withdrawal", "void", "survey")
# Codes of errors that the form alone shows.
OF_FORM = {"missing", "unknown_field", "unknown_kind", "wrong_type", "too_long"}
# Missing only because of what another field says: a rule that a form alone does not tell.
BETWEEN = {"request filed without its kind"}


def validator(kind):
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)

class Schemas(unittest.TestCase):
    def test_each_is_a_schema_and_speaks_of_an_object(self):
        for kind in KINDS:
            self.assertEqual(validator(kind).schema["type"], "object", kind)

    def test_the_field_day_passes(self):
        for kind, file in (("request", "requests.jsonl"), ("encounter", "encounters.jsonl")):
            checks = validator(kind)
            lines = (DAY / file).read_text(encoding="utf-8").splitlines()
            self.assertGreater(len(lines), 0)
            for number, line in enumerate(lines, 1):
                errors = [error.message for error in checks.iter_errors(json.loads(line))]
                self.assertEqual(errors, [], f"{file}:{number}")

    def test_what_the_form_alone_shows_is_refused(self):
        cases = json.loads((DAY / "bad.json").read_text(encoding="utf-8"))
        of_form = [case for case in cases if case["code"] in OF_FORM and "line" in case and case["name"] not in BETWEEN]
        self.assertGreater(len(of_form), 20)
        for case in of_form:
            with self.subTest(case["name"]):
                self.assertFalse(validator(case["record"]).is_valid(json.loads(case["line"])))

    def test_what_a_script_says_of_the_survey(self):
        checks = validator("survey")
        good = (
            {"ending": "refused"},
            {"ending": "lapsed", "place": 10_000, "id": "6f9619ff-8b86-4d01-b42d-00c04fc964ff"},
            {"ending": "answered", "version": 1, "language": "es-CL", "duration_s": 48, "replies": {
                "a": {"number": 6}, "b": "dont_know", "c": {"choice": "si"}, "d": {"choices": ["x", "y"]},
                "e": "declined", "f": {"text": "Todo bien"}}},
        )
        for line in good:
            self.assertEqual([error.message for error in checks.iter_errors(line)], [], line)
        bad = (
            {}, {"ending": "complete"}, {"ending": "refused", "place": 0}, {"ending": "refused", "place": 10_001},
            {"ending": "refused", "id": "7"}, {"ending": "refused", "name": "x"}, {"ending": "answered", "version": 0},
            {"ending": "answered", "replies": {"a": 6}}, {"ending": "answered", "replies": {"a": {"number": "6"}}},
            {"ending": "answered", "replies": {"a": "unsure"}}, {"ending": "answered", "duration_s": -1},
        )
        for line in bad:
            self.assertFalse(checks.is_valid(line), line)


if __name__ == "__main__":
    unittest.main()
