"""What our compiler made of a spreadsheet, beside what others make of it.

pyxform compiles the same XLSX to an XForm; names, types, conditions, texts and choices must be the same (it makes
typographic quotation marks straight, and we keep what was written: the fixtures have none). openpyxl wrote the
spreadsheets, libxml2 judged the conditions, and Python's own hmac draws: each is asked again here, so that what lies
in tests/fixtures/survey is what they say and not what we would like.
"""

import hashlib
import hmac
import json
import pathlib
import re
import subprocess
import sys

import pytest
from lxml import etree
from pyxform.xls2xform import convert

ROOT = pathlib.Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "survey"
NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "x": "http://www.w3.org/2002/xforms",
    "jr": "http://openrosa.org/javarosa",
}
TYPES = {"text": "string", "note": "string", "integer": "int", "range": "int", "select_one": "string",
         "select_multiple": "string"}
CONTROLS = {"text": "input", "note": "input", "integer": "input", "range": "range", "select_one": "select1",
            "select_multiple": "select"}
TITLE_NOTE = "form_title"


@pytest.mark.parametrize("script", ["make.py", "vectors.py"])
def test_fixtures_are_what_their_scripts_write(script):
    subprocess.run([sys.executable, FIXTURES / script, "--check"], check=True)


def test_python_draws_as_the_fixture_says():
    commitment, places = (FIXTURES / "draw.txt").read_text().splitlines()
    seed, numerator, denominator = bytes(range(32)), 1, 5
    rate = numerator.to_bytes(2, "big") + denominator.to_bytes(2, "big")
    assert hashlib.sha256(b"oirs/survey-seed/1" + rate + seed).hexdigest() == commitment

    def drawn(n):
        code = hmac.digest(seed, b"oirs/survey-draw/1" + n.to_bytes(8, "big"), "sha256")
        return int.from_bytes(code[:8], "big") * denominator < numerator << 64

    assert places == " ".join(str(n) for n in range(1, 101) if drawn(n))


def test_the_documents_example_says_what_stands_below_it(capsys):
    text = (ROOT / "docs" / "surveys.md").read_text(encoding="utf-8")
    program, output = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL).groups()
    exec(compile(program, "docs/surveys.md", "exec"), {})
    assert capsys.readouterr().out == output


def test_the_document_names_every_limit():
    source = (ROOT / "crates" / "survey" / "src" / "limits.rs").read_text(encoding="utf-8")
    limits = {}
    for name, value in re.findall(r"const (\w+): \w+ = ([^;]+);", source):
        # A limit may be made of those before it.
        limits[name] = eval(re.sub(r"(?<=\d)_(?=\d)", "", value), {}, dict(limits))
    text = (ROOT / "docs" / "surveys.md").read_text(encoding="utf-8")
    assert {name: int(value) for name, value in re.findall(r"\| `(\w+_MAX)`[^|]*\| (\d+) \|", text)} == limits


class XForm:
    """pyxform's XForm of a spreadsheet, asked in our words."""

    def __init__(self, path):
        self.root = etree.fromstring(convert(str(path), validate=False).xform.encode())
        self.binds = {bind.get("nodeset").rsplit("/", 1)[1]: bind for bind in self.all("//x:bind")}

    def all(self, path, within=None):
        return (self.root if within is None else within).xpath(path, namespaces=NAMES)

    def text(self, key):
        """A text by its id, in each language."""
        found = {}
        for translation in self.all("//x:translation"):
            values = self.all(f"x:text[@id='{key}']/x:value[not(@form)]", translation)
            if values and values[0].text not in (None, "-"):
                found[re.search(r"\((.*)\)", translation.get("lang")).group(1)] = values[0].text
        return found

    def path(self, name):
        return self.binds[name].get("nodeset")

    def control(self, name):
        return self.all(f"//h:body//*[@ref='{self.path(name)}']")[0]

    def items(self, name):
        """The choices of a question, in order: name and texts."""
        itemset = self.all("x:itemset", self.control(name))[0]
        instance = re.search(r"instance\('([^']+)'\)", itemset.get("nodeset")).group(1)
        return [(item.findtext("x:name", namespaces=NAMES), self.text(item.findtext("x:itextId", namespaces=NAMES)))
                for item in self.all(f"//x:instance[@id='{instance}']/x:root/x:item")]

    def condition(self, name, kind):
        return self.binds[name].get(kind)


