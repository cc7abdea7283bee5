"""What is wrong with a template as a text, before it meets any pilot: all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.documents.environment import TemplateSource, column_of, find_template, unknown_name, unknown_names
from engine.errors import Place, Problem
from engine.frozen import frozen
from engine.text import Language, Message, listed, plain, say


@frozen
class Reading:
    """`runs`: can it be tried at all? `includes`: names of templates it takes in; `absent`: those of them that are not
    there; `unknown`: filters and tests that are not there. A try goes on without what is not there."""

    problems: tuple[Problem, ...]
    runs: bool
    includes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_template(
    source: TemplateSource,
    known: tuple[str, ...],
    given: Mapping[str, str],
    language: Language,
    environment: ImmutableSandboxedEnvironment,
) -> Reading:
    """`known` are the names of a paper, `given` the templates there are besides the engine's own."""
    try:
        tree = environment.parse(source.text, filename=source.file)
    except TemplateSyntaxError as error:
        place = Place(source.file, error.lineno, column_of(source.text, error.lineno, ""))
        message = say("模板语法错误：{what}", "template syntax: {what}", what=error.message or "")
        return Reading((Problem(place, "template-syntax", message, _syntax_hint(error)),), runs=False)
    tools = dict(_unknown_tools(tree, source, environment))
    includes = tuple(_included(tree))
    absent = {name: line for name, line in includes if find_template(name, given, language) is None}
    problems = [
        *tools,
        *_forbidden(tree, source),
        *(_not_there(name, _place(source, line), given) for name, line in absent.items()),
        *unknown_names(tree, source, (*known, *map(str, environment.globals))),
    ]
    names = tuple(name for name, _ in includes if name not in absent)
    return Reading(tuple(problems), True, names, tuple(absent), tuple(tools.values()))


def _place(source: TemplateSource, line: int, name: str = "") -> Place:
    return Place(source.file, line, column_of(source.text, line, name))


def _unknown_tools(
    tree: nodes.Template, source: TemplateSource, environment: ImmutableSandboxedEnvironment
) -> Iterator[tuple[Problem, str]]:
    """Filters (`| name`) and tests (`is name`) that papers do not have, each with its name."""
    for kind, there in ((nodes.Filter, environment.filters), (nodes.Test, environment.tests)):
        for node in tree.find_all(kind):
            if node.name not in there:
                found = unknown_name(node.name, _place(source, node.lineno, node.name), tuple(map(str, there)))
                word = say("过滤器", "filter") if kind is nodes.Filter else say("判断", "test")
                message = say("没有{k}“{n}”", "there is no {k} '{n}'", k=word, n=node.name)
                yield Problem(found.place, "template-name", message, found.hint), node.name
                node.name = next(iter(there))  # Jinja2 looks no further at a tree with one it does not know


def _forbidden(tree: nodes.Template, source: TemplateSource) -> Iterator[Problem]:
    """What the sandbox would refuse wherever it is reached."""
    for node in tree.find_all((nodes.Getattr, nodes.Pow)):
        if isinstance(node, nodes.Pow):
            what = plain("operator **")
            yield Problem(_place(source, node.lineno), "template-forbidden", _refused(what))
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            what = Message(f"以下划线开头的名称 {node.attr}", f"a name that begins with an underscore, {node.attr}")
            yield Problem(_place(source, node.lineno, node.attr), "template-forbidden", _refused(what))


def _refused(what: Message) -> Message:
    return say("模板里不允许这样做：{what}", "a template may not do this: {what}", what=what)


def _included(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """(name, line) of the templates that are taken in under a fixed name."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        template = getattr(node, "template", None)
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            yield template.value, node.lineno


def _not_there(name: str, place: Place, given: Mapping[str, str]) -> Problem:
    near = get_close_matches(name, given, n=3, cutoff=0.6) or sorted(n for n in given if n.startswith("_"))
    message = say("找不到模板“{name}”", "there is no template '{name}'", name=name)
    hint = say("这里有：{names}", "there are: {names}", names=listed(near)) if near else None
    return Problem(place, "template-missing", message, hint)


def _syntax_hint(error: TemplateSyntaxError) -> Message | None:
    text = error.message or ""
    if "end of template" in text or "unexpected 'end" in text or "Unexpected end" in text:
        return say(
            "每个 {% if %}、{% for %}、{% macro %} 都要有自己的 endif、endfor、endmacro",
            "each {% if %}, {% for %}, {% macro %} needs its own endif, endfor, endmacro",
        )
    if "unknown tag" in text:
        return say(
            "可以用的标签：if、for、set、macro、import、from、include",
            "tags: if, for, set, macro, import, from, include",
        )
    return None
