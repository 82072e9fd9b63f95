"""The printer of sheets against printers and a print server that are not ours: what comes out, what is refused, and that
a paper that did not come out isn't left behind to come out later."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from paper import zbar, zxing
from programs import run
from spool import Printer, free_port

PAPERS = ("copy", "sheet", "act", "test")


def words(day, paper):
    """The command that prints a paper."""
    return {
        "copy": ("receipt", day.folio),
        "sheet": ("catalogue", "slip", day.sheet),
        "act": ("outing", "act"),
        "test": ("printer", "test"),
    }[paper]


def expected(day, paper):
    """Something that stands on it."""
    return {"copy": day.folio, "sheet": "vecinos", "act": "Acta de cierre", "test": "Prueba de impresora"}[paper]


def text_of(document):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", document, "-"], check=True, capture_output=True, text=True).stdout


def failing(day, *command):
    """Runs a command that must fail; gives its error."""
    done = subprocess.run([run.__globals__["folder"]() / "terreno", "--json", "--data", day.stand.data, *command],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stdout + done.stderr
    return json.loads(done.stderr.splitlines()[-1])


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printer_prints_what_holds_nothing_personal(day, printer, paper):
    day.stand.run("printer", "queue", printer.address)
    answer = day.stand.run(*words(day, paper), "--queue")[0]
    assert (answer["printed"], answer["confirmed"]) == (True, True)
    [document] = printer.papers()
    assert expected(day, paper) in text_of(document)
    info = subprocess.run(["pdfinfo", document], check=True, capture_output=True, text=True).stdout
    assert "(letter)" in info and "Tagged:          yes" in info
    # Nothing in the queue's list tells whose paper it was.
    assert day.folio not in document.name


@pytest.mark.parametrize("paper", PAPERS)
def test_a_real_cups_prints_it(day, printer, cups, paper):
    day.stand.run("printer", "queue", cups.address)
    assert day.stand.run(*words(day, paper), "--queue")[0]["printed"]
    # The stand waits so long, and no longer; the server takes its time.
    cups.program.wait_for("Job completed")
    [document] = printer.papers()
    assert expected(day, paper) in text_of(document)


def on_wall(document, folder):
    """What the QR codes on a page say, drawn as an office printer does."""
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", document, folder / "page"], check=True)
    with Image.open(folder / "page.png") as page:
        return zbar(page, folder), zxing(page)


@pytest.mark.parametrize("language", ("es-CL", "en"))
def test_the_poster_is_one_sheet_with_the_offices_address(day, printer, tmp_path, language):
    day.stand.run("printer", "queue", printer.address)
    assert day.stand.run("poster", "--language", language)[0]["confirmed"]
    [document] = printer.papers()
    info = subprocess.run(["pdfinfo", document], check=True, capture_output=True, text=True).stdout
    assert "(letter)" in info and "Tagged:          yes" in info and "Pages:           1\n" in info
    assert {"es-CL": "Aquí te atiende", "en": "The State is"}[language] in text_of(document)
    address = "https://oirs.prueba.cl/"
    assert on_wall(document, tmp_path) == ([address], [address])
    day.stand.run("poster", "--language", language, "--stick", tmp_path)
    day.stand.run("poster", "--language", language, "--pdf", tmp_path / "same.pdf")
    saved = (tmp_path / f"afiche-{language}.pdf").read_bytes()
    assert saved == (tmp_path / "same.pdf").read_bytes()
    done = subprocess.run([run.__globals__["folder"]() / "terreno", "--json", "--data", day.stand.data, "poster",
                           "--language", "xx"], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "language" in done.stderr


def test_an_act_on_a_stick_is_that_of_the_queue(day, printer, tmp_path):
    day.stand.run("printer", "queue", printer.address)
    day.stand.run(*words(day, "act"), "--queue")
    out = day.stand.run(*words(day, "act"), "--stick", tmp_path)[0]["out"]
    [printed] = printer.papers()
    assert text_of(printed) == text_of(out)
    assert out.startswith(str(tmp_path / "acta-")) and out.endswith(".pdf")


def test_a_queue_that_stands_still_keeps_nothing(day, printer, cups):
    day.stand.run("printer", "queue", cups.address)
    cups.admin("cupsdisable", "hojas")
    error = failing(day, *words(day, "sheet"), "--queue")
    assert error["code"] == "print_failed"
    assert cups.admin("lpstat", "-W", "not-completed", "-o") == ""
    cups.admin("cupsenable", "hojas")
    assert day.stand.run(*words(day, "sheet"), "--queue")[0]["printed"]
    cups.program.wait_for("Job completed")
    assert len(printer.papers()) == 1, "once, and not twice"


def test_a_paper_that_can_not_come_out_is_taken_back(day, printer, cups):
    """The queue takes the job, and its printer is stopped before anything is on paper."""
    day.stand.run("printer", "queue", cups.address)
    cups.admin("lpadmin", "-p", "hojas", "-o", "job-hold-until-default=indefinite")
    with ThreadPoolExecutor(1) as other:
        failed = other.submit(failing, day, *words(day, "act"), "--queue")
        cups.program.wait_for('Queued on "hojas"')
        cups.admin("cupsdisable", "hojas")
        assert failed.result()["code"] == "print_failed"
    assert cups.admin("lpstat", "-W", "not-completed", "-o") == ""
    assert printer.papers() == []


def test_a_printer_that_dies_half_way_is_told(day, tmp_path, system_bus):
    broken = tmp_path / "broken.sh"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with Printer(tmp_path / "printer", system_bus, command=broken) as printer:
        day.stand.run("printer", "queue", printer.address)
        assert failing(day, *words(day, "act"), "--queue")["code"] == "print_failed"


def test_a_printer_that_takes_no_pdf_is_told_from_one_that_fails(day, tmp_path, system_bus):
    with Printer(tmp_path / "printer", system_bus, formats="image/pwg-raster") as printer:
        day.stand.run("printer", "queue", printer.address)
        error = failing(day, *words(day, "test"), "--queue")
        assert (error["code"], "PDF" in error["reason"]) == ("print_failed", True)
        assert printer.papers("") == []


def test_nothing_there(day):
    day.stand.run("printer", "queue", f"ipp://localhost:{free_port()}/ipp/print")
    assert failing(day, *words(day, "test"), "--queue")["code"] == "print_failed"
    day.stand.run("printer", "no-queue")
    assert failing(day, *words(day, "test"), "--queue")["code"] == "no_queue"


def test_receipts_have_no_way_into_a_queue(day, printer):
    day.stand.run("printer", "queue", printer.address)
    assert failing(day, "printer", "set", "--network", printer.address)["code"] == "queue_for_receipts"
    # Where there is only a printer of sheets, what is for the receipt printer says why it has none.
    assert failing(day, "receipt", day.folio, "--print")["code"] == "only_sheets"
    for wrong in ("localhost:9100", "ipps://localhost/ipp/print", "http://localhost:631/printers/hojas"):
        assert failing(day, "printer", "queue", wrong)["code"] == "bad_queue"
    assert printer.papers("") == []
