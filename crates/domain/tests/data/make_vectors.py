"""Writes the test vectors of this folder with libraries that know nothing of our code.

    python3 -m venv v && v/bin/pip install holidays==0.109 astropy==8.0.2 python-stdnum==2.2 numpy tzdata
    v/bin/python make_vectors.py

holidays.csv   national public holidays of Chile, one year a line (PyPI `holidays`; Saturdays and Sundays included)
solstice.csv   instant of the June solstice (astropy/ERFA: apparent geocentric longitude 90 degrees), in UTC
               with TT - UTC = 69.184 s held constant, and its date in Chile's winter time, UTC-4
rut.csv        numbers and check digits (PyPI `python-stdnum`)
deadlines.csv  captures with the due dates of both readings (`holidays`, `zoneinfo`, numpy's business days)
"""

import csv
import datetime as dt
import pathlib
import random
import warnings
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from astropy.coordinates import GeocentricTrueEcliptic, get_sun
from astropy.time import Time
from astropy.utils import iers
from stdnum.cl import rut

warnings.filterwarnings("ignore")
iers.conf.auto_download = False
HERE = pathlib.Path(__file__).parent
YEARS = range(2024, 2101)


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def national(year, subdiv=None):
    return sorted(holidays.CL(years=year, subdiv=subdiv))


def longitude(jd):
    at = Time(jd, format="jd", scale="tt")
    return get_sun(at).transform_to(GeocentricTrueEcliptic(equinox=at, obstime=at)).lon.deg


def solstice(year):
    low, high = (Time(f"{year}-06-{day}T00:00:00", scale="tt").jd for day in (19, 23))
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if longitude(middle) < 90 else (low, middle)
    return dt.datetime(2000, 1, 1, 12) + dt.timedelta(days=low - 2451545.0) - dt.timedelta(seconds=69.184)


def deadline_rows(chance):
    places = [("13101", None, "America/Santiago"), ("11303", None, "America/Coyhaique"),
              ("12101", None, "America/Punta_Arenas"), ("05201", None, "Pacific/Easter"),
              ("15101", "AP", "America/Santiago"), ("16101", "NB", "America/Santiago")]
    start = dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc)
    for _ in range(400):
        comuna, subdiv, zone = chance.choice(places)
        # Every fourth capture falls where the regional holidays are.
        at = start + dt.timedelta(minutes=chance.randrange(60 * 24 * 365 * 74))
        if chance.random() < 0.25:
            month, day = (6, chance.randrange(1, 10)) if subdiv == "AP" else (8, chance.randrange(14, 23))
            at = at.replace(month=month, day=day)
        if at.year == 2100:
            continue
        local = at.astimezone(ZoneInfo(zone)).date()
        days = chance.choice([1, 5, 10, 10, 10, 20])
        years = [local.year, local.year + 1]
        # The library's solstice of 2100 is a day early, so that year stays out.
        wide, here = national(years), national(years, subdiv)
        promise = np.busday_offset(local, days, roll="backward", holidays=wide)
        legal = np.busday_offset(local, days, roll="forward", holidays=here)
        yield [at.strftime("%Y-%m-%dT%H:%M:%SZ"), comuna, local, days, promise, legal]


def main():
    write("holidays.csv", ["year", "dates"],
          [[year, " ".join(f"{day:%m-%d}" for day in national(year))] for year in YEARS])
    write("solstice.csv", ["year", "utc", "chilean_date"],
          [[year, f"{at:%Y-%m-%dT%H:%M:%SZ}", (at - dt.timedelta(hours=4)).date()]
           for year in YEARS for at in [solstice(year)]])
    chance = random.Random(680)
    numbers = sorted({*range(1, 40), *(chance.randrange(1, 10 ** chance.randrange(2, 10)) for _ in range(600))})
    write("rut.csv", ["number", "check_digit"], [[number, rut.calc_check_digit(str(number))] for number in numbers])
    write("deadlines.csv", ["captured_at", "comuna", "local_date", "days", "promise", "legal"],
          deadline_rows(random.Random(19880)))


if __name__ == "__main__":
    main()
