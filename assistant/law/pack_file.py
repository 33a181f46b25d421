"""Reads one TOML file of a pack as its model; whatever is wrong with it becomes one sentence for staff."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import PackError

_Model = TypeVar("_Model", bound=BaseModel)


def read_pack_file(file: Path, model: type[_Model]) -> _Model:
    """The file's content. Raises PackError that names the file, the entry and the reason."""
    try:
        return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file} 不是有效的 TOML 文件：{error}", "请修改后重试。") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise PackError(f"{file} 的 {place} 不合格式：{first['msg']}", "请修改这一项后重试。") from error
