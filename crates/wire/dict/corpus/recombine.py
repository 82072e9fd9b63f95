#!/usr/bin/env python3
"""Writes the dictionary's training corpus from the hand-written sources.

The corpus has to be the same wherever it is made, since a dictionary trained
from it is shipped under a number and every old record needs it again. Hence
one fixed seed and no clock. People, numbers and addresses are invented.

    python3 recombine.py           writes the three files anew
    python3 recombine.py --check   fails when they differ from the sources
"""

import json
import random
import re
import sys
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE / "source"
SEED = 19032
RECOMBINED_COUNT = 1000
# Ids start at 2027-01-04T12:00:00Z; a paper form is at most thirty days older.
START_MS = 1_799_064_000_000

KINDS = {"c": "consulta", "f": "felicitacion", "o": "opinion",
         "p": "peticion", "r": "reclamo", "s": "sugerencia"}
GIVEN = {
    "F": "María José Rosa Ana Carolina Camila Juana Patricia Verónica Claudia Marcela "
         "Gladys Elba Luz Norma Sandra Paola Javiera Constanza Fernanda Valentina "
         "Antonia Catalina Daniela Yasna Jacqueline Ximena Soledad Margarita Teresa "
         "Silvia Nancy Isabel Eliana Hortensia Millaray Rayén Ruth Pamela Lorena",
    "M": "José Juan Luis Carlos Jorge Manuel Pedro Francisco Víctor Cristián Héctor "
         "Sergio Mario Hugo Raúl Óscar Patricio Rodrigo Claudio Marcelo Sebastián "
         "Matías Benjamín Nicolás Diego Felipe Ignacio Joaquín Vicente Segundo "
         "Eduardo Hernán Ramón Guillermo Nelson Lautaro Nahuel Washington Arturo René",
}
SURNAMES = ("Prueba Ejemplo Ficticia Muestra Ensayo Supuesta Inventada Modelo "
            "Demostración Imaginaria Simulada Borrador").split()
STREETS = ("Los Aromos|Las Camelias|Los Notros|Arturo Prat|Bernardo O'Higgins|"
           "Gabriela Mistral|Pablo Neruda|Los Copihues|El Bosque|Las Rosas|Manuel Rodríguez|"
           "Camino Viejo|Pasaje Uno|Avenida Principal|Calle Nueva|Caupolicán|"
           "Lautaro|Balmaceda|Los Carrera|21 de Mayo|Diego Portales|San Martín").split("|")
RELATIONS_F = {"madre", "hija", "abuela", "hermana", "sobrina", "tía", "vecina"}
COUNTRIES = ["VE", "PE", "BO", "CO", "HT", "AR", "EC", "CU", "DO", "US"]


