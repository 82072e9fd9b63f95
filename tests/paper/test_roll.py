"""The roll's bytes against a library for such printers that isn't ours, and the paper read by two readers of QR codes.

Nothing of ours goes to a printer as letters (ADR 16), so there is no code page to be wrong about: a job is commands and dots,
and the text that a person may save to a file is UTF-8. Both are held here with Python's own codecs."""

import subprocess
import unicodedata

import pytest
from escpos.printer import Dummy
from PIL import Image

from paper import OUT_OF_PAPER, READY, Roll, commands, picture, zbar, zxing
from test_queue import failing, words

COLUMNS = {"58": 32, "80": 48}
DOTS = {"58": 384, "80": 576}
FILES = ("copy", "sheet", "act")
# Lines fed at the end of a paper, and the cut after them, as Epson's reference writes it: function B, full or partial.
ENDS = {"none": [("feed", 6)], "partial": [("feed", 4), ("cut", b"\x42\x00")], "full": [("feed", 4), ("cut", b"\x41\x00")]}
# What is said not to be lost when a paper did not come out.
KEPT = {"copy": "La solicitud quedó guardada.", "sheet": "La ficha sigue en el equipo.", "act": "El acta quedó guardada.",
        "test": "No se perdió nada."}
# Rows of one band, and lines fed before the cut: the two numbers that are ours to choose.
BAND_ROWS, FED_LINES = 128, 4


def saved(day, paper, form, width, folder):
    """A paper as a file."""
    out = folder / f"{paper}.{form}"
    day.stand.run(*words(day, paper), "--format", form, "--paper", width, "--out", out)
    return out


def code(day, paper, text):
    """What the paper's QR code must say, by the text of the same paper or by the record."""
    if paper == "act":
        return day.stand.run("outing", "acts")[-1]["code"]
    if paper == "sheet":
        sources = day.stand.run("catalogue", "show", day.sheet)[0]["sources"]
        return sources[0]["url"]
    [line] = [line for line in text.split() if line.upper().startswith("HTTPS://")] or [""]
    return line


@pytest.mark.parametrize("width", DOTS)
@pytest.mark.parametrize("paper", FILES)
def test_the_bytes_are_those_of_another_library(day, tmp_path, paper, width):
    with Image.open(saved(day, paper, "png", width, tmp_path)) as drawn:
        other = Dummy()
        other.hw("INIT")
        other.image(drawn, impl="bitImageRaster", fragment_height=BAND_ROWS, center=False)
        other.print_and_feed(FED_LINES)
        other._raw(b"\x1dV\x42\x00")
        assert drawn.width == DOTS[width]
        assert saved(day, paper, "escpos", width, tmp_path).read_bytes() == other.output


@pytest.mark.parametrize("paper", (*FILES, "test"))
@pytest.mark.parametrize("width", DOTS)
def test_the_paper_is_read_by_zbar_and_zxing(day, tmp_path, paper, width):
    with Roll() as roll:
        day.stand.run("printer", "set", "--network", roll.address, "--paper", width)
        option = () if paper == "test" else ("--print",)
        answer = day.stand.run(*words(day, paper), *option)[0]
        assert (answer["printed"], answer["confirmed"]) == (True, True)
        [job] = roll.jobs
    names = [name for name, _ in commands(job)]
    assert (names[0], names[-2:]) == ("initialise", ["feed", "cut"])
    assert set(names[1:-2]) == {"raster"}, "nothing but dots between"
    image = picture(job)
    assert image.width == DOTS[width]
    found = (zbar(image, tmp_path) if paper != "test" else [], zxing(image))
    if paper == "test":
        assert found == ([], [])
        return
    assert job == saved(day, paper, "escpos", width, tmp_path).read_bytes()
    assert found[0] == found[1] and len(found[0]) == 1, "both readers read the same code"
    if paper == "copy":
        verdict = day.stand.run("verify", found[0][0])[0]
        assert (verdict["verdict"], verdict["folio"]) == ("genuine", day.folio)
    else:
        assert found[0] == [code(day, paper, "")]


@pytest.mark.parametrize("width", COLUMNS)
@pytest.mark.parametrize("paper", FILES)
def test_text_is_utf_8_and_fits_the_columns(day, tmp_path, paper, width):
    text = saved(day, paper, "text", width, tmp_path).read_bytes().decode("utf-8", errors="strict")
    assert unicodedata.is_normalized("NFC", text)
    assert not [character for character in text if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
                and character != "\n"]
    for line in text.splitlines():
        # An address is not broken: nobody could type it.
        assert len(line) <= COLUMNS[width] or " " not in line.strip(), line


@pytest.mark.parametrize("cutter", ENDS)
@pytest.mark.parametrize("paper", (*FILES, "test"))
def test_a_paper_leaves_the_printer_as_was_chosen(day, paper, cutter):
    with Roll() as roll:
        day.stand.run("printer", "set", "--network", roll.address, "--cutter", cutter)
        assert day.stand.run("printer", "show")[0]["printer"]["cutter"] == cutter
        day.stand.run(*words(day, paper), *(() if paper == "test" else ("--print",)))
        [job] = roll.jobs
    assert [command for command in commands(job) if command[0] not in ("initialise", "raster")] == ENDS[cutter]
    assert commands(job)[-2][0] == "raster" or commands(job)[-3][0] == "raster", "it ends the paper and stands nowhere else"


def test_as_many_acts_come_out_as_were_chosen_and_then_just_those_that_are_missing(day):
    day.stand.run("printer", "papers", "--act", 3)
    try:
        with Roll(papers=1) as roll:
            day.stand.run("printer", "set", "--network", roll.address)
            assert failing(day, *words(day, "act"), "--print")["code"] == "print_failed"
            assert len(roll.jobs) == 1, "the second was sent nowhere"
            roll.papers, roll.says = None, READY
            assert day.stand.run(*words(day, "act"), "--print", "--papers", 2)[0]["papers"] == 2
            assert day.stand.run(*words(day, "act"), "--print")[0]["papers"] == 3
        assert len(roll.jobs) == 6 and len(set(roll.jobs)) == 1
        for job in roll.jobs:
            assert [name for name, _ in commands(job)].count("cut") == 1, "a paper of its own"
    finally:
        assert day.stand.run("printer", "papers", "--act", 1)[0]["papers"] == {"receipt": 1, "act": 1}


@pytest.mark.parametrize("paper", (*FILES, "test"))
def test_a_printer_without_paper_is_sent_nothing(day, paper):
    with Roll(says=OUT_OF_PAPER) as roll:
        day.stand.run("printer", "set", "--network", roll.address)
        option = () if paper == "test" else ("--print",)
        error = failing(day, *words(day, paper), *option)
        assert (error["code"], roll.jobs) == ("print_failed", [])
        assert KEPT[paper] in error["reason"], "what is true of this paper, and of no other"
        roll.says = READY
        assert day.stand.run(*words(day, paper), *option)[0]["printed"]


@pytest.mark.parametrize("paper", (*FILES, "test"))
def test_a_printer_that_dies_half_way_is_told_and_prints_it_whole_the_next_time(day, paper):
    with Roll(takes=1) as roll:
        day.stand.run("printer", "set", "--network", roll.address)
        option = () if paper == "test" else ("--print",)
        assert failing(day, *words(day, paper), *option)["code"] == "print_failed"
        roll.takes = None
        assert day.stand.run(*words(day, paper), *option)[0]["confirmed"]
        assert [name for name, _ in commands(roll.jobs[-1])][-1] == "cut"
