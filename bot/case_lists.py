"""Lists of other registers in a coordinator's chat: one comes in, is shown, taken over; ours goes out for them."""

from dataclasses import asdict
from datetime import date, timedelta

from actions.cases import exporting, lists_sent
from actions.cases.foreseeing import Foreseen
from actions.cases.lists_sent import SOURCES
from bot import case_columns
from bot.authority import coordinator
from bot.desk import Desk, Reply, say, sentence
from bot.figures import RECEIVED
from bot.handing import handed
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Source
from domain.cases.lifecycle import OPEN
from domain.incoming import IncomingFile
from domain.outgoing import Choice
from storage.views import AnyRow
from storage.views.cases.lists import Wanted

SOURCE_STEP = "case_list_source"

LABEL = "Danh sách phản ánh, kiến nghị"
_CANCEL = choice("Huỷ", Verb.CANCEL)
_REGISTER = choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0)
_WEEK = timedelta(days=7)
_OFFERS = {
    "open": "Đang mở",
    "week": "Có bước mới trong 7 ngày",
    "unposted": "Đã trả lời, chưa đăng hệ thống quốc gia",
    "national": "Từ hệ thống quốc gia, năm nay",
    "year": "Tất cả, năm nay",
}


def ask_source(desk: Desk, file: IncomingFile) -> Reply:
    """Ask where a list comes from: a case is known again by that and its code there."""
    coordinator(desk)
    return say(
        "cases/ask_source",
        name=file.name,
        step=SOURCE_STEP,
        data={"file": asdict(file)},
        choices=[*(_source(one) for one in SOURCES), _CANCEL],
    )


def _source(one: Source) -> Choice:
    return choice(one.label[:1].upper() + one.label[1:], Verb.CASE_LIST, "source", one.value)


def press(desk: Desk, button: Button) -> Reply:
    """Take the answer about a file, take a list over that was shown, or write ours."""
    coordinator(desk)
    word, what = button.word(), button.word(1)
    if word == "source" and desk.conversation.step == SOURCE_STEP and what in {one.value for one in SOURCES}:
        return _begin(desk, Source(what))
    if word == "take":
        return _take(desk, button.number(1))
    if word == "columns" and what in {one.value for one in SOURCES}:
        return case_columns.ask(desk, Source(what))
    return _export(desk, what) if word == "export" and what in _OFFERS else ask_export(desk)


def _begin(desk: Desk, source: Source) -> Reply:
    file = IncomingFile(**desk.data["file"])
    lists_sent.begin(desk.unit, coordinator(desk), desk.endpoint_id, desk.incoming.channel, file, source, desk.now)
    return sentence(RECEIVED.format(name=file.name))


def shown(intake: AnyRow, found: Foreseen, *, private: bool) -> Reply:
    """Show what a list holds, to be taken over or not."""
    tally = found.tally
    some = tally.new or tally.changed
    doubtful = [_columns(intake)] if found.listed.refused or found.listed.warnings else []
    yes = [choice("Nhập vào sổ", Verb.CASE_LIST, "take", intake.id)] if some else []
    return say(
        "cases/list_read",
        name=intake.name,
        source=Source(intake.data["source"]).label,
        tally=tally,
        found=found,
        private=private,
        choices=[*yes, *doubtful, *([_CANCEL] if some else [_REGISTER])],
    )


def refused(intake: AnyRow, why: str) -> Reply:
    """Say why a list was not read, and offer to say what its columns are."""
    return say("cases/list_refused", name=intake.name, why=why, choices=[_columns(intake), _REGISTER])


def _columns(intake: AnyRow) -> Choice:
    return choice("Chỉ rõ tên cột, trạng thái", Verb.CASE_LIST, "columns", intake.data["source"])


def _take(desk: Desk, intake_id: int) -> Reply:
    row, found = lists_sent.take(desk.unit, coordinator(desk), intake_id, desk.now)
    fresh = [found.codes[one.row.code] for one in found.lines if one.case is None]
    return say("cases/list_taken", name=row.name, tally=found.tally, found=found, fresh=fresh, choices=[_REGISTER])


def ask_export(desk: Desk, _text: str = "") -> Reply:
    """Ask which cases are to be written."""
    coordinator(desk)
    return say(
        "cases/ask_export",
        choices=[*(choice(label, Verb.CASE_LIST, "export", name) for name, label in _OFFERS.items()), _REGISTER],
    )


def _export(desk: Desk, which: str) -> Reply:
    wanted = Wanted(
        states=OPEN if which == "open" else (),
        source=Source.NATIONAL.value if which == "national" else "",
        unposted=which == "unposted",
        since=date(desk.day.year, 1, 1) if which in {"national", "year"} else None,
    )
    since = desk.day - _WEEK if which == "week" else None
    file = exporting.file(desk.unit, coordinator(desk), wanted, desk.now, changed_since=since)
    reply = say("cases/exported", label=_OFFERS[which], name=file.name, private=desk.can.private, choices=[_REGISTER])
    return handed(desk, reply, file)
