"""nhacviec people … and nhacviec invite: who may join, and the pages that tell them how."""

from pathlib import Path
from typing import Annotated, Any

import typer

from actions import focal_lists, leaving, mailing
from actions import people as people_actions
from actions.offices import BOT_NAME
from actions.people import Invite, Newcomer
from app.commands import console, papers
from app.commands.console import Json
from app.settings import Settings
from app.tables import read_people
from domain.errors import ActRefused
from domain.local import today
from domain.people import Role, role_named
from messages import qr
from messages.pages import page
from messages.render import render
from storage.database import Unit
from storage.views import office, people
from storage.views.people import Member

app = typer.Typer(help="Người tham gia.")


def link(code: str, bot: str | None, settings: Settings) -> str | None:
    """Return the link behind an invite: the Telegram bot where its name is known, else the web chat, else None."""
    if bot:
        return f"https://t.me/{bot}?start={code}"
    return f"{settings.public_url.rstrip('/')}/chat#{code}" if settings.public_url else None


@app.command("import", help="Nhập danh sách người từ tệp .xlsx/.csv, tạo mã tham gia và trang in cho từng người.")
def import_people(
    file: Annotated[Path, typer.Argument(help="Tệp có các cột agency, name, chức vụ, phone, role.", metavar="TỆP")],
    out: Annotated[Path | None, typer.Option(help="Tệp HTML để in; mặc định trong thư mục dữ liệu.")] = None,
    json: Json = False,
) -> None:
    """Make an invite for everybody in the list, and one printable page each."""
    rows = read_people(file)
    settings = console.settings()
    target = out or settings.data_dir / "invites.html"

    def work(unit: Unit) -> list[tuple[Invite, str | None, str]]:
        bot = office.setting(unit, BOT_NAME)
        made = [_invited(unit, line, row) for line, row in rows]
        cards = [
            (one, link(one.code, bot, settings), qr.svg(link(one.code, bot, settings) or one.code)) for one in made
        ]
        # Inside the unit: codes whose page cannot be written are not made.
        _write(target, page("invites", cards=cards, office=office.name(unit), hotline=office.hotline(unit)))
        return cards

    cards = console.run(work)
    if json:
        console.show_json([_as_json(one, address) for one, address, _ in cards])
        return
    shown = [[one.code, one.agency, one.person, one.role.label] for one, _, _ in cards]
    console.table("Mã tham gia (chỉ hiện một lần)", ["Mã", "Cơ quan", "Họ tên", "Vai trò"], shown)
    console.say(f"Trang in cho từng người: {target}")


def _invited(unit: Unit, line: int, row: Newcomer) -> Invite:
    try:
        made = people_actions.invite_person(unit, row, console.now())
        if row.mail:
            mailing.give(unit, row, console.now())
        return made
    except ActRefused as refused:
        raise ActRefused(f"Dòng {line}: {refused.sentence}") from None


def _write(target: Path, text: str) -> None:
    """Write the page so that only its owner can read it. Raises ActRefused."""
    try:
        target.touch(mode=0o600)
        target.chmod(0o600)
        target.write_text(text, encoding="utf-8")
    except OSError:
        raise ActRefused(
            f"Không ghi được trang in vào {target}, nên chưa tạo mã nào. Chọn nơi khác bằng --out TỆP rồi chạy lại."
        ) from None


def _as_json(one: Invite, address: str | None) -> dict[str, str | None]:
    return {
        "code": one.code,
        "link": address,
        "expires": one.expires.isoformat(),
        "agency": one.agency,
        "name": one.person or None,
        "role": one.role.value,
    }


