"""The only place that knows Jinja2: a sandbox in which whatever a template prints comes out as text.

A template sees plain data (`engine.documents.context`), a few functions and the filters listed in `_FILTERS`. It
cannot reach a name that begins with `_`, change what it was given, read a file, or run for long: loops run over the
data, and a paper has a greatest size. Every mistake in it becomes a Problem at its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from importlib import resources
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, TemplateNotFound, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.loaders import FunctionLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as absent
from markupsafe import Markup

from engine.documents.markdown import code, escape, is_cjk
from engine.documents.tracing import Trace
from engine.documents.views import Named, names_in
from engine.documents.words import day_text
from engine.errors import Place, PlaybookError, Problem
from engine.frozen import frozen
from engine.text import Language, Message, say

CODES = ("template-missing", "template-syntax", "template-name", "template-forbidden", "template-error")
OWN = "engine/documents/templates"
MOST_CHARACTERS = 2_000_000  # of one paper; ten thousand pages are a mistake
_MOST_TURNS = 100  # of a `range`, which is for blank lines in forms
# Left out on purpose: `safe` (would let text become markup), `format`, `center`, `indent` (grow without bound) and the
# filters about HTML.
_FILTERS = (
    "abs batch capitalize count default d dictsort first float groupby int items join last length list lower map max "
    "min reject rejectattr replace reverse round select selectattr sort string sum title trim truncate unique upper"
).split()
_TESTS = "defined undefined none string number sequence mapping true false eq ne lt le gt ge in odd even sameas".split()


@frozen
class TemplateSource:
    """A template's text and the name under which its problems are reported."""

    text: str
    file: str


class _MissingNameError(UndefinedError):
    def __init__(self, name: str, known: tuple[str, ...] | None) -> None:
        super().__init__(name)
        self.name, self.known = name, known  # known is None for a name at the top level


class Unknown(StrictUndefined):
    """An undefined name that remembers what could have been meant."""

    __slots__ = ()

    def __init__(self, hint: Any = None, obj: Any = absent, name: Any = None, exc: Any = UndefinedError) -> None:
        if exc is UndefinedError:
            known = None if obj is absent else names_in(obj)
            exc = partial(_missing_name, str(name), known)
        super().__init__(hint, obj, name, exc)


def _missing_name(name: str, known: tuple[str, ...] | None, _message: str) -> _MissingNameError:
    return _MissingNameError(name, known)


class _Memory(BytecodeCache):
    """Compiled templates of this run: a batch renders the same ones hundreds of times. Keyed by their text as well."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self.code) >= _MOST_KEPT:
            self.code.clear()
        self.code[(bucket.key, bucket.checksum)] = bucket.code


_MOST_KEPT = 200  # compiled templates


@cache
def _compiled(language: Language) -> _Memory:
    """One for each language: a filter over a constant is worked out when a template is compiled."""
    return _Memory()


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names inside data come before methods of the data: a field may be called `items`."""

    intercepted_binops = frozenset(["*", "**"])
    trace: Trace | None = None  # told of every value a template looks at

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Named | Mapping) and attribute in obj:
            return self._told(obj, attribute)
        return self.undefined(obj=obj, name=attribute) if isinstance(obj, Named) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Named):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
        if self.trace is not None and isinstance(obj, Mapping) and argument in obj:
            return self._told(obj, argument)
        return super().getitem(obj, argument)

    def _told(self, obj: Any, key: Any) -> Any:
        value = obj[key]
        if self.trace is not None:
            self.trace.took(obj, key, value)
        return value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"operator {operator}")
        return left * right


def _length(trace: Trace, value: Any) -> int:
    """The filter `length`, which is asked of a list that nobody looks into."""
    trace.counted(value, len(value))
    return len(value)


