"""Every kind of page, in every language: under 100 KB as it is sent, and nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.test_security import page_faults

ACT = "U1500000153"
LIMIT = 100_000
ASKED = {
    "kk": ("әдеп қағидаттарының тізімі", "ауа райы қандай", "уәкіл"),
    "ru": ("список принципов служебной этики", "как получить визу", "уполномоченный"),
    "en": ("list of the principles of service ethics", "how to get a visa", "commissioner"),
}
PATHS = {
    "home": "",
    "answer": "ask?q={answered}",
    "abstention": "ask?q={refused}",
    "search": "search?q={word}",
    "every clause": "search",
    "act": f"act/{ACT}/",
    "act beside Russian": f"act/{ACT}/?beside=ru",
    "act beside English": f"act/{ACT}/?beside=en",
    "act of a day": f"act/{ACT}/?on=2017-01-01&beside=ru",
    "act, source": f"act/{ACT}/?source=1",
    "act with marks": f"act/{ACT}/?find={{word}}&beside=ru",
    "act, a role": f"act/{ACT}/?role=duty",
    "paragraph": f"act/{ACT}/regulation/4",
    "subparagraph": f"act/{ACT}/code/6/8",
    "amendments": "amendments",
    "comparison, nothing to compare": "compare",
    "note": "note",
    "commissioner": "commissioner",
    "about": "about",
    "not found": f"act/{ACT}/code/66",
    "bad day": "ask?q=x&on=yesterday",
    "feed": f"feeds/{ACT}.atom",
}


def filled(path: str, lang: str) -> str:
    answered, refused, word = map(quote, ASKED[lang])
    return f"/{lang}/" + path.format(answered=answered, refused=refused, word=word)


@pytest.mark.parametrize("lang", ASKED)
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_page_is_light_and_whole(client: FlaskClient, path: str, lang: str) -> None:
    page = client.get(filled(path, lang), headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.data) < LIMIT
    text = gzip.decompress(page.data).decode()
    assert path.startswith("feeds/") or page_faults(text) == []


@pytest.mark.parametrize("lang", ASKED)
def test_heaviest_note_is_light(client: FlaskClient, lang: str) -> None:
    """Every paragraph of the Code, and the longest of the Regulation, in one note."""
    addresses = [f"{ACT}/code/{n}" for n in range(1, 13)] + [f"{ACT}/regulation/4"]
    sent = {"action": "collected", "language": lang, "collected": addresses}
    page = client.post(f"/{lang}/note", data=sent, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(page.data).decode().count('class="note-item"') == len(addresses)
    assert len(page.data) < LIMIT


@pytest.mark.parametrize("lang", ASKED)
@pytest.mark.parametrize("path", ["", f"act/{ACT}/", "ask?q={answered}", "note"])
def test_page_with_its_files_is_light(client: FlaskClient, path: str, lang: str) -> None:
    """The page with its style sheets and scripts, each as it is sent."""
    page = client.get(filled(path, lang))
    found = re.findall(
        r'<(?:link rel="stylesheet"|script type="module")[^>]*?="(/static[^"]+)"', page.text
    )
    assert len(found) > 1
    total = len(gzip.compress(page.data))
    for address in found:
        with client.get(address, headers={"Accept-Encoding": "gzip"}) as file:
            assert file.status_code == 200
            total += len(file.data)
    assert total < LIMIT
