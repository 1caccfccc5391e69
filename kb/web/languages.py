"""The reader's language: which one it is, its catalogue, and dates as it writes them.

The catalogues are gettext ``.po`` files, one an area of the site, read once a process as one;
message ids are short keys.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, current_app, g, request

from kb.address import LANGUAGES

DEFAULT = LANGUAGES[0]
# The locale whose dates are printed: 22 February 2022, not February 22, 2022.
LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}


@cache
def catalogue(lang: str) -> Catalog:
    """The messages of one language, as its ``.po`` files have them."""
    whole = Catalog(locale=lang)
    for part in catalogue_parts(lang).values():
        for message in part:
            if message.id:
                whole[message.id] = message
    return whole


@cache
def catalogue_parts(lang: str) -> dict[str, Catalog]:
    """The catalogue of each area by the name of its file, the general one first."""
    folder = resources.files("kb.web") / "translations" / lang / "LC_MESSAGES"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".po"))
    parts = {}
    for name in sorted(names, key=lambda name: name != "messages.po"):
        with (folder / name).open("rb") as stream:
            parts[name] = read_po(stream, locale=lang)
    return parts


@cache
def _translations(lang: str) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> str:
    """The language of the page being made."""
    return str(g.get("lang", DEFAULT))


def gettext(key: str) -> str:
    """The message of the current language."""
    return str(_translations(current_language()).ugettext(key))


def ngettext(key: str, plural: str, number: int) -> str:
    """The message in the plural form that ``number`` asks for."""
    return str(_translations(current_language()).ungettext(key, plural, number))


def say(key: str, **values: object) -> str:
    """The message with its ``%(name)s`` filled in, for use outside templates."""
    return gettext(key) % values


def term(group: str, value: str) -> str:
    """Name one value of a controlled list, such as a role or an actor."""
    return gettext(f"{group}.{value}")


def long_date(day: date | None, lang: str | None = None) -> str:
    """A day in words, in ``lang`` or the current language; a dash when it is not recorded."""
    if day is None:
        return "—"
    return str(format_date(day, "long", locale=LOCALES[lang or current_language()]))


def language_of_path(path: str) -> str | None:
    """The language that a path starts with, also where no route matches it."""
    first = path.strip("/").split("/", 1)[0]
    return first if first in LANGUAGES else None


def preferred_language() -> str:
    """What the browser asks for, among the languages of the site."""
    wishes = sorted(request.accept_languages, key=lambda wish: -wish[1])
    # "kk-KZ, ru;q=0.8" is a wish for Kazakh, though only Russian is named exactly.
    spoken = (tag.lower().split("-")[0] for tag, quality in wishes if quality > 0)
    return next((lang for lang in spoken if lang in LANGUAGES), DEFAULT)


def _read_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    given = (values or {}).pop("lang", None)
    g.lang = given or language_of_path(request.path) or preferred_language()


def _fill_language(endpoint: str, values: dict[str, object]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", current_language())


def init_languages(app: Flask) -> None:
    """Read the language from the path of every request, and write it into every link."""
    app.url_value_preprocessor(_read_language)
    app.url_defaults(_fill_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.globals["term"] = term
    for lang in LANGUAGES:
        _translations(lang)