def as_xform(xform, expression):
    """A condition of ours as pyxform writes it: paths for names, with its own spaces."""
    if expression is None:
        return None
    return re.sub(r"\$\{(\w+)\}", lambda match: f" {xform.path(match.group(1))} ", expression)


@pytest.fixture(params=["satisfaccion", "todo"], scope="module")
def both(request):
    compiled = json.loads((FIXTURES / f"{request.param}.json").read_text(encoding="utf-8"))
    return XForm(FIXTURES / f"{request.param}.xlsx"), compiled


def test_questions_are_the_same_in_the_same_order(both):
    xform, compiled = both
    ours = [TITLE_NOTE, *(question["name"] for question in compiled["questions"])]
    groups = {group["name"] for group in compiled["groups"]}
    theirs = [name for name in xform.binds if name not in groups and name != "instanceID"]
    assert theirs == ours
    assert groups <= {name for path in map(xform.path, ours) for name in path.split("/")}


def test_types_conditions_and_groups_are_the_same(both):
    xform, compiled = both
    within = {group["name"]: group.get("group") for group in compiled["groups"]}
    for question in compiled["questions"]:
        name, kind = question["name"], question["asks"]["type"]
        bind = xform.binds[name]
        assert bind.get("type") == TYPES[kind], name
        assert etree.QName(xform.control(name)).localname == CONTROLS[kind], name
        assert (bind.get("required") == "true()") == question["required"], name
        for condition in ["relevant", "constraint"]:
            assert bind.get(condition) == as_xform(xform, question.get(condition)), name
        path, group = [name], question.get("group")
        while group:
            path, group = [group, *path], within[group]
        assert xform.path(name) == "/".join(["", "data", *path])
    for group in compiled["groups"]:
        assert xform.condition(group["name"], "relevant") == as_xform(xform, group.get("relevant"))


def test_texts_are_the_same_in_every_language(both):
    xform, compiled = both
    assert xform.root.findtext("h:head/h:title", namespaces=NAMES) == compiled["title"]["es-CL"]
    assert xform.text(f"/data/{TITLE_NOTE}:label") == compiled["title"]
    for question in compiled["questions"]:
        path = xform.path(question["name"])
        assert xform.text(f"{path}:label") == question["label"]
        assert xform.text(f"{path}:hint") == question.get("hint", {})
        assert xform.text(f"{path}:jr:requiredMsg") == question.get("required_message", {})
        assert xform.text(f"{path}:jr:constraintMsg") == question.get("constraint_message", {})
    for group in compiled["groups"]:
        label = xform.all(f"//h:body//x:group[contains(@ref, '/{group['name']}')]/x:label/@ref")
        texts = xform.text(re.search(r"'(.*)'", label[0]).group(1)) if label else {}
        assert texts == group.get("label", {}), group["name"]


def test_choices_and_grades_are_the_same(both):
    xform, compiled = both
    for question in compiled["questions"]:
        asks = question["asks"]
        if "list" in asks:
            ours = [(choice["name"], choice["label"]) for choice in compiled["choices"][asks["list"]]]
            assert xform.items(question["name"]) == ours
        if asks["type"] == "range":
            control = xform.control(question["name"])
            assert (control.get("start"), control.get("end")) == (str(asks["start"]), str(asks["end"]))
            ours = [(str(asks["start"]), asks["low"]), (str(asks["end"]), asks["high"])]
            assert xform.items(question["name"]) == ours
