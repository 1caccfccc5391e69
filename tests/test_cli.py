"""The ``kb`` command: what it prints, and how it refuses."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

LINE = 1


@pytest.fixture(scope="module")
def kb(keyword_index_home):
    def run(*arguments, stdin=None, **env):
        settings = {"KB_HOME": str(keyword_index_home), "KB_ENCODER": "none"} | env
        found = subprocess.run(
            [sys.executable, "-m", "kb", *arguments],
            input=stdin if isinstance(stdin, bytes | None) else stdin.encode(),
            capture_output=True,
            env=os.environ | settings,
            timeout=120,
            check=False,
        )
        return found.returncode, found.stdout.decode(), found.stderr.decode()

    return run


REFUSED = [
    (["show", "code/6/99"], "code/6/9"),
    (["show", "nowhere"], "nowhere"),
    (["show", "code/6/8/"], "code/6/8/"),
    (["show", "code/6/8", "--on", "2018-13-01"], "2018-13-01"),
    (["ask", "кім?", "--on", "yesterday"], "yesterday"),
    (["ask"], "empty"),
    (["ask", "   "], "empty"),
    (["ask", "?!"], "no words"),
    (["ask", "а" * 10_000], "10000"),
    (["ask", "--batch", "-"], "--json"),
    (["ask", "--json", "--batch", "no-such-file"], "no-such-file"),
    (["search"], "empty"),
    (["search", "x", "-k", "0"], "-k"),
    (["cite", "annex/9"], "annex/4"),
    (["history", "code/99"], "code/12"),
    (["export", "--format", "yaml"], "yaml"),
    (["frobnicate"], "frobnicate"),
    (["--config", "no-such.toml", "ask", "x"], "no-such.toml"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_bad_input_is_one_line_and_status_2(kb, arguments, said):
    status, out, err = kb(*arguments)
    assert status == 2
    assert out == ""
    assert len(err.strip().splitlines()) == LINE
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_utf8_is_refused(kb, tmp_path):
    file = tmp_path / "latin1.txt"
    file.write_bytes("déjà".encode("latin-1"))
    status, _, err = kb("ask", "--json", "--batch", str(file))
    assert (status, len(err.strip().splitlines())) == (2, LINE)
    assert "UTF-8" in err


def test_ask_json_is_the_contract(kb):
    status, out, _ = kb("ask", "6-тармақ 8) не дейді?", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["answered"] is True
    assert 0 <= answer["confidence"] <= 1
    citation = answer["citations"][0]
    assert citation["id"] == "U1500000153/code/6/8"
    assert citation["lines"] == [88]
    assert citation["edition"] == "2022-02-22"
    assert [a["number"] for a in citation["amended_by"]] == ["814"]


def test_batch_keeps_the_order_and_says_which_lines_failed(kb):
    status, out, err = kb("ask", "--json", "--batch", "-", stdin="code/7\n\nп. 9 Положения\n")
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["question"] for r in records] == ["code/7", "", "п. 9 Положения"]
    assert "error" in records[1]
    assert status == 2
    assert "1 of 3" in err


BREAKS = ["\u2028", "\x0b", "\x85", "\x0c", "\u2029", "\x1e"]


@pytest.mark.parametrize("line_break", BREAKS, ids=[f"U+{ord(ch):04X}" for ch in BREAKS])
def test_a_line_of_a_batch_ends_with_a_line_feed_alone(kb, line_break):
    lines = [f"code{line_break}7 не дейді", f"{line_break}", "code/12"]
    status, out, err = kb("ask", "--json", "--batch", "-", stdin="\r\n".join(lines) + "\n")
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["question"] for r in records] == ["code 7 не дейді", line_break, "code/12"]
    assert ["error" in r for r in records] == [False, True, False]
    assert status == 2
    assert "1 of 3" in err


@pytest.mark.parametrize(("data", "lines"), [(b"", 0), (b"code/7\r\n", 1), (b"\ncode/7", 2)])
def test_an_empty_last_line_of_a_batch_is_none(kb, data, lines):
    out = kb("ask", "--json", "--batch", "-", stdin=data)[1]
    assert len(out.splitlines()) == lines


class Model(BaseHTTPRequestHandler):
    """An endpoint that always says the same."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        choice = {"message": {"role": "assistant", "content": "Сыртқы келбет туралы [code/7]."}}
        self.wfile.write(json.dumps({"choices": [choice]}).encode())

    def log_message(self, *_):
        pass


