"""Figures drawn in two processes: every one of them, and a fault of either process ends the room in one message."""

import sys
from pathlib import Path

import pytest

from scripts.commands.messages import USER_FAULT, UserError
from scripts.figures import at_once

NAMES = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_every_figure_is_drawn_once(tmp_path, processes):
    at_once.each(lambda figure_name: (tmp_path / figure_name).open("x").close(), NAMES, processes)
    assert sorted(file.name for file in tmp_path.iterdir()) == NAMES


@pytest.mark.skipif(sys.platform != "linux", reason="one process there")
@pytest.mark.parametrize(("bad", "left"), [("a", ["b", "d"]), ("b", ["a", "c", "e"])])
def test_a_fault_in_either_process_lets_the_other_end_its_share(tmp_path: Path, capfd, bad, left):
    def draw(figure_name: str) -> None:
        if figure_name == bad:
            raise UserError(f"{figure_name}: too narrow")
        (tmp_path / figure_name).touch()

    with pytest.raises((UserError, SystemExit)) as fault:
        at_once.each(draw, NAMES, 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == left
    if bad == "b":
        assert fault.value.code == USER_FAULT
        assert capfd.readouterr().err == "b: too narrow\n"
    else:
        assert str(fault.value) == "a: too narrow"
