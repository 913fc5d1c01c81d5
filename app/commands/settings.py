"""nhacviec settings: what the office itself decides, shown and changed."""

from typing import Annotated

import typer

from actions import office_settings as actions
from app.commands import console
from app.commands.console import Json
from domain.office_settings import SETTINGS, named
from messages.render import render
from storage.views import office_settings

Name = Annotated[str | None, typer.Argument(help="Tên cài đặt.", metavar="TÊN")]
Text = Annotated[str | None, typer.Argument(help="Giá trị mới.", metavar="GIÁ_TRỊ")]


def settings(name: Name = None, value: Text = None, json: Json = False) -> None:
    """Show the office's settings, one of them, or change one."""
    if name is not None and value is not None:
        console.run(lambda unit: actions.change(unit, None, name, value, console.now()))
    if name is not None:
        named(name)
    found = console.run(office_settings.everything)
    shown = {one: found[one] for one in SETTINGS if name in {None, one}}
    if json:
        console.show_json(shown)
    else:
        console.say(render("office_settings", settings=[(SETTINGS[one], shown[one]) for one in shown]))
