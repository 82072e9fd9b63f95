"""A draw counted again and an answer read from the document alone, out of what a real stand pushed to a real office."""

import json
from types import SimpleNamespace

import pytest

import reader
from conftest import understand
from programs import Central, Stand

MET = {"matter": "Preguntó por un bono", "outcome": "informed"}
ENDS = (
    {"ending": "answered", "replies": {"satisfaccion": {"number": 6}}, "duration_s": 31},
    {"ending": "refused"},
    {"ending": "broken_off", "replies": {"facilidad": "declined"}},
    {"ending": "lapsed"},
)


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    central = Central(folder / "central")
    try:
        central.run("survey", "publish", "--standard", "--rate", "1/2")
        stand = Stand(central, folder / "stand", "A")
        stand.sync()
        stand.run("outing", "open", "--comuna", "11302", "--place", "Caleta Tortel")
        stand.record("encounter", [MET] * 30)
        stand.record("survey", ENDS)
        stand.run("outing", "close")
        stand.sync()
        yield understand(SimpleNamespace(central=central, stand=stand, recorder=central.recorder))
    finally:
        central.close()


def bodies(day, kind):
    return [day.bodies[entry["seq"]] for entry in day.entries if entry["kind"] == kind]


def test_the_draw_is_the_committed_one(surveyed):
    (opened,), (closed,) = bodies(surveyed, 2), bodies(surveyed, 3)
    assert opened["draw_rate"] == {"numerator": 1, "denominator": 2}
    assert opened["draw_survey"] == "satisfaccion_oirs"
    assert reader.commitment(opened["draw_rate"], closed["draw_seed"]) == opened["draw_commitment"]
    tally = closed["draw_tally"]
    drawn = reader.drawn(opened["draw_rate"], closed["draw_seed"], tally["places"])
    assert [body["place"] for body in bodies(surveyed, 7)] == list(range(1, 31))
    assert (tally["places"], tally["drawn"]) == (30, len(drawn))
    ended = bodies(surveyed, 10)
    assert [(one["place"], one["fate"]) for one in ended] == list(zip(drawn, (end["ending"] for end in ENDS)))
    assert (tally["answered"], tally["refused"], tally["broken_off"]) == (1, 1, 1)
    assert tally["lapsed"] == len(drawn) - 3


def test_answers_are_pooled_and_say_nothing_of_whose_they_are(surveyed):
    kinds = [entry["kind"] for entry in surveyed.entries]
    assert kinds[-3:] == [0x4001, 0x4001, 3], "before the closing, in an order of their own"
    answers = bodies(surveyed, 0x4001)
    assert all(set(answer) == {"id", "answer", "duration", "day"} for answer in answers)
    read = {json.loads(answer["answer"])["ending"]: (json.loads(answer["answer"])["replies"], answer["duration"])
            for answer in answers}
    assert read == {"complete": (ENDS[0]["replies"], 60), "broken_off": (ENDS[2]["replies"], None)}
