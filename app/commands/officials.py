"""nhacviec people rank, nhacviec people follow: who stands where in the office, and who follows what."""

from typing import Annotated

import typer

from actions import following
from app.commands import console
from app.commands.console import Json
from domain.errors import ActRefused
from domain.local import today
from domain.people import RANK_LABELS, Role, rank_named
from storage.database import Unit
from storage.views import following as views
from storage.views import office

Person = Annotated[
    int, typer.Argument(help="Mã người, xem ở people list.", metavar="MÃ_NGƯỜI", min=1, max=console.LARGEST_ID)
]


def rank(
    person: Person,
    level: Annotated[str, typer.Argument(help="0 chuyên viên, 1 lãnh đạo phòng, 2 lãnh đạo Văn phòng.", metavar="CẤP")],
    json: Json = False,
) -> None:
    """Give somebody of the coordinating office a rank."""
    wanted = rank_named(level)
    if wanted is None:
        raise ActRefused(
            f"Cấp “{level}” không hợp lệ. Dùng 0 (chuyên viên), 1 (lãnh đạo phòng), 2 (lãnh đạo Văn phòng)."
        )
    console.run(lambda unit: following.set_rank(unit, None, person, wanted, console.now()))
    if json:
        console.show_json({"id": person, "rank": wanted})
        return
    console.say(f"Đã đặt người mang mã {person} làm {RANK_LABELS[wanted]}.")


def follow(
    person: Person,
    what: Annotated[
        str, typer.Argument(help="Cơ quan, một cấp, hoặc số văn bản và phần; để trống để xem.", metavar="[PHẦN]")
    ] = "",
    end: Annotated[int | None, typer.Option(help="Thôi theo dõi mục mang mã này.", max=console.LARGEST_ID)] = None,
    json: Json = False,
) -> None:
    """Say what somebody follows, or end one of it; then list all of it."""

    def work(unit: Unit) -> list[views.Followed]:
        now = console.now()
        role = views.role_of(office.viewer(unit, person, today(now))) if views.known(unit, person) else None
        if role is None:
            raise ActRefused(f"Người mang mã {person} không thuộc Văn phòng và không phải lãnh đạo UBND.")
        if end is not None:
            _end(unit, person, role, end)
        if what:
            found = views.understood(unit, person, what, today(now))
            if len(found) != 1:
                many = f"có {len(found)} cơ quan giống tên này" if found else "không có trong danh mục"
                raise ActRefused(f"“{what[:60]}”: {many}. Ghi đủ tên, mã cơ quan, một cấp, hoặc số văn bản và phần.")
            following.follow(unit, None, role, found[0][0], now)
        return views.of_person(unit, person, role)

    followed = console.run(work)
    if json:
        console.show_json([{"id": one.id, "follows": one.said} for one in followed])
        return
    console.table("Phần theo dõi", ["Mã", "Phần"], [[str(one.id), one.said] for one in followed])


def _end(unit: Unit, person: int, role: Role, follow_id: int) -> None:
    if follow_id not in {one.id for one in views.of_person(unit, person, role)}:
        raise ActRefused(f"Người này không theo dõi mục nào mang mã {follow_id}.")
    following.unfollow(unit, None, follow_id, console.now())
