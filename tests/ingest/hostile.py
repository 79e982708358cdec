"""Writing a hostile file, and seeing a reader refuse it in words."""

import pytest

from scripts.commands.messages import UserError


def written(tmp_path, content, file_name="hostile.xml"):
    file = tmp_path / file_name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def refused(reader, file, words):
    with pytest.raises(UserError) as fault:
        reader.read(file)
    assert file.name in str(fault.value)
    assert words in str(fault.value)
    assert len(str(fault.value)) < 600
