"""What the decision looks at is computed, whatever weight the ranking gives it."""

from kb.address import ClauseAddress
from kb.answer.decide import features
from kb.index.searcher import DECIDING, Hit, Outside, Query, SearchResult
from kb.language.detect import Detected
from kb.model import Clause


class Noted(dict[str, float]):
    """A dictionary that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)


def test_the_decision_reads_only_the_signals_kept_for_it():
    signals = Noted()
    clause = Clause(ClauseAddress.parse("code/1"), "paragraph", "1", None, "1", "", "", (1,))
    hit = Hit(clause, 1.0, signals)
    features(SearchResult(Query("сұрақ", Detected("kk", "сұрақ")), (hit,), Outside(), 1.0))
    assert signals.asked == DECIDING
