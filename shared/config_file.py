"""What a configuration file says, or every line that is wrong with it. Pure; never half a file."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Place = tuple[str | int, ...]
Node = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode
M = TypeVar("M", bound=BaseModel)


class Written(BaseModel):
    """Base of whatever stands in a configuration file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file. `line` counts from 1; `where` reads `partners[0].format`."""

    file: str
    line: int | None
    where: str
    why: str

    def __str__(self) -> str:
        spot = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (spot, self.where, self.why) if part)


class BadConfig(Exception):  # noqa: N818 - reads as what happened
    """A file cannot be used; `problems` are all that was found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_config(
    text: str,
    model: type[M],
    file: str,
    check: Callable[[M], Iterable[tuple[Place, str]]] | None = None,
) -> M:
    """Read the model a YAML text holds; raises BadConfig with the line of each problem.

    `check` says what the model alone cannot: pairs of a place such as ("desks", 0, "id") and
    a reason.
    """
    root, data = _load(text, file)
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        raise BadConfig(_problems(error, root, model, file)) from None
    wrong = () if check is None else check(value)
    problems = [Problem(file, _line(root, place), _where(place), why) for place, why in wrong]
    if problems:
        raise BadConfig(_in_order(problems))
    return value


def _load(text: str, file: str) -> tuple[Node, object]:
    try:
        loader = cast("Any", yaml.SafeLoader(text))
        root: Node | None = loader.get_single_node()
        if root is None:
            raise BadConfig([Problem(file, None, "", "the file is empty")])
        problems = [Problem(file, line, "", why) for line, why in _repeated_keys(root, set())]
        if problems:
            raise BadConfig(problems)
        return root, loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadConfig([Problem(file, line, "", error.problem or "not YAML")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = f"not YAML: {str(error).splitlines()[0]}"
        raise BadConfig([Problem(file, None, "", why)]) from None


def _repeated_keys(node: Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _repeated_keys(part, seen)
        return
    first: dict[str, int] = {}
    for key, part in node.value:
        line = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode):
            if key.value in first:
                yield line, f"key `{key.value}` is already on line {first[key.value]}"
            first.setdefault(key.value, line)
        yield from _repeated_keys(part, seen)


def _problems(
    error: ValidationError, root: Node, model: type[BaseModel], file: str
) -> list[Problem]:
    found: list[Problem] = []
    for each in error.errors(include_url=False):
        place = each["loc"]
        line = _line(root, place)
        found.append(Problem(file, line, _where(place), _why(each, model)))
    return _in_order(found)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line or 0)


def _why(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    match error["type"]:
        case "missing":
            return "missing"
        case "extra_forbidden":
            return _unknown_key(error["loc"], model)
        case "string_type" if isinstance(error["input"], bool | int | float):
            return "should be text: put it in quotes"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return str(error["msg"])


def _unknown_key(place: Place, model: type[BaseModel]) -> str:
    known = [name for each in _models_at(place[:-1], model) for name in _fields(each)]
    close = difflib.get_close_matches(str(place[-1]), known, n=1)
    hint = f", did you mean `{close[0]}`?" if close else f" (known: {', '.join(known)})"
    return f"unknown key `{place[-1]}`{hint}"


def _models_at(place: Place, model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [model]
    for step in place:
        named = [_fields(each)[str(step)] for each in found if step in _fields(each)]
        found = [inner for annotation in named for inner in _models_in(annotation)] or found
    return found


def _fields(model: type[BaseModel]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _line(root: Node, place: Place) -> int:
    """Find the line of the value at `place`, or of its nearest parent that is written."""
    node, line = root, root.start_mark.line
    for step in place:
        match node:
            case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            case yaml.MappingNode():
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                # A list or mapping begins a line below its key; people look for the key.
                node = pair[1]
                line = (node if isinstance(node, yaml.ScalarNode) else pair[0]).start_mark.line
            case _:
                break
    return line + 1


def _where(place: Place) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")