def check_digit(number):
    """Modulo 11 with the factors 2 to 7 from the right."""
    total, factor = 0, 2
    for digit in reversed(str(number)):
        total += int(digit) * factor
        factor = 2 if factor == 7 else factor + 1
    return {10: "K", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def strip_accents(text):
    """As many people write: no accents, no opening marks, but ñ stays."""
    out = []
    for letter in text:
        if letter in "ñÑ":
            out.append(letter)
        elif letter not in "¿¡":
            out += [c for c in unicodedata.normalize("NFD", letter)
                    if not unicodedata.combining(c)]
    return "".join(out)


def abbreviated(text):
    """The hurried writing of phones."""
    text = strip_accents(text).lower()
    for word, short in (("porque", "xq"), ("que", "q"), ("por favor", "xfa"),
                        ("tambien", "tb"), ("para", "pa"), ("municipalidad", "muni")):
        text = re.sub(rf"\b{word}\b", short, text)
    return text


class Maker:
    def __init__(self, rng):
        self.rng = rng
        self.ms = START_MS

    def one_in(self, n):
        return self.rng.randrange(n) == 0

    def uuid7(self):
        self.ms += self.rng.randrange(90_000, 2_400_000)
        tail = f"{0x8000 | self.rng.getrandbits(14):04x}-{self.rng.getrandbits(48):012x}"
        head = f"{self.ms:012x}"
        return f"{head[:8]}-{head[8:]}-7{self.rng.getrandbits(12):03x}-{tail}"

    def rut(self):
        # 40 to 46 million: by our knowledge above the RUNs given so far, below those of companies.
        number = self.rng.randrange(40_000_000, 46_999_999)
        dv = check_digit(number)
        if self.one_in(4):
            return f"{number}-{dv.lower() if self.one_in(2) else dv}"
        dotted = f"{number:,}".replace(",", ".")
        return f"{dotted}-{dv}"

    def document(self):
        draw = self.rng.randrange(40)
        if draw == 0:
            return {"type": "pasaporte", "number": f"X{self.rng.randrange(10**7):07}",
                    "country": self.rng.choice(COUNTRIES)}
        if draw == 1:
            return {"type": "documento_extranjero", "number": str(self.rng.randrange(10**7, 10**8)),
                    "country": self.rng.choice(COUNTRIES)}
        if draw == 2:
            number = self.rng.randrange(190_000_000, 190_999_999)
            kind = self.rng.choice(["ipe", "ipa"])
            return {"type": kind, "number": f"{number}-{check_digit(number)}"}
        return {"type": "run", "number": self.rut()}

    def name(self, gender):
        given = self.rng.sample(GIVEN[gender].split(), 2 if self.one_in(2) else 1)
        return " ".join(given + self.rng.sample(SURNAMES, 2 if self.one_in(2) else 1))

    def phone(self):
        last = f"02{self.rng.randrange(100):02}"
        return self.rng.choice([f"+56 9 5555 {last}", f"+56 9 5555 {last}", f"+5695555{last}", f"9 5555 {last}"])

    def email(self, name):
        words = strip_accents(name).lower().replace("ñ", "n").split()
        user = self.rng.choice([f"{words[0]}.{words[-1]}", f"{words[0]}{words[-1]}{self.rng.randrange(50, 99)}",
                                f"{words[0][0]}{words[-1]}"])
        return f"{user}@{self.rng.choice(['example.cl', 'example.com', 'example.org', 'correo.example.cl'])}"

    def address(self, locality):
        if locality and self.one_in(2):
            return self.rng.choice(["Sector {} s/n", "Camino a {}, km {n}", "Parcela {n}, {}", "{}, casa {n}"]
                                   ).format(locality, n=self.rng.randrange(1, 40))
        address = f"{self.rng.choice(STREETS)} {self.rng.randrange(10, 2990)}"
        if self.one_in(5):
            address += self.rng.choice([", depto. ", ", block ", ", casa "]) + str(self.rng.randrange(1, 60))
        if self.one_in(6):
            address += self.rng.choice([", Población ", ", Villa "]) + self.rng.choice(["El Ejemplo", "La Muestra"])
        return address

    def person(self, gender, comuna, locality):
        person = {"name": self.name(gender)}
        if self.one_in(30):
            person["social_name"] = self.rng.choice(GIVEN[gender].split())
        if not self.one_in(8):
            person["document"] = self.document()
        person["country_of_residence"] = "AR" if self.one_in(60) else "CL"
        way = self.rng.choice(["correo"] * 4 + ["telefono"] * 4 + ["carta", "carta", "presencial", "ninguno"])
        if way == "telefono" or self.one_in(3):
            person["phone"] = self.phone()
        if way == "correo" or self.one_in(6):
            person["email"] = self.email(person["name"])
        if way == "carta" or self.one_in(4):
            person["address"] = self.address(locality)
            person["address_comuna"] = comuna
        person["answer_by"] = way
        return person

    def request(self, kind, gender, comuna, locality, topic, text, extra=""):
        request = {"id": self.uuid7(), "kind": KINDS[kind]}
        if not self.one_in(9):
            request["topic"] = topic
        request |= {"text": text, "comuna": comuna}
        if locality:
            request["locality"] = locality
        anonymous = kind in "cofs" and self.one_in(7) and not extra
        if not anonymous:
            request["person"] = self.person(gender, comuna, locality)
        if extra.startswith("org:"):
            _, name, role = extra.split(":")
            request["organisation"] = {"name": name, "rut": self.rut(), "role": role}
        if extra.startswith("aff:"):
            relation = extra.split(":")[1]
            affected = {"name": self.name("F" if relation in RELATIONS_F else "M")}
            if self.one_in(2):
                affected["document"] = {"type": "run", "number": self.rut()}
            request["affected"] = affected | {"relation": relation}
        if not anonymous:
            request["will_accepted"] = True
        request["privacy_notice"] = "2026-12-01"
        request["language"] = language(text)
        written_by = self.rng.choice(["citizen"] * 6 + ["staff"] * 3 + ["transcriber"])
        if written_by != "citizen" or self.one_in(3):
            request["assisted_by"] = f"T{self.rng.randrange(1, 10)}"
        request["written_by"] = written_by
        if written_by == "transcriber":
            seconds = self.ms // 1000 - self.rng.randrange(3_600, 30 * 86_400)
            local = datetime.fromtimestamp(seconds, timezone(timedelta(hours=-3)))
            request["captured_at"] = local.replace(hour=9 + local.hour % 9, second=0).isoformat()
        return request


def language(text):
    words = set(re.findall(r"\w+", text.lower()))
    if words & {"the", "please", "would"}:
        return "en"
    if words & {"mwen"}:
        return "ht"
    for greeting, tag in (("mari", "arn"), ("kamisaki", "ay"), ("iorana", "rap")):
        if greeting in words:
            return tag
    return "es-CL"


def lines(name):
    for line in (SOURCE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def hand_written(maker):
    """The texts as they stand, each with an invented person around it."""
    for number in range(1, 13):
        for line in lines(f"texts-{number}.txt"):
            mark, comuna, locality, topic, text = line.split("|")
            text, _, extra = text.partition(" @@")
            yield maker.request(mark[0], mark[1], comuna, locality, topic, text.replace("\\n", "\n"), extra)


def fragments():
    sections, themes, current = {}, {}, None
    for line in lines("fragments.txt"):
        head = re.fullmatch(r"\[(theme:)?(.+)\]", line)
        if head:
            current = (themes if head[1] else sections).setdefault(head[2], {} if head[1] else [])
        elif isinstance(current, dict):
            current.setdefault(line[0], []).append(line[2:])
        else:
            current.append(line)
    return sections, themes


def capitalised(sentence):
    return sentence[0].upper() + sentence[1:]


def compose(rng, sections, theme, kind, gender, place):
    """Opening, what happens, details, what is asked, closing: some of them left out."""
    def pick(section):
        wrong = "m:" if gender == "F" else "f:"
        fits = [s for s in sections[section] if not s.startswith(wrong)]
        return rng.choice(fits).removeprefix("m:").removeprefix("f:")

    parts = [pick("opening")] if rng.random() < 0.7 else []
    if kind == "f":
        parts.append(rng.choice(theme["F"]).removeprefix("Aun así, "))
        parts += rng.sample(sections["praise"], rng.randrange(1, 4))
    else:
        tag = rng.choice([t for t in "SSE" if t in theme])
        happens = rng.choice(theme[tag])
        if rng.random() < 0.5:
            happens = pick("time" if tag == "S" else "event") + " " + happens
        parts += [happens] + rng.sample(theme["D"], rng.choice([0, 1, 1, 2, 2, 3]))
        parts.append(rng.choice(theme[{"s": "T"}.get(kind, kind.upper())]))
    if kind != "f" and rng.random() < 0.6:
        parts.append(pick("closing"))
    text = " ".join(capitalised(p) for p in parts).replace("{loc}", place[1])
    if rng.random() < 0.04:
        return strip_accents(text).upper()
    if rng.random() < 0.08:
        return strip_accents(text)
    return abbreviated(text) if rng.random() < 0.04 else text


def recombined(maker):
    rng = maker.rng
    sections, themes = fragments()
    places = [tuple(line.split("|")) for line in lines("places.txt")]
    seen = set()
    while len(seen) < RECOMBINED_COUNT:
        topic = rng.choice(list(themes))
        kind, gender, place = rng.choice("cccccrrrrppppssfo"), rng.choice("FM"), rng.choice(places)
        text = compose(rng, sections, themes[topic], kind, gender, place)
        if text not in seen:
            seen.add(text)
            yield maker.request(kind, gender, place[0], place[1], topic, text)


def encounters(maker):
    for line in lines("encounters.txt"):
        matter, outcome, referred_to, comuna = line.split("|")
        encounter = {"id": maker.uuid7(), "matter": matter, "outcome": outcome}
        if referred_to:
            encounter["referred_to"] = referred_to
        if not maker.one_in(5):
            encounter["comuna"] = comuna
        yield encounter


def main():
    maker = Maker(random.Random(SEED))
    stale = []
    for name, records in (("requests", hand_written), ("recombined", recombined), ("encounters", encounters)):
        path = HERE / f"{name}.jsonl"
        text = "".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in records(maker))
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"not what the sources give: {', '.join(stale)}")


if __name__ == "__main__":
    main()