@app.command("list", help="Người đã tham gia: cơ quan, vai trò, có liên lạc được không.")
def list_people(
    agency: Annotated[str | None, typer.Option(help="Mã cơ quan.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Ghi danh sách cán bộ đầu mối ra tệp Excel này.")] = None,
    docx: Annotated[Path | None, typer.Option(help="Ghi danh sách cán bộ đầu mối ra tệp Word này.")] = None,
    json: Json = False,
) -> None:
    """List everybody who holds a seat; no phone numbers."""
    papers.check(xlsx, "--xlsx", ".xlsx")
    papers.check(docx, "--docx", ".docx")
    if xlsx or docx:
        _export(xlsx, docx)

    def work(unit: Unit) -> list[Member]:
        place = office.agency(unit, agency) if agency is not None else None
        if agency is not None and place is None:
            raise ActRefused(f"Không có cơ quan nào mang mã {agency}. Xem các mã bằng lệnh: nhacviec agency list.")
        return people.listed(unit, today(console.now()), place.id if place else None)

    members = console.run(work)
    if json:
        console.show_json([_member(one) for one in members])
        return
    shown = [
        [str(one.person_id), one.agency_code, one.name, one.position, one.role.label, _standing(one)] for one in members
    ]
    console.table("Người tham gia", ["Mã", "Cơ quan", "Họ tên", "Chức vụ", "Vai trò", "Liên lạc"], shown)


def _export(xlsx: Path | None, docx: Path | None) -> None:
    """Write the list of focal officers of all agencies."""
    _, paper, book = console.run(lambda unit: focal_lists.written(unit, console.now()))
    papers.write([(target, content) for target, content in ((xlsx, book), (docx, paper)) if target is not None])


def _member(one: Member) -> dict[str, Any]:
    return {
        "id": one.person_id,
        "name": one.name,
        "position": one.position,
        "agency": one.agency_code,
        "role": one.role.value,
        "state": "pending" if one.waits else "active",
        "reachable": one.reachable,
        "by_mail": one.by_mail,
        "substitute": one.substitute or None,
        "until": one.until.isoformat() if one.until else None,
    }


def _standing(one: Member) -> str:
    if one.waits:
        return "chờ duyệt"
    said = "nhận qua thư" if one.by_mail else "nhận tin" if one.reachable else "chưa liên lạc được"
    return f"{said}; {one.substitute} thay đến hết {one.until:%d/%m/%Y}" if one.substitute else said


@app.command("leave", help="Kết thúc vai trò của một người: chuyển công tác, nghỉ việc.")
def leave(
    person: Annotated[
        int, typer.Argument(help="Mã người, xem ở people list.", metavar="MÃ_NGƯỜI", min=1, max=console.LARGEST_ID)
    ],
    agency: Annotated[str | None, typer.Option(help="Chỉ kết thúc ở cơ quan mang mã này.")] = None,
    json: Json = False,
) -> None:
    """End a person's seats."""
    left = console.run(lambda unit: leaving.leave(unit, person, agency, console.now()))
    if json:
        console.show_json([{"agency": one.agency_code, "role": one.role.value, "unheard": one.unheard} for one in left])
        return
    console.say(render("people/left", left=left))


def invite(
    agency: Annotated[str, typer.Argument(help="Mã cơ quan.", metavar="MÃ_CƠ_QUAN")],
    role: Annotated[str, typer.Option(help="officer, head, coordinator hoặc leader.")],
    json: Json = False,
) -> None:
    """Make one invite."""
    wanted = role_named(role)
    if wanted is None or wanted is Role.ADMIN:
        raise ActRefused(f"Vai trò “{role}” không hợp lệ. Dùng officer, head, coordinator hoặc leader.")
    settings = console.settings()
    made, bot = console.run(
        lambda unit: (
            people_actions.invite(unit, agency, wanted, console.now()),
            office.setting(unit, BOT_NAME),
        )
    )
    address = link(made.code, bot, settings)
    if json:
        console.show_json({"code": made.code, "link": address, "expires": made.expires.isoformat()})
        return
    console.say(f"Mã tham gia: {made.code} ({made.role.label}, {made.agency}), dùng đến {made.expires:%d/%m/%Y}.")
    if address:
        console.say(address)
