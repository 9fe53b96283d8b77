"""The reader that asks a language model, against a stand-in server on this machine that also misbehaves."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dechallenge import readers
from dechallenge.api import assess_reading, read
from dechallenge.case import Case, Measurement, Problem, Reading
from dechallenge.errors import DechallengeError
from dechallenge.evidence import DerivedEvidence, Document, TextEvidence, words
from dechallenge.reading_llm import client
from dechallenge.reading_llm.claims import KINDS, schema
from dechallenge.reading_llm.reader import LanguageModelReader
from tests.functional.command import run

STORY = (
    "A 40-year-old woman took isoniazid 300 mg daily for latent tuberculosis. Three weeks later she was jaundiced; "
    "ALT was 900 U/L (normal <40) and bilirubin 6 mg/dL. A figure of 310 U/L came back from the laboratory that "
    "evening for what was alkaline phosphatase. She complained of sparkling\nvision. She also swallowed quemliverin "
    "capsules from a market. Hepatitis B serology was negative. Isoniazid was stopped. Four weeks later the "
    "laboratory rang: 35 U/L, it said, was now the ALT. She was never given rifampicin.\n"
)
ALP = {
    "quote": "A figure of 310 U/L came back from the laboratory that evening for what was alkaline phosphatase",
    "analyte": "ALP",
    "value": 310,
    "comparator": "=",
    "unit": "U/L",
    "time_quote": None,
}
LATER = {
    "quote": "Four weeks later the laboratory rang: 35 U/L, it said, was now the ALT",
    "analyte": "ALT",
    "value": 35,
    "comparator": "=",
    "unit": "U/L",
    "time_quote": "Four weeks later",
}
HERE = "127.0.0.1"
CONNECT, ADDRESSES = socket.socket.connect, socket.getaddrinfo
Handler = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@pytest.fixture(autouse=True)
def _this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach the network; the stand-in on 127.0.0.1 is the one exception, for the tests of this file."""

    def connect(self: socket.socket, address: Any) -> None:
        if address[0] != HERE:
            raise RuntimeError(f"A test tried to reach {address[0]}: only {HERE} is allowed here.")
        CONNECT(self, address)

    def addresses(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host != HERE:
            raise RuntimeError(f"A test tried to look up {host}: only {HERE} is allowed here.")
        return ADDRESSES(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", addresses)


class StandIn:
    """A server on 127.0.0.1 that answers as it is told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.handler: Handler = say({})
        stand_in = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stand_in.paths.append(self.path)
                stand_in.headers.append(dict(self.headers))
                stand_in.asked.append(json.loads(body))
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    stand_in.handler(self, stand_in.asked[-1])

            def log_message(self, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def send(to: BaseHTTPRequestHandler, body: bytes, code: int = 200) -> None:
    to.send_response(code)
    to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)


def envelope(content: Any, **more: Any) -> bytes:
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop", **more}
    return json.dumps({"choices": [choice]}).encode()


def say(facts: dict[str, Any]) -> Handler:
    """A model that claims these facts."""
    full = {key: facts.get(key, []) for key in KINDS} | facts
    return lambda to, asked: send(to, envelope(json.dumps(full)))


def raw(body: bytes, code: int = 200) -> Handler:
    return lambda to, asked: send(to, body, code)


@pytest.fixture
def server() -> Iterator[StandIn]:
    made = StandIn()
    yield made
    made.close()


def settings(server: StandIn, seconds: float = 20.0, key: str = "") -> client.Settings:
    return client.Settings(server.url, "stand-in", key, seconds)


def reading(server: StandIn, story: str = STORY, seconds: float = 20.0) -> Reading:
    return LanguageModelReader(settings(server, seconds)).read([Document.from_text(story, "story.txt")])


def with_facts(server: StandIn, **facts: Any) -> tuple[Case, tuple[Problem, ...]]:
    server.handler = say(facts)
    found = reading(server)
    (case,) = found.cases
    return case, found.problems


def rules() -> Case:
    (case,) = read(Document.from_text(STORY, "story.txt")).cases
    return case


def added(case: Case) -> list[Measurement]:
    known = {m.id for m in rules().measurements}
    return [m for m in case.measurements if m.id not in known]


def reasons(problems: tuple[Problem, ...]) -> list[str]:
    assert {p.kind for p in problems} <= {"dropped"}
    return [p.message for p in problems[1:]]


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_the_request_fixes_temperature_seed_and_schema(server: StandIn) -> None:
    with_facts(server)
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert (asked["model"], asked["temperature"], asked["seed"], asked["stream"]) == ("stand-in", 0, 1, False)
    assert asked["response_format"]["type"] == "json_schema"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert asked["response_format"]["json_schema"]["schema"] == schema()
    assert asked["messages"][-1] == {"role": "user", "content": STORY}
    assert "Authorization" not in server.headers[0]


def test_the_schema_is_closed_and_holds_the_answers_that_are_asked_for() -> None:
    import jsonschema

    def closed(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                assert part["required"] == list(part["properties"])
            for one in part.values():
                closed(one)

    closed(schema())
    assert "$ref" not in json.dumps(schema())
    answer: dict[str, Any] = {key: [] for key in KINDS}
    jsonschema.validate(answer | {"measurements": [ALP]}, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer | {"measurements": [{**ALP, "value": "high"}]}, schema())


def test_the_key_is_sent_and_never_shown(server: StandIn) -> None:
    where = settings(server, key="hidden-word")
    server.handler = raw(b"no", 401)
    found = LanguageModelReader(where).read([Document.from_text(STORY, "story.txt")])
    assert server.headers[0]["Authorization"] == "Bearer hidden-word"
    assert "hidden-word" not in repr(where) + found.model_dump_json()
    assert "DECHALLENGE_LLM_KEY" in found.problems[0].next_step


# --- what stands up ---------------------------------------------------------------------------------------------------


def test_nothing_claimed_is_the_reading_of_the_rules(server: StandIn) -> None:
    case, problems = with_facts(server)
    assert case == rules()
    assert problems == ()


def test_a_value_that_the_rules_missed_is_added_with_its_words_and_reader(server: StandIn) -> None:
    assert not [m for m in rules().measurements if m.value in (310, 35)]
    case, problems = with_facts(server, measurements=[ALP, LATER])
    alp, alt = added(case)
    assert (alp.analyte, alp.value, alp.unit, alp.canonical) == ("ALP", 310, "U/L", 310)
    (evidence,) = alp.evidence
    assert isinstance(evidence, DerivedEvidence)
    assert "llm (stand-in)" in evidence.how
    (quote,) = words(alp.evidence)
    assert STORY[quote.start : quote.end] == quote.quote == ALP["quote"]
    assert (alt.analyte, alt.value) == ("ALT", 35)
    assert problems == ()
    assert rules().measurements == case.measurements[:-2]


def test_the_day_comes_from_the_story_and_not_from_the_model(server: StandIn) -> None:
    case, _ = with_facts(server, measurements=[ALP, LATER])
    alp, alt = added(case)
    onset = rules().measurements[0].time
    assert onset is not None
    assert alp.time is not None
    assert alp.time.interval == onset.interval
    assert alt.time is not None
    assert alt.time.text == "Four weeks later"
    assert alt.time.low is not None
    assert alt.time.low > (onset.low or 0) + 20


def test_findings_drugs_and_tests_that_the_rules_missed_are_added(server: StandIn) -> None:
    case, problems = with_facts(
        server,
        findings=[{"quote": "She complained of sparkling vision", "term": "sparkling vision", "state": "present"}],
        drugs=[{"quote": "She also swallowed quemliverin capsules", "drug": "quemliverin"}],
        tests=[{"quote": "Hepatitis B serology was negative", "test": "HBV", "state": "negative"}],
    )
    assert problems == ()
    finding = case.findings[-1]
    assert (finding.term, finding.state) == ("sparkling vision", "present")
    assert words(finding.evidence)[0].quote == "She complained of sparkling\nvision"
    exposure = case.exposures[-1]
    assert (exposure.drug, exposure.role) == ("quemliverin", "concomitant")
    assert case.tests == rules().tests
    assert len({e.id for e in case.exposures}) == len(case.exposures)


def test_every_quotation_is_the_text_and_the_case_can_be_assessed(server: StandIn) -> None:
    server.handler = say({"measurements": [ALP, LATER]})
    found = reading(server)
    for value in found.cases[0].measurements:
        for quote in words(value.evidence):
            assert STORY[quote.start : quote.end] == quote.quote
    told = assess_reading(found)
    assert "found by the reader llm" in told.to_json()
    (suspect, *_) = told.cases[0].suspects
    assert suspect.key_points.pattern is not None
    assert suspect.key_points.pattern.r is not None


def test_an_outcome_is_taken_where_the_rules_have_none_and_the_quotation_says_it(server: StandIn) -> None:
    story = STORY.split(" Four weeks later")[0] + " She has since been lost to view, though cured, one heard.\n"
    (plain,) = read(story).cases
    assert plain.events[0].outcome == "unknown", "the rules read this outcome by now: take another that they do not"
    server.handler = say({"outcomes": [{"quote": "though cured, one heard", "outcome": "recovered"}]})
    (case,) = reading(server, story).cases
    assert case.events[0].outcome == "recovered"
    assert words(case.events[0].outcome_evidence)[0].quote == "though cured, one heard"


def test_the_same_answer_gives_the_same_bytes(server: StandIn) -> None:
    server.handler = say({"measurements": [ALP, LATER, {**ALP, "value": 5}]})
    assert reading(server).model_dump_json() == reading(server).model_dump_json()


# --- what does not stand up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "A figure of 310 U/L came back from the ward that evening"}, "not in the text"),
        ({"quote": "the laboratory"}, "more than once"),
        ({"quote": "figure of 31"}, "not in the text"),
        ({"value": 311}, "another number"),
        ({"value": 40, "analyte": "ALT", "quote": "ALT was 900 U/L (normal <40)"}, "number"),
        ({"unit": "ukat/L"}, "another unit"),
        ({"unit": ""}, "another unit"),
        ({"unit": "mg/dL"}, "another unit"),
        ({"comparator": ">"}, "sign"),
        ({"analyte": "AST"}, "AST is not named there"),
        ({"analyte": "luck"}, "no analyte"),
        ({"quote": "alkaline phosphatase. She complained of"}, "no value"),
    ],
)
def test_a_claim_that_the_text_does_not_bear_out_is_dropped(
    server: StandIn, change: dict[str, Any], reason: str
) -> None:
    case, problems = with_facts(server, measurements=[{**ALP, **change}])
    assert case == rules()
    assert problems[0].message.startswith("1 of 1 claims of llm (stand-in)")
    (message,) = reasons(problems)
    assert reason in message


@pytest.mark.parametrize(
    ("kind", "claim", "reason"),
    [
        ("findings", {"quote": "she was jaundiced", "term": "ascites", "state": "present"}, "not named"),
        ("findings", {"quote": "sparkling vision", "term": "sparkling vision", "state": "absent"}, "the text says"),
        ("drugs", {"quote": "She was never given rifampicin", "drug": "rifampicin"}, "not said to have been taken"),
        ("drugs", {"quote": "She also swallowed quemliverin", "drug": "methotrexate"}, "not named"),
        ("tests", {"quote": "Hepatitis B serology was negative", "test": "HBV", "state": "positive"}, "does not say"),
        ("tests", {"quote": "Hepatitis B serology was negative", "test": "HCV", "state": "negative"}, "not named"),
        ("tests", {"quote": "Hepatitis B serology", "test": "crystal ball", "state": "negative"}, "no test"),
        ("tests", {"quote": "Hepatitis B serology", "test": "HBV", "state": "not reported"}, "no words"),
        ("events", {"quote": "she was jaundiced", "kind": "neutropenia"}, "not named"),
        ("outcomes", {"quote": "Isoniazid was stopped", "outcome": "fatal"}, "does not say fatal"),
    ],
)
def test_other_claims_that_the_text_does_not_bear_out_are_dropped(
    server: StandIn, kind: str, claim: dict[str, Any], reason: str
) -> None:
    case, problems = with_facts(server, **{kind: [claim]})
    assert case == rules()
    (message,) = reasons(problems)
    assert reason in message


def test_the_good_claims_stay_where_others_are_dropped(server: StandIn) -> None:
    case, problems = with_facts(server, measurements=[ALP, {**ALP, "value": 1}, {"quote": 3}, "x", LATER])
    assert [m.value for m in added(case)] == [310, 35]
    assert problems[0].message.startswith("3 of 5 claims")
    assert "Added 2, agreed 0, in conflict 0" in problems[0].next_step
    assert len(problems) == 4


def test_a_time_that_cannot_be_followed_is_dropped_and_the_value_stays(server: StandIn) -> None:
    for told in ("Five weeks later", "Hepatitis B serology"):
        case, problems = with_facts(server, measurements=[{**LATER, "time_quote": told}])
        (alt,) = added(case)
        assert alt.value == 35
        assert alt.time is None
        (message,) = reasons(problems)
        assert "the time of" in message


def test_a_fact_outside_the_story_of_a_case_is_dropped(server: StandIn) -> None:
    story = STORY + "\nDiscussion\n\nIn a study of 1346 patients the alkaline phosphatase reached 999 U/L.\n"
    claim = {**ALP, "quote": "the alkaline phosphatase reached 999 U/L", "value": 999}
    server.handler = say({"measurements": [claim]})
    found = reading(server, story)
    assert not [m for m in found.cases[0].measurements if m.value == 999]
    assert "story of a case" in found.problems[1].message


def test_the_rules_win_and_a_contradiction_is_a_conflict(server: StandIn) -> None:
    quote = "ALT was 900 U/L and AST 850 U/L"
    story = (
        STORY.replace("ALT was 900 U/L (normal <40)", quote) + "She recovered fully, though some fatigue persisted.\n"
    )
    (plain,) = read(story).cases
    assert [(m.analyte, m.value) for m in plain.measurements][:2] == [("ALT", 900), ("AST", 850)]
    assert plain.events[0].outcome == "not recovered"
    claim = {**ALP, "quote": quote, "value": 900}
    server.handler = say(
        {
            "measurements": [{**claim, "analyte": "AST"}, {**claim, "analyte": "ALT"}],
            "outcomes": [{"quote": "She recovered fully", "outcome": "recovered"}],
            "events": [{"quote": "she was jaundiced", "kind": "jaundice"}],
        }
    )
    found = reading(server, story)
    (case,) = found.cases
    assert found.problems == ()
    assert (case.measurements, case.events) == (plain.measurements, plain.events)
    new = case.conflicts[len(plain.conflicts) :]
    assert [c.kind for c in new] == ["readers disagree", "readers disagree"]
    assert "outcome: not recovered (llm (stand-in): recovered)" in new[0].what
    assert new[1].what == "ALT (llm (stand-in): AST) 900 U/L"
    assert [q.quote for q in words(new[1].evidence)] == ["ALT was 900 U/L", quote]


# --- a server that misbehaves -----------------------------------------------------------------------------------------


def slow(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    time.sleep(3)
    send(to, envelope("{}"))


def dripping(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    to.send_response(200)
    to.end_headers()
    for _ in range(60):
        to.wfile.write(b" ")
        to.wfile.flush()
        time.sleep(0.05)


def huge(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    to.send_response(200)
    to.end_headers()
    for _ in range(client.MAX_ANSWER // 100_000 + 3):
        to.wfile.write(b"x" * 100_000)


def cut_off(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    to.send_response(200)
    to.send_header("Content-Length", "5000")
    to.end_headers()
    to.wfile.write(b'{"choices"')


def hangs_up(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
    to.close_connection = True


@pytest.mark.parametrize(
    ("handler", "cause"),
    [
        (raw(b"{"), "not that of a chat completion"),
        (raw(b"\xff\xfe"), "not that of a chat completion"),
        (raw(b"[]"), "not that of a chat completion"),
        (raw(b"[" * 200_000), "not that of a chat completion"),
        (raw(b'{"choices": []}'), "not that of a chat completion"),
        (raw(envelope(None)), "no text"),
        (raw(envelope('{"measurements": [')), "no JSON"),
        (raw(envelope('{"measurements": [', finish_reason="length")), "cut off"),
        (raw(envelope('{"measurements": [{"value": NaN}]}')), "no JSON"),
        (raw(envelope("[" * 200_000)), "no JSON"),
        (raw(b"busy", 503), "HTTP 503"),
        (raw(b"no", 404), "HTTP 404"),
        (raw(b"", 204), "not that of a chat completion"),
        (slow, "within 1 s"),
        (dripping, "within 1 s"),
        (huge, "over 4,000,000 bytes"),
        (cut_off, "not that of a chat completion"),
        (hangs_up, "broke"),
    ],
)
def test_without_a_usable_answer_the_rules_stand(server: StandIn, handler: Handler, cause: str) -> None:
    server.handler = handler
    began = time.monotonic()
    found = reading(server, seconds=1.0)
    assert time.monotonic() - began < 20
    assert found.cases == (rules(),)
    (problem,) = found.problems
    assert problem.kind == "reader"
    assert cause in problem.message
    assert problem.next_step


@pytest.mark.parametrize("content", ["[]", "3", '"x"', '{"other": [1]}', '{"measurements": 3}', '{"findings": [[[]]]}'])
def test_an_answer_of_another_shape_is_dropped(server: StandIn, content: str) -> None:
    server.handler = raw(envelope(content))
    found = reading(server)
    assert found.cases == (rules(),)
    assert found.problems
    assert {p.kind for p in found.problems} == {"dropped"}


def test_a_flood_of_claims_ends(server: StandIn) -> None:
    server.handler = say({"findings": [{"quote": "not there", "term": "x", "state": "present"}] * 2500})
    began = time.monotonic()
    found = reading(server)
    assert time.monotonic() - began < 20
    assert found.cases == (rules(),)
    assert "rest was left out" in found.problems[-1].message


def test_a_redirect_is_not_followed(server: StandIn) -> None:
    other = StandIn()

    def away(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        to.send_response(307)
        to.send_header("Location", f"{other.url}/chat/completions")
        to.send_header("Content-Length", "0")
        to.end_headers()

    server.handler = away
    found = reading(server)
    other.close()
    assert other.asked == []
    assert "HTTP 307" in found.problems[0].message


def test_a_proxy_of_the_environment_is_not_used(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    case, problems = with_facts(server, measurements=[ALP])
    assert len(added(case)) == 1
    assert problems == ()


def test_nobody_there() -> None:
    gone = StandIn()
    where = settings(gone, 2.0)
    gone.close()
    found = LanguageModelReader(where).read([Document.from_text(STORY, "story.txt")])
    assert found.cases == (rules(),)
    assert "cannot be reached" in found.problems[0].message


# --- settings and the command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "environment", "cause"),
    [
        ({}, {}, "no address"),
        ({"url": "http://127.0.0.1/v1"}, {}, "no language model"),
        ({"url": "ftp://a/v1", "model": "m"}, {}, "cannot be used"),
        ({"url": "http://", "model": "m"}, {}, "cannot be used"),
        ({"url": "http://a:b@c/v1", "model": "m"}, {}, "cannot be used"),
        ({"url": "http://a:port/v1", "model": "m"}, {}, "cannot be used"),
        ({"url": "file:///etc/hostname", "model": "m"}, {}, "cannot be used"),
        ({"url": "http://far.example/v1", "model": "m"}, {client.KEY: "k"}, "not sent over plain http"),
        ({"url": "https://a/v1", "model": "m", "timeout": "soon"}, {}, "no time to wait"),
        ({"url": "https://a/v1", "model": "m", "timeout": "nan"}, {}, "no time to wait"),
        ({"url": "https://a/v1", "model": "m", "key": "k"}, {}, "no option 'key'"),
    ],
)
def test_settings_that_cannot_be(options: dict[str, str], environment: dict[str, str], cause: str) -> None:
    with pytest.raises(DechallengeError) as caught:
        client.settings(options, environment)
    assert cause in caught.value.cause
    assert caught.value.next_step


def test_options_go_before_the_environment() -> None:
    env = {client.URL: "https://a/v1/", client.MODEL: "m", client.TIMEOUT: "7", client.KEY: "k"}
    assert client.settings({}, env) == client.Settings("https://a/v1", "m", "k", 7.0)
    given = {"url": "http://localhost:1/v1", "model": "n", "timeout": "8"}
    assert client.settings(given, env) == client.Settings("http://localhost:1/v1", "n", "k", 8.0)


def test_the_command_reads_with_it(server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (client.URL, client.MODEL, client.KEY):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8", newline="\n")
    refused = run("read", file, "--reader", "llm")
    assert refused.code == 2
    assert "DECHALLENGE_LLM_URL" in refused.err
    assert server.asked == []
    server.handler = say({"measurements": [ALP, {**ALP, "value": 2}]})
    where = ("--reader", "llm", "--reader-option", f"url={server.url}", "--reader-option", "model=stand-in")
    answer = run("read", file, *where, "--json")
    assert answer.code == 0
    assert [p["kind"] for p in answer.problems] == ["dropped", "dropped"]
    assert {p["document"] for p in answer.problems} == {"story.txt"}
    assert 310 in [m["value"] for m in answer.case["measurements"]]
    assert run("assess", file, *where, "--json").code == 0


def test_a_case_file_of_its_reading_comes_back(server: StandIn, tmp_path: Path) -> None:
    from dechallenge.formats import caseyaml

    server.handler = say({"measurements": [ALP, LATER]})
    found = reading(server)
    file = tmp_path / "case.yaml"
    file.write_text(caseyaml.write(found), encoding="utf-8")
    assert caseyaml.load(file) == found


def test_the_rules_alone_ask_nobody(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(client.URL, server.url)
    monkeypatch.setenv(client.MODEL, "stand-in")
    assert readers.get().name == "prose"
    read(STORY)
    assert server.asked == []
    found = read(STORY, reader="llm")
    assert len(server.asked) == 1
    assert isinstance(found.cases[0].measurements[0].evidence[0], TextEvidence)
