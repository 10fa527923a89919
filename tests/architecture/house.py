"""The rules of the house that no ready-made tool knows: each takes a source and returns its faults.

Run as a program (`python -m tests.architecture.house`) it prints how long functions and files are.
"""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from statistics import median

ROOT = Path(__file__).parent.parent.parent
NOT_THE_PROGRAM = {"tests", "benchmarks", "docs", "build"}
WORD_TABLES = {"campaigns", "dialogue"}
SENTENCE = 5  # words
BANNED_NAMES = {"utils", "helpers", "common", "services", "managers", "base", "misc"}
PLATFORMS = {"zalo", "telegram", "web", "recorder"}
MAY_KNOW_PLATFORMS = ("bot/channels/", "bot/app.py")
MAY_NAME_PLATFORMS = ("bot/", "config/")


def sources() -> Iterator[Path]:
    """All Python of the checkout, as paths relative to it."""
    found = (path.relative_to(ROOT) for path in sorted(ROOT.rglob("*.py")))
    return (path for path in found if not any(part.startswith(".") for part in path.parts) and path.parts[0] != "build")


def program() -> list[Path]:
    return [path for path in sources() if path.parts[0] not in NOT_THE_PROGRAM]


def vietnamese(text: str) -> bool:
    """Whether a text holds a letter that Vietnamese has and English has not."""
    return any(
        letter in "đĐ" or re.match("[0-9A-F]", unicodedata.decomposition(letter)) for letter in text if letter.isalpha()
    )


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The texts that stand alone as a statement: docstrings and notes below a field."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    told = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node


def spoken_vietnamese(path: str, source: str) -> list[str]:
    """Sentences belong in config/texts; word tables in campaigns/ and dialogue/ may hold words and short phrases."""
    allowed = SENTENCE - 1 if PurePosixPath(path).parts[0] in WORD_TABLES else 0
    return [
        f"{path}:{text.lineno}: {text.value!r} is said (then config/texts/vi) or recognised (then a table in dialogue/)"
        for text in texts(ast.parse(source))
        if vietnamese(str(text.value)) and len(re.findall(r"\w+", str(text.value))) > allowed
    ]


def names_platform(node: ast.AST) -> bool:
    """Whether an expression is a platform's name: a text or a member of an enumeration."""
    match node:
        case ast.Constant(value=str(text)) | ast.Name(id=text) | ast.Attribute(attr=text):
            return text.lower() in PLATFORMS
    return False


def decides(node: ast.AST) -> Iterator[ast.AST]:
    """What a comparison or a `match` decides by."""
    match node:
        case ast.Compare(left=left, comparators=others):
            yield from (part for side in (left, *others) for part in (side, *ast.iter_child_nodes(side)))
        case ast.MatchValue(value=value):
            yield value
        case ast.Call(func=ast.Attribute(attr="startswith" | "endswith"), args=args):
            yield from args


def platform_tests(path: str, source: str) -> list[str]:
    """Nobody but a channel and the place of assembly asks which platform it is on; elsewhere ask the capabilities."""
    if path.startswith(MAY_KNOW_PLATFORMS):
        return []
    tree = ast.parse(source)
    asked = [part for node in ast.walk(tree) for part in decides(node)]
    named = [] if path.startswith(MAY_NAME_PLATFORMS) else list(texts(tree))
    lines = {part.lineno for part in (*asked, *named) if names_platform(part) and hasattr(part, "lineno")}
    return [f"{path}:{line}: names a platform; ask the capabilities instead" for line in sorted(lines)]


def banned_name(path: str) -> list[str]:
    """A file's name says its story."""
    parts = PurePosixPath(path).with_suffix("").parts
    return [f"{path}: '{part}' says nothing" for part in parts if part in BANNED_NAMES]


def lock_faults(text: str) -> list[str]:
    """A lock file carries names, versions and hashes; no address, option or path, and nothing without a hash."""
    pins = [line for line in text.splitlines() if line[:1].isalnum()]
    strange = [line for line in text.splitlines() if "://" in line or not re.match(r"\w|    --hash=|$", line)]
    hashed = re.findall(r"^[a-z0-9._-]+==[^\n]* \\\n    --hash=sha256:", text, re.MULTILINE)
    return strange + ([] if pins and len(hashed) == len(pins) else [f"{len(pins)} pins, {len(hashed)} of them hashed"])


def function_lengths(source: str) -> list[int]:
    """Lines from `def` to the end, without the docstring."""
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [node.end_lineno - node.lineno + 1 - docstring_lines(node) for node in functions if node.end_lineno]


def docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    return (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(function) else 0


def sizes() -> str:
    """How long functions and files of the program are: measured, not judged."""
    read = {path: (ROOT / path).read_text("utf-8") for path in program()}
    functions = sorted(length for source in read.values() for length in function_lengths(source)) or [0]
    longest = sorted(((source.count("\n"), path.as_posix()) for path, source in read.items()), reverse=True)[:3]
    return (
        f"{len(functions)} functions: median {median(functions):.0f} lines, 95 % at most "
        f"{functions[int(len(functions) * 0.95) - 1]}, longest {functions[-1]}; "
        f"{len(read)} files, longest {', '.join(f'{path} {lines}' for lines, path in longest)}"
    )


if __name__ == "__main__":
    print(sizes())
