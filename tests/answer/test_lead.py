"""The model's lead is shown only when each of its quotations is the cited clause's own words."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kb.address import ClauseAddress
from kb.answer.answer import Answer, LeadBy
from kb.answer.lead import Outcome, phrase_lead, report_lead
from kb.answer.quote import Library
from kb.config import Config, load_config
from kb.corpus.load import load_records
from kb.errors import ConfigError

CITED = ("code/6/8", "code/6/3", "code/9")


@dataclass
class Stub:
    """What the stub server says, and what it was asked."""

    url: str = ""
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    drip_s: float = 0.0
    asked: list[tuple[str, dict[str, str], dict[str, object]]] = field(default_factory=list)

    def say(self, text: object, **more: object) -> None:
        choice = {"message": {"role": "assistant", "content": text}, **more}
        self.body = json.dumps({"choices": [choice]}).encode()


def handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.asked.append((self.path, dict(self.headers), json.loads(body)))
            time.sleep(stub.wait_s)
            with suppress(OSError):  # the client may have left, as it should
                self.reply()

        def do_GET(self) -> None:
            stub.asked.append((self.path, dict(self.headers), {}))
            self.reply()

        def reply(self) -> None:
            self.send_response(stub.status)
            for name, value in stub.headers.items():
                self.send_header(name, value)
            self.end_headers()
            pieces = [bytes([b]) for b in stub.body] if stub.drip_s else [stub.body]
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(stub.drip_s)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(stub)) as server:
        stub.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stub
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(load_records(with_references=False))


def make_answer(library: Library, cited: tuple[str, ...] = CITED, kind: str = "clause") -> Answer:
    citations = tuple(library.cite(library.get(ClauseAddress.parse(a))) for a in cited)
    return Answer(
        "Можно ли ездить на служебной машине?",
        "ru",
        True,
        0.9,
        "Наш текст.",
        citations,
        (),
        (),
        kind,
    )


@pytest.fixture
def answer(library: Library) -> Answer:
    return make_answer(library)


def config(stub: Stub, **more: object) -> Config:
    settings = {"llm_url": stub.url, "llm_model": "stub", "llm_timeout_s": 5.0, **more}
    return Config(**settings)  # type: ignore[arg-type]


A = "мемлекеттік мүлкі тек мақсаты бойынша"  # code/6/8
A2 = "мемлекеттік мүлкінің сақталуын"  # code/6/8, its first words
B = "мүдделер қақтығысын болдырмауға"  # code/6/3
C = "Мемлекеттік қызметшілер мемлекеттік қызметтің беделіне нұқсан келтірмей"  # code/9, its end
NINE = "уәкілетті лауазымды тұлғалары жүзеге асырады мемлекеттік қызметкерлер. Мемлекеттік"

GOOD = {
    "one quotation": f"Служебное имущество: «{A}» [code/6/8].",
    "two clauses, each under its own address": f"«{A}» [code/6/8]; «{B}» [code/6/3].",
    "full address with the edition": f"«{A}» [U1500000153/code/6/8@2022-02-22].",
    "no address: the first cited clause": f"Текст говорит: «{A}».",
    "curly marks": f"“{A}” [code/6/8]",
    "German marks": f"„{A}“ [code/6/8]",
    "straight marks": f'"{A}" [code/6/8]',
    "single marks": f"‘{A}’ [code/6/8]",
    "white space differs": f"«{A.replace(' ', '  ')}» [code/6/8]",
    "across a line of the clause": f"«{NINE}» [code/9]",
    "one word": "Слово «мақсаты» [code/6/8].",
    "no quotation at all": "Имущество используется только по назначению [code/6/8].",
    "an apostrophe": f"A servant's duty, and servants' duties: «{A}» [code/6/8].",
    "a cited clause in words": f"Согласно подпункту 8) пункта 6 Кодекса, «{A}» [code/6/8].",
    "a cited label": f"Әдеп кодексінің 6-тармағының 8) тармақшасы: «{A}» [code/6/8].",
    "two cited items in words": f"Subparagraphs 3 and 8 of paragraph 6: «{A}» [code/6/8].",
    "the cited act's number": f"Указ № 153: «{A}» [code/6/8].",
}

BAD = [
    ("invented", "«көлікті жеке мақсатта пайдалануға болмайды» [code/6/8]", "MISQUOTED"),
    ("invented beside a true one", f"«{A}» [code/6/8], «тыйым салынады» [code/6/8]", "MISQUOTED"),
    ("stitched in one clause", f"«{A2} {A}» [code/6/8]", "MISQUOTED"),
    ("stitched with an ellipsis", f"«{A2} … {A}» [code/6/8]", "GAP"),
    ("stitched with three dots", f"«{A2} ... {A}» [code/6/8]", "GAP"),
    ("stitched from two clauses", f"«{A} {B}» [code/6/8]", "MISQUOTED"),
    ("under the wrong clause", f"«{A}» [code/6/3]", "MISQUOTED"),
    ("addresses exchanged", f"«{A}» [code/6/3], «{B}» [code/6/8]", "MISQUOTED"),
    ("no address, not the first clause", f"«{B}»", "MISQUOTED"),
    ("no address after, another before", f"[code/6/3]: «{A}»", "MISQUOTED"),
    ("wrong clause in words before", f"Подпункт 3) пункта 6: «{A}» [code/6/8]", "MISQUOTED"),
    ("wrong clause in words after", f"«{A}» (подпункт 3) пункта 6)", "MISQUOTED"),
    ("wrong label before", f"Code of Ethics, paragraph 9: «{A}»", "MISQUOTED"),
    ("the list for its item", f"«{A}» [code/6]", "OTHER_CLAUSE"),
    ("changed letter", f"«{A.replace('мүлкі', 'мүлки')}» [code/6/8]", "MISQUOTED"),
    ("Latin letter", f"«{A.replace('е', 'e')}» [code/6/8]", "MISQUOTED"),
    ("changed case", f"«{A.capitalize()}» [code/6/8]", "MISQUOTED"),
    ("changed order", "«тек мемлекеттік мүлкі мақсаты бойынша» [code/6/8]", "MISQUOTED"),
    ("added full stop", f"«{A}.» [code/6/8]", "MISQUOTED"),
    ("cut in a word", f"«{A[:-2]}» [code/6/8]", "MISQUOTED"),
    ("cut in a short word", "«мақсат» [code/6/8]", "MISQUOTED"),
    ("nothing quoted", "«» [code/6/8]", "MISQUOTED"),
    ("a mark quoted", "«,» [code/6/8]", "MISQUOTED"),
    ("translation as a quotation", "«государственное имущество» [code/6/8]", "MISQUOTED"),
    ("translation in straight marks", '"used only for its purpose" [code/6/8]', "MISQUOTED"),
    ("translation in single marks", "'used only for its purpose' [code/6/8]", "MISQUOTED"),
    ("invented inside a true one", f"«{A} “керек”» [code/6/8]", "MISQUOTED"),
    ("address not cited", f"«{A}» [code/6/4]", "OTHER_CLAUSE"),
    ("address that is none", "Имущество [Кодекс] используется.", "OTHER_CLAUSE"),
    ("other edition", f"«{A}» [code/6/8@2018-01-01]", "OTHER_CLAUSE"),
    ("other act", f"«{A}» [U1700000487/code/6/8]", "OTHER_CLAUSE"),
    ("bare address not cited", "См. code/6/4.", "OTHER_CLAUSE"),
    ("Russian words, not cited", "Это подпункт 4) пункта 6 Кодекса.", "OTHER_CLAUSE"),
    ("Russian words, other text", "Это пункт 9 Положения.", "OTHER_CLAUSE"),
    ("Russian words, a law", "Это пункт 9 Закона.", "OTHER_CLAUSE"),
    ("Russian words, one of two", "Это пункты 9 и 10 Кодекса.", "OTHER_CLAUSE"),
    ("Russian ordinal", "Это первая часть того же.", "OTHER_CLAUSE"),
    ("Russian article", "Это статья 50 закона.", "OTHER_CLAUSE"),
    ("Kazakh words, not cited", "Кодекстің 7-тармағы осыны айтады.", "OTHER_CLAUSE"),
    ("Kazakh item, not cited", "6-тармақтың 4) тармақшасы осыны айтады.", "OTHER_CLAUSE"),
    ("Kazakh words, one of two", "9, 10-тармақтар осыны айтады.", "OTHER_CLAUSE"),
    ("English words, not cited", "See paragraph 7 of the Code.", "OTHER_CLAUSE"),
    ("English words, spelt out", "See paragraph seven.", "OTHER_CLAUSE"),
    ("another act's number", "См. Указ № 487.", "OTHER_CLAUSE"),
    ("unclosed", f"«{A} [code/6/8]", "UNBALANCED"),
    ("unopened", f"{A}» [code/6/8]", "UNBALANCED"),
    ("crossed", f"«{A} “мақсаты» бойынша” [code/6/8]", "UNBALANCED"),
    ("unclosed bracket", f"«{A}» [code/6/8", "UNBALANCED"),
    ("backticks", f"`{A}` [code/6/8]", "OTHER_MARKS"),
    ("block quotation", f"Текст:\n> {A}", "OTHER_MARKS"),
    ("bare yes", "Yes.", "VERDICT"),
    ("yes and a true quotation", f"Yes, «{A}» [code/6/8].", "VERDICT"),
    ("Russian no", f"**Нет**, «{A}» [code/6/8].", "VERDICT"),
    ("Russian yes", "Да, можно.", "VERDICT"),
    ("Kazakh yes", "Иә, болады.", "VERDICT"),
    ("Kazakh no", "Жоқ, болмайды.", "VERDICT"),
    ("empty", "", "EMPTY"),
    ("white space", " \n\t", "EMPTY"),
    ("no content", None, "EMPTY"),
    ("too long", "Имущество. " * 200, "TOO_LONG"),
    ("content of another type", ["text"], "NO_REPLY"),
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_a_faithful_text_becomes_the_lead(stub: Stub, answer: Answer, text: str) -> None:
    stub.say(text)
    report = report_lead(answer, config(stub))
    assert report.outcome is Outcome.PHRASED
    assert report.answer == replace(answer, text=" ".join(text.split()), lead_by=LeadBy.MODEL)


@pytest.mark.parametrize(("text", "why"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
def test_an_unfaithful_text_is_dropped(stub: Stub, answer: Answer, text: str, why: str) -> None:
    stub.say(text)
    report = report_lead(answer, config(stub))
    assert report.outcome is Outcome[why]
    assert report.answer is answer


def choices(content: object) -> bytes:
    return json.dumps({"choices": content}).encode()


REPLIES = {
    "not JSON": {"body": b"{"},
    "not text": {"body": b"\xff\xfe{}"},
    "deep JSON": {"body": b"[" * 60000},
    "no choices": {"body": b"{}"},
    "empty choices": {"body": choices([])},
    "a choice of another type": {"body": choices(["text"])},
    "a list": {"body": b"[]"},
    "nothing": {"body": b""},
    "server error": {"status": 500, "body": b"{}"},
    "unauthorised": {"status": 401, "body": b"{}"},
    "huge body": {"body": b" " * (64 * 1024) + choices([{"message": {"content": "Текст."}}])},
    "redirect to a file": {"status": 302, "headers": {"Location": "file:///etc/hostname"}},
    "redirect elsewhere": {"status": 302, "headers": {"Location": "/v1/other"}},
    "redirect keeping the method": {"status": 307, "headers": {"Location": "/v1/other"}},
    "slow": {"wait_s": 0.6, "body": choices([{"message": {"content": "Текст."}}])},
    "dripping": {"drip_s": 0.1, "body": choices([{"message": {"content": "Текст."}}])},
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES.keys())
def test_an_endpoint_that_fails_leaves_the_answer(
    stub: Stub, answer: Answer, reply: dict[str, object]
) -> None:
    for name, value in reply.items():
        setattr(stub, name, value)
    started = time.monotonic()
    report = report_lead(answer, config(stub, llm_timeout_s=0.3))
    assert report == type(report)(answer, Outcome.NO_REPLY)
    assert time.monotonic() - started < 3
    assert len(stub.asked) == 1


def test_a_text_cut_off_by_the_endpoint_is_dropped(stub: Stub, answer: Answer) -> None:
    stub.say(f"«{A}» [code/6/8] и", finish_reason="length")
    assert report_lead(answer, config(stub)).outcome is Outcome.TOO_LONG


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9",
        "file:///etc/hostname",
        "ftp://127.0.0.1/v1",
        "http://",
        "http://[",
        "x",
    ],
)
def test_an_address_that_cannot_be_asked_leaves_the_answer(answer: Answer, url: str) -> None:
    settings = Config(llm_url=url, llm_model="stub", llm_timeout_s=1.0)
    assert report_lead(answer, settings).outcome is Outcome.NO_REPLY


def test_without_an_address_nothing_is_requested(
    stub: Stub, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("something was requested")

    monkeypatch.setattr("socket.socket.connect", opened)
    off = config(stub, llm_url="")
    assert report_lead(answer, off).outcome is Outcome.OFF
    assert phrase_lead(answer, off) is answer
    assert not Config().llm_url
    assert not stub.asked


@pytest.mark.parametrize(
    "change", [{"kind": "history"}, {"answered": False}, {"citations": ()}], ids=str
)
def test_other_answers_are_not_phrased(
    stub: Stub, answer: Answer, change: dict[str, object]
) -> None:
    other = replace(answer, **change)  # type: ignore[arg-type]
    assert report_lead(other, config(stub)).outcome is Outcome.NOT_PHRASED
    assert not stub.asked


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_request_holds_the_question_and_the_clauses(
    stub: Stub, answer: Answer, lang: str
) -> None:
    stub.say("Текст.")
    settings = config(stub, llm_url=stub.url + "/", llm_key="secret")
    assert phrase_lead(replace(answer, lang=lang), settings).text == "Текст."
    path, headers, body = stub.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["model"], body["temperature"]) == ("stub", 0)
    messages = body["messages"]
    assert isinstance(messages, list)
    user = messages[1]["content"]
    assert answer.question in user
    for citation in answer.citations:
        assert f"[{citation.clause.address.short}]" in user
        assert citation.clause.text in user


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    stub: Stub, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    stub.say("Текст.")
    assert report_lead(answer, config(stub)).outcome is Outcome.PHRASED


def test_control_characters_are_dropped(stub: Stub, answer: Answer) -> None:
    stub.say(f"\x1b\u202eСмотри:\x00\ud800\n\n«{A}»\u200b [code/6/8]\r\n")
    assert phrase_lead(answer, config(stub)).text == f"Смотри:\n«{A}» [code/6/8]"


def test_a_dropped_character_hides_no_change(stub: Stub, answer: Answer) -> None:
    hidden = A.replace("тек", "те\u200bк")
    stub.say(f"«{hidden}» [code/6/8]")
    assert f"«{A}»" in phrase_lead(answer, config(stub)).text


def test_every_clause_quoted_whole_is_faithful(stub: Stub, library: Library) -> None:
    texts = [c for c in library.records.clauses if len(c.text) < 1000 and c.address.path]
    for clause in texts:
        marks = [clause.text.count(mark) for mark in "«»"]
        if marks[0] != marks[1] or not clause.text:
            continue  # the source left one unclosed, and so it is not known where a quote ends
        short = clause.address.short
        stub.say(f"«{clause.text}» [{short}]")
        report = report_lead(make_answer(library, (str(clause.address),)), config(stub))
        assert report.outcome is Outcome.PHRASED, short


BAD_SETTINGS = [
    ({"KB_LLM_URL": "file:///etc/passwd", "KB_LLM_MODEL": "m"}, "llm_url must be an address"),
    ({"KB_LLM_URL": "localhost:11434", "KB_LLM_MODEL": "m"}, "llm_url must be an address"),
    ({"KB_LLM_URL": "http://h:99999/v1", "KB_LLM_MODEL": "m"}, "llm_url must be an address"),
    ({"KB_LLM_URL": "http://127.0.0.1:11434/v1"}, "set llm_model too"),
    ({"KB_LLM_TIMEOUT_S": "0"}, "llm_timeout_s must be above zero"),
    ({"KB_LLM_TIMEOUT_S": "nan"}, "llm_timeout_s must be above zero"),
    ({"KB_LLM_TIMEOUT_S": "inf"}, "llm_timeout_s must be at most 120 seconds"),
]


@pytest.mark.parametrize(("env", "message"), BAD_SETTINGS)
def test_a_bad_setting_is_named(tmp_path: Path, env: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_config(env={"KB_HOME": str(tmp_path), **env})


def test_the_key_is_never_printed(tmp_path: Path) -> None:
    settings = load_config(env={"KB_HOME": str(tmp_path), "KB_LLM_KEY": "secret"})
    assert settings.llm_key == "secret"
    assert "secret" not in repr(settings)
