"""The sentence of a story that asks, and questions that want a quantity."""

import pytest

from kb.language.asking import asking_part, asks_quantity


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Можно ли курить?", "Можно ли курить?"),
        (
            "Я работаю в акимате. Шеф кричит. Куда в таком случае идут с жалобой?",
            "Куда в таком случае идут с жалобой?",
        ),
        ("Я работаю в акимате. Шеф кричит. Куда жаловаться?", "Шеф кричит. Куда жаловаться?"),
        ("Where do I go? I am new here.", "Where do I go?"),
        ("I am new here. Where do I go?", "I am new here. Where do I go?"),
        ("Бірінші сөйлем. Екінші сөйлем", "Бірінші сөйлем. Екінші сөйлем"),
        (
            "Бірінші. Екінші сөйлемде бес сөзден көп сөз бар",
            "Екінші сөйлемде бес сөзден көп сөз бар",
        ),
        ("Это было давно. Кто он? Где он?  И ещё.", "Это было давно. Кто он? Где он?"),
        ("dress code", "dress code"),
        ("...", ""),
        ("", ""),
    ],
)
def test_asking_part(text: str, part: str) -> None:
    assert asking_part(text) == part


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("kk", "Неше жұмыс күнінде жауап береді?", True),
        ("kk", "Kанша турады, нешинши кабинет", True),
        ("kk", "Әдеп уәкілі айына неше рет қабылдайды?", False),
        ("kk", "Қаншалықты жиі есеп береді?", False),
        ("kk", "Кінәсіз жазалады", False),
        ("ru", "Сколько дней даётся на ответ?", True),
        ("ru", "Сколько раз в месяц приём?", False),
        ("ru", "Каков срок рассмотрения", True),
        ("ru", "Нисколько не стыдно", False),
        ("en", "How many days do they have to answer?", True),
        ("en", "How many times a month are visitors received?", False),
        ("en", "how often is the survey held", False),
        ("en", "What is the Maximum fine", True),
        ("en", "application deadline", True),
        ("en", "My boss takes a per cent of each contract, can I report this to somebody?", False),
        ("ru", "какой минимальный стаж", True),
        ("ru", "Начальник берёт процент с каждой премии, куда мне обратиться?", False),
        ("kk", "тест баллы", True),
        ("kk", "Тендерден пайыз алып жүрген әріптесім туралы кімге айтамын?", False),
        ("kk", "Тестте қандай балл жеткілікті деп саналады екен?", True),
    ],
)
def test_quantity(lang: str, text: str, wanted: bool) -> None:
    assert asks_quantity(text, lang) is wanted
