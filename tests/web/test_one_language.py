"""A page is in one language: whatever is not says so in its ``lang``."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

ACT = "U1500000153"
PAGES = [
    "", "ask?q=code/6/8", "ask?q=list+of+principles", "ask?q=what+is+the+capital+of+France",
    "ask?q=U1700000487&on=2016-05-01", "search?q=code", "search", "search?q=zzzzzz",
    f"act/{ACT}/", f"act/{ACT}/?source=1", f"act/{ACT}/?on=2017-01-01", f"act/{ACT}/?beside=none",
    f"act/{ACT}/code/6", f"act/{ACT}/regulation/2/part-3", f"act/{ACT}/annex/2", "amendments",
    "amendments?component=regulation", "compare", "compare?act=X", "note", "commissioner", "about",
    f"act/{ACT}/code/66", "ask?q=x&on=yesterday", "nothing/here",
]  # fmt: skip
# Letters that a text of the language cannot have; a Kazakh one may hold Russian names of acts.
FOREIGN = {
    "en": re.compile(r"[а-яёәғқңөұүһі]{2,}", re.IGNORECASE),
    "ru": re.compile(r"\w*[әғқңөұүһі]\w*", re.IGNORECASE),
    "kk": re.compile(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-])", re.IGNORECASE),
}
# Names and forms that are the same in every language, addresses, and what stands in quotes.
NAMES = re.compile(
    r"(?m)^>.*$|https?:\S+|«[^»]*»|“[^”]*”|Adep|JavaScript|Cookie|Akoma|Atom|Adilet|PDF|DOCX|Word|Markdown|JSON|CSV|HTML|Excel|Apache|License|"
    r"multilingual|small|BM25|nDCG|KazQAD|toml|TOML|commissioner|hosts|GitHub|Chrome"
)
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SPOKEN = ("aria-label", "alt", "placeholder", "title")


class _Texts(HTMLParser):
    """Gathers the texts that are read in the page's language, attributes that are read included."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.open: list[tuple[str, str]] = [("", lang)]
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        lang = values.get("lang") or self.open[-1][1]
        if lang == self.lang and tag not in {"textarea"}:
            self.texts += [values[name] or "" for name in _SPOKEN if name in values]
        if tag not in _VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        if self.open[-1][1] == self.lang and not inside & {"script", "style", "textarea", "code"}:
            self.texts.append(data)


def strangers(page: str, lang: str) -> list[str]:
    """What stands in the page as ``lang`` and is not."""
    reader = _Texts(lang)
    reader.feed(page)
    texts = [NAMES.sub("", text) for text in reader.texts]
    return [
        f"{found[0]}: {text.strip()}" for text in texts if (found := FOREIGN[lang].search(text))
    ]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_in_one_language(client: FlaskClient, lang: str, path: str) -> None:
    asked = path.partition("q=")[2].partition("&")[0].replace("+", " ")
    page = client.get(f"/{lang}/{path}").text.replace(asked or "\0", "")
    if lang == "kk":
        # The scan of the law itself has Latin letters and words in it.
        page = re.sub(
            r'(?s)<div class="act-columns.*?</main>|<table class="source.*?</table>', "", page
        )
    assert strangers(page, lang) == []


def test_strangers_are_seen() -> None:
    assert strangers("<html lang='en'><p>Жарлық</p></html>", "en")
    assert strangers("<html lang='ru'><p title='Жарлық'>Указ</p></html>", "ru")
    assert strangers("<html lang='kk'><p>Search here</p></html>", "kk")
    assert not strangers("<html lang='en'><br><p lang='kk'>Жарлық<img></p><p>Decree</p>", "en")
