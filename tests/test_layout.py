"""Keeps the house in order: which room imports which, where heavy libraries stay, how long code may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 320
MAX_FUNCTION_LINES = 60

# What stands directly to the left of each room (assistant/__init__.py draws it). A room may import all rooms
# to its left, however far.
LEFT_OF = {
    "files": (),
    "law": ("files",),
    "retrieval": ("law",),
    "rules": ("law",),
    "reader": ("law",),
    "verify": ("law",),
    "llm": ("verify",),
    "qa": ("retrieval", "reader", "llm", "interview"),
    "interview": ("forms",),
    "forms": ("rules", "files"),
    "precheck": ("forms",),
    "records": ("qa", "precheck"),
    "staff": ("records",),
    "cite_check": ("verify", "precheck"),
    "open_matters": ("records",),
    "versions": ("records",),
    "api": ("staff", "cite_check", "open_matters", "versions"),
    "desk": ("api",),
    "ui": ("desk",),
}
# May import all rooms, and nothing but cli.py imports it.
COMMANDS = "commands"
# Single modules beside the rooms, with what they may import. Everything may import config and errors.
FOR_ALL = {"config", "errors"}
MODULES = {
    "errors": set(), "config": {"errors"}, "cli": None,
    "__main__": None, "__init__": set(),
}  # fmt: skip
# Libraries whose types stay in a few places, as path prefixes.
LIBRARIES = {
    "llama_index": ("assistant/retrieval/", "assistant/llm/endpoint.py"),
    "openai": ("assistant/llm/endpoint.py",),
    "chromadb": ("assistant/retrieval/",),
    "pdfplumber": ("assistant/files/",),
    "pypdfium2": ("assistant/files/",),
    "rapidocr": ("assistant/files/",),
    "cv2": ("assistant/files/",),
    "gradio": ("assistant/ui/", "app.py"),
}
EMPTY_NAMES = {"util", "utils", "helper", "helpers"}

Sources = dict[str, ast.Module]


def parse_project() -> Sources:
    paths = [*sorted((PROJECT / "assistant").rglob("*.py")), PROJECT / "app.py"]
    return {
        path.relative_to(PROJECT).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths
    }


@pytest.fixture(scope="module")
def sources() -> Sources:
    return parse_project()


def imported(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported anywhere in the file."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for name in node.names:
                yield node.lineno, f"{module}.{name.name}"


def rooms_left_of(room: str) -> set[str]:
    return {left for near in LEFT_OF.get(room, ()) for left in {near, *rooms_left_of(near)}}


def importable_from(path: str) -> set[str] | None:
    """The parts of assistant/ that the file may import; None for all of them."""
    if path == "app.py":
        return None
    parts = path.split("/")
    if parts[1] == COMMANDS:
        return None
    if len(parts) > 2:
        return FOR_ALL | {parts[1]} | rooms_left_of(parts[1])
    return MODULES.get(parts[1].removesuffix(".py"), set())


def wrong_imports(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        allowed = importable_from(path)
        for line, name in imported(path, tree):
            parts = name.split(".")
            if parts[0] == "assistant" and allowed is not None and parts[1:2] and parts[1] not in allowed:
                yield f"{path}:{line} imports {name}, which is not to its left"


def misplaced_libraries(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        for line, name in imported(path, tree):
            places = LIBRARIES.get(name.split(".")[0])
            if places and not path.startswith(places):
                yield f"{path}:{line} imports {name}, which belongs in {' or '.join(places)}"


def long_functions(sources: Sources) -> Iterator[str]:
    for path, tree in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    yield f"{path}:{node.lineno} {node.name} has {lines} lines, over {MAX_FUNCTION_LINES}"


def report(violations: list[str]) -> str:
    return "\n" + "\n".join(violations)


def test_every_part_of_the_house_is_known(sources: Sources) -> None:
    parts = {tuple(path.split("/")) for path in sources if path.startswith("assistant/")}
    known = {
        path
        for path in parts
        if (path[1] in {*LEFT_OF, COMMANDS} if len(path) > 2 else path[1].removesuffix(".py") in MODULES)
    }
    strangers = ["/".join(path) for path in sorted(parts - known)]
    assert not strangers, report([f"{path} is in no room of {Path(__file__).name}" for path in strangers])


def test_imports_point_left(sources: Sources) -> None:
    violations = list(wrong_imports(sources))
    assert not violations, report(violations)


def test_libraries_stay_in_their_places(sources: Sources) -> None:
    violations = list(misplaced_libraries(sources))
    assert not violations, report(violations)


def test_files_are_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in (PROJECT / "assistant").rglob("*.py")
    }
    violations = [
        f"{path.relative_to(PROJECT)} has {lines} lines, over {MAX_FILE_LINES}"
        for path, lines in sorted(lengths.items())
        if lines > MAX_FILE_LINES
    ]
    assert not violations, report(violations)


def test_functions_are_short(sources: Sources) -> None:
    violations = list(long_functions(sources))
    assert not violations, report(violations)


def test_names_say_what_is_inside(sources: Sources) -> None:
    violations = [path for path in sources if EMPTY_NAMES & set(path.removesuffix(".py").split("/"))]
    assert not violations, report([f"{path}: name it after what it does" for path in violations])


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("assistant/files/a.py", "from assistant.law.parser import parse_regulation"),
        ("assistant/law/a.py", "def read():\n    from assistant.qa import service"),
        ("assistant/qa/a.py", "from assistant import precheck"),
        ("assistant/qa/a.py", "from ..precheck import report"),
        ("assistant/precheck/a.py", "import assistant.retrieval.search"),
        ("assistant/api/a.py", "from assistant.ui.page import build_page"),
        ("assistant/config.py", "from assistant.law.pack import Pack"),
    ],
)
def test_an_import_to_the_right_is_found(path: str, source: str) -> None:
    assert list(wrong_imports({path: ast.parse(source)}))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("assistant/qa/a.py", "from assistant.files.decode import decode_text"),
        ("assistant/qa/a.py", "from .models import Answer"),
        ("assistant/files/a.py", "from assistant.errors import MicError\nfrom assistant import config"),
        ("assistant/cli.py", "from assistant.ui.page import build_page"),
        ("app.py", "from assistant.ui.page import build_page"),
    ],
)
def test_an_import_to_the_left_is_allowed(path: str, source: str) -> None:
    assert not list(wrong_imports({path: ast.parse(source)}))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("assistant/qa/search_law.py", "from llama_index.core.schema import TextNode"),
        ("assistant/cli.py", "import chromadb"),
        ("assistant/llm/worder.py", "from llama_index.llms.openai_like import OpenAILike"),
        ("assistant/llm/endpoint.py", "import gradio as gr"),
    ],
)
def test_a_misplaced_library_is_found(path: str, source: str) -> None:
    assert list(misplaced_libraries({path: ast.parse(source)}))
