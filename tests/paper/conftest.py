"""A stand with something to print, and printers that are not ours, all on loopback."""

from types import SimpleNamespace

import pytest

from programs import ROOT, Central, Stand, jornada
from spool import Cups, Printer, bus

FIRST_PACK = ROOT / "crates" / "catalogue" / "data" / "first-pack.json"


@pytest.fixture(scope="session")
def day(tmp_path_factory):
    """A stand with a request, the first catalogue and a closed outing."""
    folder = tmp_path_factory.mktemp("day")
    central = Central(folder / "central")
    try:
        central.run("catalogue", "publish", FIRST_PACK)
        stand = Stand(central, folder / "stand", "A")
        stand.run("outing", "open", "--comuna", "11303", "--place", "Caleta de prueba")
        folio = stand.record("request", jornada("requests")[:1])[0]["folio"]
        stand.run("outing", "close")
        stand.sync()
        sheet = stand.run("catalogue", "search", "junta", "de", "vecinos")[0]["found"][0]["id"]
        yield SimpleNamespace(stand=stand, folio=folio, sheet=sheet)
    finally:
        central.close()


@pytest.fixture(scope="session")
def system_bus(tmp_path_factory):
    """A message bus that stands for the system's: `ippeveprinter` wants to announce itself on one."""
    with bus(tmp_path_factory.mktemp("bus")) as address:
        yield address


@pytest.fixture
def printer(tmp_path, system_bus):
    """A printer of sheets that takes PDF."""
    with Printer(tmp_path / "printer", system_bus) as printer:
        yield printer


@pytest.fixture
def cups(tmp_path, printer):
    """A print server in front of it."""
    with Cups(printer) as cups:
        yield cups
