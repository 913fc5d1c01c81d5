"""nhacviec people portfolio, nhacviec people reader: what leaders look after, and who else reads their digests."""

from typing import Annotated

import typer

from actions import digests
from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.local import today
from domain.people import Role
from storage.database import Unit
from storage.views import following, portfolios

_Leader = Annotated[
    int,
    typer.Argument(
        help="Mã đồng chí lãnh đạo, xem ở people list.", metavar="MÃ_LÃNH_ĐẠO", min=1, max=console.LARGEST_ID
    ),
]
_Reader = Annotated[
    int, typer.Argument(help="Mã người cùng xem, xem ở people list.", metavar="MÃ_NGƯỜI", min=1, max=console.LARGEST_ID)
]


def portfolio(json: Json = False) -> None:
    """List the leaders with what each looks after (changed by `people follow`) and who reads their digests."""

    def work(unit: Unit) -> list[dict[str, object]]:
        return [
            {
                "id": one.person_id,
                "name": one.name,
                "portfolio": [each.said for each in following.of_person(unit, one.person_id, Role.LEADER)],
                "readers": [
                    {"id": each.reader_id, "name": each.reader}
                    for each in portfolios.readers(unit, leader_id=one.person_id)
                ],
            }
            for one in portfolios.leaders(unit, today(console.now()))
        ]

    found = console.run(work)
    if json:
        console.show_json(found)
        return
    rows = [
        [str(one["id"]), str(one["name"]), _listed(one["portfolio"]) or "toàn bộ", _listed(one["readers"]) or "không"]
        for one in found
    ]
    console.table("Lãnh đạo UBND", ["Mã", "Họ tên", "Phụ trách", "Cùng xem bản tin"], rows)


def _listed(what: object) -> str:
    names = what if isinstance(what, list) else []
    return "; ".join(str(one["name"]) if isinstance(one, dict) else str(one) for one in names)


def reader(
    leader: _Leader,
    person: _Reader,
    end: Annotated[bool, typer.Option("--end", help="Thôi cho người này xem.")] = False,
    json: Json = False,
) -> None:
    """Let somebody read a leader's digest, or end it."""

    def work(unit: Unit) -> None:
        if not following.known(unit, person):
            raise ActRefused(f"Không có người nào mang mã {person}. Xem các mã bằng lệnh: nhacviec people list.")
        if not end:
            digests.name_reader(unit, None, leader, person, console.now())
            return
        rows = portfolios.readers(unit, leader_id=leader, reader_id=person)
        digests.end_reader(unit, None, rows[0].id if rows else 0, console.now())

    console.run(work)
    if json:
        console.show_json({"leader": leader, "reader": person, "reads": not end})
        return
    console.say("Người này thôi xem bản tin." if end else "Người này sẽ nhận cùng bản tin, chỉ để xem.")