def test_a_batch_is_phrased_by_a_model_like_one_question(kb):
    with ThreadingHTTPServer(("127.0.0.1", 0), Model) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        model = {
            "KB_LLM_URL": f"http://127.0.0.1:{server.server_port}/v1",
            "KB_LLM_MODEL": "stub",
        }
        single = json.loads(kb("ask", "code/7", "--json", **model)[1])
        batch = json.loads(kb("ask", "--json", "--batch", "-", stdin="code/7", **model)[1])
        server.shutdown()
        thread.join()
    assert batch == single
    assert single["lead_by"] == "model"
    assert single["answer"] == "Сыртқы келбет туралы [code/7]."


def test_show_has_the_clause_as_the_export_has_it(kb):
    shown = json.loads(kb("show", "code/6/8", "--json")[1])
    clauses = json.loads(kb("export")[1])["clauses"]
    exported = next(c for c in clauses if c["id"] == shown["id"])
    assert {key: shown[key] for key in exported} == exported
    assert shown["items"] == []


@pytest.mark.parametrize(
    ("lang", "day"), [("kk", "22.02.2022"), ("ru", "22.02.2022"), ("en", "22 February 2022")]
)
def test_days_are_printed_as_the_reader_writes_them(kb, lang, day):
    for command in (["cite", "code/7", "--full"], ["history"], ["show", "code/7"]):
        printed = kb(*command, "--lang", lang)[1]
        assert day in printed
        assert "2022-02-22" not in printed


def test_batch_of_good_lines_succeeds(kb):
    status, out, err = kb("ask", "--json", "--batch", "-", stdin="code/7\ncode/12")
    assert (status, err, len(out.splitlines())) == (0, "", 2)


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("kk", "Әдеп кодексінің 6-тармағының 8) тармақшасы"),
        ("ru", "подпункт 8) пункта 6 Этического кодекса"),
        ("en", "Code of Ethics, paragraph 6, subparagraph 8)"),
    ],
)
def test_cite(kb, lang, label):
    assert kb("cite", "code/6/8", "--lang", lang)[1].strip() == label


def test_a_citation_in_words_is_an_address(kb):
    status, out, _ = kb("show", "подпункт 8) пункта 6 Этического кодекса", "--json")
    assert (status, json.loads(out)["id"]) == (0, "U1500000153/code/6/8")


def test_show_source_is_verbatim(kb):
    shown, source = kb("show", "regulation/1")[1], kb("show", "regulation/1", "--source")[1]
    assert "Әдеп жөніндегі уәкіл" in shown
    assert "Әдеп жөнндег уәк л" in source


def test_history_is_newest_first(kb):
    amendments = json.loads(kb("history", "--json")[1])["amendments"]
    dates = [a["by"]["date"] for a in amendments]
    assert len(dates) == 6
    assert dates == sorted(dates, reverse=True)


def test_history_of_a_clause(kb):
    found = json.loads(kb("history", "regulation/2/part-1", "--json")[1])
    assert [(a["number"], a["action"], a["certain"]) for a in found["amendments"]] == [
        ("487", "restated", True)
    ]


def test_search_highlights_what_matched(kb):
    found = json.loads(kb("search", "жасырын сауалнама", "--json", "-k", "3")[1])
    first = found["hits"][0]
    assert first["id"] == "U1500000153/regulation/10"
    words = [first["snippet"][start:end] for start, end in first["highlights"]]
    assert "сауалнама" in words


def test_export_holds_everything(kb):
    data = json.loads(kb("export", "--format", "json")[1])
    assert {"acts", "clauses", "amendments", "repeals", "references"} == data.keys()
    assert sum(c["kind"] != "part" for c in data["clauses"]) == 71
    assert len(data["amendments"]) == 6
    assert len(data["repeals"]) == 4


def test_build_has_nothing_to_do(kb):
    status, out, err = kb("build")
    assert (status, err) == (0, "")
    assert "Nothing to do" in out


def test_an_index_of_another_encoder_is_refused(kb):
    status, _, err = kb("ask", "code/7", KB_ENCODER="bundled")
    assert status == 2
    assert "kb build" in err


def test_an_impossible_data_folder_is_one_line(kb, tmp_path):
    (tmp_path / "file").write_text("x")
    status, _, err = kb("build", KB_HOME=str(tmp_path / "file" / "home"))
    assert status == 2
    assert len(err.strip().splitlines()) == LINE


def test_explain_says_why(kb):
    explained = json.loads(kb("ask", "сауалнама жасырын ба", "--explain", "--json")[1])["explain"]
    assert explained["language"] == "kk"
    assert explained["clauses"][0]["ranks"]
    assert 0 <= explained["probability"] <= 1