def show(value: object) -> Markup:
    """How a printed value becomes Markdown: what is not markup already is escaped; structures are not printed."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        return Markup(str(value))  # raises, with the name
    if isinstance(value, Named | Mapping | list | tuple) or callable(value):
        raise TemplateRuntimeError(f"{type(value).__name__.lower()} cannot be printed")
    return Markup("" if value is None else escape(str(value)))


def _words(text: str) -> Markup:
    """Words of a template as text; unlike a value they keep the spaces around them."""
    inside = escape(text)
    return Markup((" " if text.startswith(" ") else "") + inside + (" " if text.endswith(" ") else ""))


def sentence(text: object, language: Language = "zh") -> Markup:
    """A typed text as the end of a sentence: with a full stop, unless it has one of its own."""
    shown = show(text)
    stop = "。" if language == "zh" or is_cjk(shown[-1:]) else "."
    return shown if not shown or shown[-1] in "。！？!?…；.” " else shown + Markup(stop)


def day(text: object, language: Language = "zh") -> str:
    """A date of a table (`2026-04-15`) as it stands in a sentence; anything else as it is."""
    try:
        return day_text(date.fromisoformat(str(text)), language)
    except ValueError:
        return str(text)


def own_template(name: str) -> str | None:
    """The text of one of the engine's own templates."""
    if not re.fullmatch(r"[a-z0-9_.-]+", name):
        return None
    found = resources.files("engine.documents").joinpath("templates", name)
    return found.read_text(encoding="utf-8") if found.is_file() else None


def find_template(name: str, given: Mapping[str, str], language: Language) -> TemplateSource | None:
    """`given` first (the workspace's and the playbook's), then the engine's own.

    A paper in English takes `x.en.md.j2` where there is one.
    """
    names = [name]
    if language == "en" and name.endswith(".md.j2"):
        names.insert(0, name.removesuffix(".md.j2") + ".en.md.j2")
    for candidate in names:
        if candidate in given:
            return TemplateSource(given[candidate], f"templates/{candidate}")
    for candidate in names:
        text = own_template(candidate)
        if text is not None:
            return TemplateSource(text, f"{OWN}/{candidate}")
    return None


def make_environment(
    given: Mapping[str, str],
    language: Language,
    unknown: type[Undefined] | None = None,
    *,
    trace: Trace | None = None,
) -> ImmutableSandboxedEnvironment:
    """A sandbox whose templates come from `given`, then from the engine. `unknown` is what an unknown name becomes: by
    default an error where it is used. `trace` is told what the templates look at."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = find_template(name, given, language)
        return None if found is None else (found.text, found.file, lambda: True)

    environment = _Sandbox(
        loader=FunctionLoader(load),
        bytecode_cache=_compiled(language),
        undefined=unknown or Unknown,
        autoescape=True,
        finalize=show,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.loopcontrols"],
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {
        "code": code,
        "day": partial(day, language=language),
        "sentence": partial(sentence, language=language),
    }
    environment.trace = trace
    if trace is not None:
        environment.filters |= dict.fromkeys(("length", "count"), partial(_length, trace))
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    environment.globals = {
        "range": lambda *bounds: range(*bounds)[:_MOST_TURNS],
        "namespace": environment.globals["namespace"],
        "t": lambda zh, en: _words(zh if language == "zh" else en),
    }
    return environment


def trees(name: str, given: Mapping[str, str], language: Language) -> Iterator[nodes.Template]:
    """A template and those it brings in, parsed, each once. Raises TemplateSyntaxError."""
    pending, known = [name], {name}
    while pending:
        source = find_template(pending.pop(), given, language)
        if source is None:
            continue
        tree = _tree(source.text)
        yield tree
        brought = [
            str(n.value) for n in tree.find_all(nodes.Const) if isinstance(n.value, str) and n.value.endswith(".j2")
        ]
        pending += [one for one in brought if one not in known]
        known |= set(brought)


@lru_cache(maxsize=_MOST_KEPT)
def _tree(text: str) -> nodes.Template:
    return make_environment({}, "zh").parse(text)


def words_written(name: str, given: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Everything a template and those it brings in say themselves: their text, and the words in their expressions."""
    found: list[str] = []
    for tree in trees(name, given, language):
        found += [node.data for node in tree.find_all(nodes.TemplateData)]
        found += [node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)]
    return tuple(found)


def render_template(
    name: str,
    given: Mapping[str, str],
    context: Mapping[str, Any],
    language: Language,
    trace: Trace | None = None,
) -> str:
    """The Markdown a template makes of `context`. Raises PlaybookError with every problem that could be found."""
    source = find_template(name, given, language)
    if source is None:
        message = say("找不到模板“{name}”", "there is no template '{name}'", name=name)
        raise PlaybookError([Problem(Place(f"templates/{name}"), "template-missing", message)])
    environment = make_environment(given, language, trace=trace)
    problems = _checked(source.text, source.file, tuple(context))
    if problems:
        raise PlaybookError(problems, {source.file: source.text})
    try:
        template = environment.get_template(name)
        parts: list[str] = []
        size = 0
        for part in template.generate(dict(context)):
            size += len(part)
            if size > MOST_CHARACTERS:
                raise TemplateRuntimeError("the paper grows too long")
            parts.append(part)
    except PlaybookError:
        raise
    except Exception as error:  # a template can make any operation fail; all of it is the template's
        raise failed(error, source, given, language) from error
    return "".join(parts)


