"""Reading content files: strict YAML, and models whose errors name file, item and key."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.errors import ContentError

Model = TypeVar("Model", bound=BaseModel)

_TEXT = yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc]
    """Safe YAML that refuses duplicate keys and keys that YAML turned into something else (`on:` is `True`)."""


def _strict_mapping(loader: Any, node: yaml.MappingNode, deep: bool = False) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=deep)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise ContentError(f"line {line}: key {key!r} is not text; write it in quotes")
        if key in mapping:
            raise ContentError(f"line {line}: key {key!r} stands twice")
        mapping[key] = loader.construct_object(value_node, deep=deep)
    return mapping


def _plain_sequence(loader: Any, node: yaml.SequenceNode) -> list[object]:
    """Take texts as they stand, without constructing each: most of our content is lists of them."""
    return [child.value if child.tag == _TEXT else loader.construct_object(child, deep=True) for child in node.value]


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _plain_sequence)
_StrictLoader.add_constructor(
    yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
    lambda loader, node: _strict_mapping(loader, node, deep=True),
)


def parse_yaml(text: str, name: str) -> object:
    """Parse strict YAML.

    Args:
        text: The YAML.
        name: File name for error messages.

    Raises:
        ContentError: The text is no YAML, or has duplicate or non-text keys.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - derived from the safe loader
    except ContentError as error:
        raise ContentError(f"{name}: {error}") from None
    except yaml.YAMLError as error:
        raise ContentError(f"{name}: not valid YAML: {error}") from None


def read_yaml(path: Traversable) -> object:
    """Read one strict YAML file.

    Raises:
        ContentError: The file is missing or not valid.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name}: cannot be read: {error}") from None
    return parse_yaml(text, path.name)


def build(model: type[Model], raw: object, name: str) -> Model:
    """Turn parsed data into a model.

    Args:
        model: The content model.
        raw: Parsed YAML.
        name: File (and item) name for error messages.

    Raises:
        ContentError: A key is missing, unknown or has a wrong value; the message names each, or the first unknown key.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        item = f", {raw['id']}" if isinstance(raw, dict) and "id" in raw else ""
        problems = "; ".join(map(told, error.errors()))
        raise ContentError(f"{name}{item}: {problems}") from None


def told(problem: ErrorDetails) -> str:
    """Return the keys that lead to what is wrong in a model, joined by dots, and what is wrong there."""
    place = ".".join(str(part) for part in problem["loc"])
    return ": ".join(filter(None, (place, problem["msg"].removeprefix("Value error, "))))


def read_items(path: Traversable, model: type[Model]) -> list[Model]:
    """Read a file of the form `{defaults: {...}, items: [...]}`; defaults fill what an item leaves out.

    Raises:
        ContentError: The file has another form, or an item is not valid.
    """
    raw = read_yaml(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list) or set(raw) - {"defaults", "items"}:
        raise ContentError(f"{path.name}: expected the keys 'items' (a list) and perhaps 'defaults'")
    defaults = raw.get("defaults") or {}
    if not isinstance(defaults, dict):
        raise ContentError(f"{path.name}: 'defaults' must be a mapping")
    items = []
    for item in raw["items"]:
        if not isinstance(item, dict):
            raise ContentError(f"{path.name}: item {item!r} is not a mapping")
        items.append(build(model, {**defaults, **item}, path.name))
    return items


def yaml_files(folder: Traversable) -> list[Traversable]:
    """Return the YAML files of a folder by name; none when the folder is missing."""
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)


def walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield every file below a folder with its name seen from there; none when it is missing, none that is hidden."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from walk(path, f"{prefix}{path.name}/")
        else:
            yield f"{prefix}{path.name}", path
