"""How numbers and names are set into a line."""

from __future__ import annotations

import pytest

from kb.web.states import unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Әдеп кодексінің 6-тармағының 8) тармақшасы",
            'Әдеп кодексінің <span class="unbroken">6-тармағының</span> 8) тармақшасы',
        ),
        ("Заңның 6-1-бабы", 'Заңның <span class="unbroken">6-1-бабы</span>'),
        ("Code of Ethics, paragraph 7", "Code of Ethics, paragraph 7"),
        ("<b>7-б</b>", '&lt;b&gt;<span class="unbroken">7-б</span>&lt;/b&gt;'),
    ],
)
def test_number_and_its_ending_stay_on_one_line(text: str, shown: str) -> None:
    assert unbroken(text) == shown