@lru_cache(maxsize=_MOST_KEPT)
def _checked(text: str, file: str, known: tuple[str, ...]) -> list[Problem]:
    return check_template(TemplateSource(text, file), known)


def check_template(
    source: TemplateSource, known: tuple[str, ...], environment: ImmutableSandboxedEnvironment | None = None
) -> list[Problem]:
    """What is wrong with a template before it meets any data: its syntax, then every name nobody defines."""
    environment = environment or make_environment({}, "zh")
    try:
        tree = environment.parse(source.text, filename=source.file)
        environment.compile(tree, filename=source.file)
    except TemplateSyntaxError as error:
        place = Place(source.file, error.lineno, column_of(source.text, error.lineno, ""))
        message = say("模板语法错误：{what}", "template syntax: {what}", what=error.message or "")
        return [Problem(place, "template-syntax", message)]
    return unknown_names(tree, source, (*known, *(str(name) for name in environment.globals)))


def unknown_names(tree: nodes.Template, source: TemplateSource, every: tuple[str, ...]) -> list[Problem]:
    """Every name that a template uses, that it does not set and that is not one of `every`."""
    names = list(tree.find_all(nodes.Name))
    # A name set in one branch only counts as undeclared for Jinja2; whether it is there shows when the template runs.
    own = {node.name for node in names if node.ctx != "load"}
    unknown = meta.find_undeclared_variables(tree) - set(every) - own
    found = {(node.name, node.lineno) for node in names if node.name in unknown}
    return [
        unknown_name(name, Place(source.file, line, column_of(source.text, line, name)), every)
        for name, line in sorted(found, key=lambda item: item[::-1])
    ]


def failed(error: Exception, source: TemplateSource, given: Mapping[str, str], language: Language) -> PlaybookError:
    """The problem behind an exception that a template raised, at the innermost line of a template."""
    file, line = source.file, 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    text = source.text
    if file != source.file:
        other = find_template(file.rpartition("/")[2], given, language)
        text = other.text if other else ""
    if isinstance(error, _MissingNameError):
        place = Place(file, line, column_of(text, line, error.name))
        return PlaybookError([unknown_name(error.name, place, error.known or ())], {file: text})
    code, message = _said(error)
    return PlaybookError([Problem(Place(file, line, column_of(text, line, "")), code, message)], {file: text})


def _said(error: Exception) -> tuple[str, Message]:
    if isinstance(error, SecurityError):
        return "template-forbidden", say(
            "模板里不允许这样做：{what}", "a template may not do this: {what}", what=error.message or ""
        )
    if isinstance(error, TemplateNotFound):
        return "template-missing", say("找不到模板“{name}”", "there is no template '{name}'", name=error.name or "")
    if isinstance(error, TemplateSyntaxError):
        return "template-syntax", say("模板语法错误：{what}", "template syntax: {what}", what=error.message or "")
    return "template-error", say(
        "模板这一行无法执行：{what}", "this line of the template failed: {what}", what=str(error)
    )


def unknown_name(name: str, place: Place, known: tuple[str, ...]) -> Problem:
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    listed = near or sorted(known)[:20]
    hint = None
    if near:
        hint = say("是不是：{names}？", "did you mean: {names}?", names=Message("、".join(near), ", ".join(near)))
    elif listed:
        hint = say("这里有的名称：{names}", "names that exist here: {names}", names=", ".join(listed))
    message = say("模板用了不存在的名称“{name}”", "the template uses an unknown name '{name}'", name=name)
    return Problem(place, "template-name", message, hint)


def column_of(text: str, line: int, name: str) -> int:
    """Where `name` stands in a line (1-based); where the line's first tag stands, without a name."""
    rows = text.splitlines()
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)" if name else r"\{[{%]"
    found = re.search(pattern, row)
    return found.start() + 1 if found else 1
