"""Indicators in chat: an agency's own, the office's overview, one indicator, one agency's values."""

from collections.abc import Collection

from actions import indicator_files
from bot.desk import Desk, Reply, say
from bot.officers import joined
from domain.buttons import Button, Verb, choice
from domain.case_figures import Judged, Window
from domain.conversation import Conversation
from domain.errors import NotFound
from domain.indicators import Verdict, said_value
from domain.outgoing import Choice, Message
from domain.people import Viewer
from domain.periods import Period
from messages import case_report
from messages.render import render
from messages.workbook import MEDIA_TYPE
from storage.views import indicators as views
from storage.views.cases import figures
from storage.views.indicator_rows import Owed, Standing

PAGE = 6
TOLD = 5
"""So many of an agency's values are told, the newest first."""


def listing(desk: Desk, _text: str = "") -> Reply:
    """Answer /chitieu: the viewer's own indicators, or all of them for the office and leaders."""
    joined(desk)
    return _list(desk, Button(Verb.INDICATOR, ("list", str(_year(desk)), "0")))


def press(desk: Desk, button: Button) -> Reply:
    """Show what a choice asks for. Raises NotFound for who may not see it."""
    return _SHOWN.get(button.word(), _list)(desk, button)


def viewer_of(desk: Desk) -> Viewer:
    """Return who asks. Raises NotFound for a stranger."""
    if desk.viewer is None:
        raise NotFound("mục này")
    return desk.viewer


def seen(desk: Desk, indicator_id: int) -> tuple[Standing, list[Owed]]:
    """Return an indicator and what of it the viewer may see: own agencies, or all for who oversees.

    Raises NotFound for any other.
    """
    viewer, one = viewer_of(desk), views.one(desk.unit, indicator_id)
    if one is None:
        raise NotFound("chỉ tiêu này")
    rows = [*one.agencies, *([one.whole] if one.whole else [])]
    own = rows if viewer.oversees else [each for each in rows if each.agency_id in viewer.own_agencies]
    if not own:
        raise NotFound("chỉ tiêu này")
    return one, own


def owed(desk: Desk, indicator_id: int, agency_id: int) -> tuple[Standing, Owed]:
    """Return an indicator with what one agency (0: all together) gave. Raises NotFound where it is not the viewer's."""
    one, rows = seen(desk, indicator_id)
    for each in rows:
        if (each.agency_id or 0) == agency_id:
            return one, each
    raise NotFound("chỉ tiêu này")


def back_to(one: Standing) -> Choice:
    """Return the choice that opens an indicator again."""
    return choice(f"Quay lại {one.code}", Verb.INDICATOR, "open", one.id, 0)


def _year(desk: Desk) -> int:
    """Return this year where it has indicators, else the newest year that has."""
    known = views.years(desk.unit)
    return desk.day.year if desk.day.year in known or not known else known[0]


def _list(desk: Desk, button: Button) -> Reply:
    viewer, year = viewer_of(desk), button.number(1) or desk.day.year
    return _overview(desk, year, button.number(2)) if viewer.oversees else _own(desk, year, button.number(2))


def _turns(kind: str, subject: object, at: int, total: int, size: int = PAGE) -> list[Choice]:
    turned = [choice("Trang sau", Verb.INDICATOR, kind, subject, at + 1)] if (at + 1) * size < total else []
    return [*turned, *([choice("Trang trước", Verb.INDICATOR, kind, subject, at - 1)] if at else [])]


def _years(desk: Desk, year: int) -> list[Choice]:
    others = [one for one in views.years(desk.unit) if one != year][:2]
    return [choice(f"Chỉ tiêu năm {one}", Verb.INDICATOR, "list", one, 0) for one in others]


def _own(desk: Desk, year: int, at: int) -> Reply:
    """Show the indicators of which the viewer's agencies owe values: what is not there yet first."""
    own = viewer_of(desk).own_agencies
    pairs = [
        (one, each) for one in views.owed_by(desk.unit, own, year) for each in one.agencies if each.agency_id in own
    ]
    pairs.sort(key=lambda pair: _FIRST.index(pair[1].verdict))
    shown = pairs[at * PAGE : (at + 1) * PAGE]
    openings = [
        choice(f"{one.code} · {each.verdict.label}", Verb.INDICATOR, "of", one.id, each.agency_id or 0, listed=True)
        for one, each in shown
    ]
    return say(
        "indicators/own",
        pairs=shown,
        total=len(pairs),
        without=sum(each.verdict is Verdict.NO_VALUE for _, each in pairs),
        year=year,
        counted=_counted(desk, year, {seat.agency for seat in viewer_of(desk).seats if seat.agency_id in own}),
        many=len(own) > 1,
        choices=[*openings, *_turns("list", year, at, len(pairs)), *_years(desk, year)],
    )


_FIRST = (Verdict.NO_VALUE, Verdict.MISSED, Verdict.MET, Verdict.NONE_AROSE)


def _overview(desk: Desk, year: int, at: int) -> Reply:
    """Show every indicator of a year: how many agencies have reached it, how many have given nothing."""
    found = views.table(desk.unit, year)
    shown = found[at * PAGE : (at + 1) * PAGE]
    short, asked = views.missed(desk.unit), views.suggested(desk.unit)
    openings = [
        choice(f"{one.code} · {one.verdict.label}", Verb.INDICATOR, "open", one.id, 0, listed=True) for one in shown
    ]
    more = [choice(f"Việc hoàn thành, chưa đạt chỉ tiêu ({len(short)})", Verb.INDICATOR, "missed", 0)] if short else []
    if found:
        more.append(choice("Bảng số liệu (.xlsx)", Verb.INDICATOR, "file", year))
    if viewer_of(desk).coordinates:
        if asked:
            more.append(choice(f"Con số trong lời văn, chờ quyết định ({len(asked)})", Verb.TARGET, "list", 0))
        more.append(choice("Thêm chỉ tiêu", Verb.TARGET, "add"))
    return say(
        "indicators/overview",
        found=shown,
        total=len(found),
        met=sum(one.verdict is Verdict.MET for one in found),
        missed=sum(one.verdict is Verdict.MISSED for one in found),
        without=sum(one.verdict is Verdict.NO_VALUE for one in found),
        wrong=views.contradictions(found)[:3],
        year=year,
        counted=_counted(desk, year),
        choices=[*openings, *_turns("list", year, at, len(found)), *more, *_years(desk, year)],
    )


def _counted(desk: Desk, year: int, agencies: Collection[str] | None = None) -> list[str]:
    """Return the indicators on citizens' feedback as the register counts them, of everything or of these agencies."""
    found = figures.judged(desk.unit, Window.of(Period.read(str(year)), desk.day))
    kept = [one for name, one in found.items() if agencies is None or name in agencies]
    whole = sum(kept, Judged())
    return [line for line, share in case_report.short(whole) if share.whole]


def _open(desk: Desk, button: Button) -> Reply:
    one, rows = seen(desk, button.number(1))
    at = button.number(2)
    rows.sort(key=lambda each: _WORST.index(each.verdict))
    shown = rows[at * PAGE : (at + 1) * PAGE]
    openings = [
        choice(f"{each.agency} · {each.verdict.label}", Verb.INDICATOR, "of", one.id, each.agency_id or 0, listed=True)
        for each in shown
    ]
    own = [choice("Nhập số liệu chung", Verb.VALUE, "give", one.id, 0)] if not one.whole and _coordinates(desk) else []
    leave = [choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", one.year, 0)]
    turns = _turns("open", one.id, at, len(rows))
    return say("indicators/shown", one=one, rows=shown, choices=[*openings, *turns, *own, *leave])


_WORST = (Verdict.MISSED, Verdict.NO_VALUE, Verdict.MET, Verdict.NONE_AROSE)


def _coordinates(desk: Desk) -> bool:
    return viewer_of(desk).coordinates


def _of(desk: Desk, button: Button) -> Reply:
    """Show one agency's values at an indicator, corrected ones too."""
    one, each = owed(desk, button.number(1), button.number(2))
    viewer = viewer_of(desk)
    history = views.history(desk.unit, one.id, each.agency_id)
    gives = viewer.coordinates or each.agency_id in viewer.own_agencies
    give = [choice("Nhập số liệu", Verb.VALUE, "give", one.id, each.agency_id or 0)] if gives else []
    leave = back_to(one) if viewer.oversees else choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", one.year, 0)
    return say(
        "indicators/of", one=one, owed=each, history=history[:TOLD], said_value=said_value, choices=[*give, leave]
    )


def _missed(desk: Desk, button: Button) -> Reply:
    """Show done tasks whose figure misses its target. Raises NotFound for who does not oversee."""
    if not viewer_of(desk).oversees:
        raise NotFound("mục này")
    found, at = views.missed(desk.unit), button.number(1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    openings = [choice(f"{one.code} · {one.agency}", Verb.OPEN, one.assignment_id, listed=True) for one in shown]
    turns = [choice("Trang sau", Verb.INDICATOR, "missed", at + 1)] if (at + 1) * PAGE < len(found) else []
    leave = choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", desk.day.year, 0)
    return say("indicators/missed", found=shown, total=len(found), choices=[*openings, *turns, leave])


def _file(desk: Desk, button: Button) -> Reply:
    """Send all values of a year as a workbook. Raises NotFound for who does not oversee."""
    if not viewer_of(desk).oversees:
        raise NotFound("mục này")
    year = button.number(1)
    content = indicator_files.workbook(desk.unit, year, desk.now)
    file = desk.unit.shelf.put(content, f"chi-tieu-{year}.xlsx", MEDIA_TYPE)
    offered = (choice("Danh sách chỉ tiêu", Verb.INDICATOR, "list", year, 0),)
    message = Message(render("indicators/file", year=year, day=desk.day), offered, files=(file,))
    return Reply((message,), Conversation(choices=tuple((one.label, one.key) for one in offered)))


_SHOWN = {"open": _open, "of": _of, "missed": _missed, "file": _file}
