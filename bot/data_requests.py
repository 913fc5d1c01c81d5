"""Requests about personal data in the coordinating office: the list by last day, one request, the office's word."""

import re
from collections.abc import Callable
from datetime import date

from actions import data_decisions, data_rights
from actions.dates import read_due
from bot.authority import coordinator
from bot.citizens_after import data
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain import data_rights as rules
from domain.buttons import Button, Verb, choice
from domain.data_rights import Right, State
from domain.errors import ActRefused, NotFound
from domain.outgoing import Choice
from storage.views import data_rights as views
from storage.views import office
from storage.views.data_rights import Request

DONE = "datareq_done"
REFUSE = "datareq_refuse"
EXTEND = "datareq_extend"
WORD = "datareq_word"

_LEAVE = choice("Huỷ", Verb.CANCEL)
_LIST = choice("Danh sách", Verb.DATA, "list")
_SHOWN = 20


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /dulieu: the office's list for coordinators, the own data for everybody else."""
    if desk.viewer is not None and desk.viewer.coordinates:
        return _listed(desk, Button(Verb.DATA))
    return data.begin(desk, text)


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a request asks of the office; every other word, and whoever else asks, is a citizen's."""
    own = _ASKED.get(button.word())
    decides = desk.viewer is not None and desk.viewer.coordinates
    return own(desk, button) if own is not None and decides else data.press(desk, button)


def listed(desk: Desk, _name: str, _at: int) -> Reply:
    """Show the list from the office's overview."""
    return _listed(desk, Button(Verb.DATA))


def _listed(desk: Desk, _button: Button) -> Reply:
    coordinator(desk)
    found = views.waiting(desk.unit, desk.now)[:_SHOWN]
    choices = [choice(one.code, Verb.DATA, "show", one.id, listed=True) for one in found]
    return say(
        "data/list",
        requests=found,
        late=sum(one.late for one in found),
        choices=[*choices, choice("Tổng hợp", Verb.DIGEST)],
    )


def _request(desk: Desk, request_id: int) -> Request:
    coordinator(desk)
    found = views.get(desk.unit, request_id, desk.now)
    if found is None:
        raise NotFound("yêu cầu này")
    return found


def _show(desk: Desk, button: Button) -> Reply:
    one = _request(desk, button.number(1))
    return say(
        "data/card",
        one=one,
        codes=views.codes(desk.unit, one.endpoint_id),
        words=views.words(desk.unit, one),
        private=desk.can.private,
        choices=_choices(one),
    )


def _choices(one: Request) -> list[Choice]:
    if one.state_now is not State.OPEN:
        return [_LIST]
    later = [] if one.extended else [choice("Gia hạn một lần", Verb.DATA, "extend", one.id)]
    done = choice("Thực hiện", Verb.DATA, "done", one.id)
    return [done, choice("Không thực hiện, có lý do", Verb.DATA, "refuse", one.id), *later, _LIST]


def _ask_done(desk: Desk, button: Button) -> Reply:
    one = _request(desk, button.number(1))
    rules.moved(one.state_now, rules.Act.FULFIL)
    return say(
        "data/confirm_done",
        one=one,
        erase=one.kind is Right.ERASE,
        withdraw=one.kind is Right.WITHDRAW,
        erased=rules.ERASED,
        kept=rules.KEPT,
        codes=views.codes(desk.unit, one.endpoint_id),
        step=DONE,
        data={"id": one.id, "shown": one.version},
        choices=(choice("Thực hiện", Verb.YES, DONE, one.id), _back(one), _LEAVE),
    )


def _back(one: Request) -> Choice:
    return choice("Quay lại", Verb.DATA, "show", one.id)


def done(desk: Desk, _button: Button) -> Reply:
    """Carry out what was shown."""
    data_decisions.fulfil(desk.unit, coordinator(desk), desk.data["id"], desk.now, shown=desk.data["shown"])
    return _after(desk, "Đã thực hiện; người yêu cầu được báo.")


def _after(desk: Desk, said: str) -> Reply:
    return say("data/done", said=said, left=len(views.waiting(desk.unit, desk.now)), choices=(_LIST,))


def _ask_refuse(desk: Desk, button: Button) -> Reply:
    one = _request(desk, button.number(1))
    rules.moved(one.state_now, rules.Act.REFUSE)
    kept = {"id": one.id, "shown": one.version}
    return say("data/ask_refuse", one=one, step=REFUSE, data=kept, choices=(_back(one), _LEAVE))


def _ask_extend(desk: Desk, button: Button) -> Reply:
    one = _request(desk, button.number(1))
    rules.moved(one.state_now, rules.Act.EXTEND)
    if one.extended:
        raise ActRefused("Yêu cầu này đã gia hạn một lần; xin thực hiện hoặc trả lời từ chối kèm lý do.")
    kept = {"id": one.id, "shown": one.version}
    latest = _latest(desk, one)
    return say("data/ask_extend", one=one, latest=latest, step=EXTEND, data=kept, choices=(_back(one), _LEAVE))


def _latest(desk: Desk, one: Request) -> date:
    return rules.latest_extension(one.until, one.received, office.etiquette(desk.unit).calendar)


def refusal(desk: Desk) -> Reply:
    """Take why a request is not carried out, and show what would be said."""
    return _review(desk, desk.incoming.text.strip(), None)


_DAY_FIRST = re.compile(r"(\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{4})?)[\s,;:]+(.+)", re.DOTALL)


def extension(desk: Desk) -> Reply:
    """Take the later day with the reason, and show what would be said."""
    found = _DAY_FIRST.match(desk.incoming.text.strip())
    if found is None:
        return missed(desk, "Xin ghi ngày rồi lý do, ví dụ: 20/04/2026 cần phối hợp với đơn vị lưu trữ.")
    until, one = read_due(found.group(1), desk.now), _request(desk, desk.data["id"])
    calendar = office.etiquette(desk.unit).calendar
    rules.extended(one.until, one.received, until, calendar, times=int(one.extended))
    return _review(desk, found.group(2).strip(), until)


def _review(desk: Desk, words: str, until: date | None) -> Reply:
    one = _request(desk, desk.data["id"])
    if not 5 <= len(words) <= data_rights.WORDS:
        return missed(desk, f"Xin ghi lý do (5 đến {data_rights.WORDS} ký tự); người yêu cầu sẽ đọc nguyên văn.")
    return say(
        "data/confirm_word",
        one=one,
        until=until,
        words=words,
        step=WORD,
        data={**desk.data, "words": words, "until": until.isoformat() if until else ""},
        choices=(choice("Gửi", Verb.YES, WORD, one.id), _back(one), _LEAVE),
    )


def answered(desk: Desk, _button: Button) -> Reply:
    """Refuse, or extend, as it was shown."""
    viewer, kept = coordinator(desk), desk.data
    if kept["until"]:
        until = date.fromisoformat(kept["until"])
        data_decisions.extend(desk.unit, viewer, kept["id"], until, kept["words"], desk.now, shown=kept["shown"])
        return _after(desk, "Đã gia hạn; người yêu cầu được báo.")
    data_decisions.refuse(desk.unit, viewer, kept["id"], kept["words"], desk.now, shown=kept["shown"])
    return _after(desk, "Đã trả lời; người yêu cầu được báo.")


_ASKED: dict[str, Callable[[Desk, Button], Reply]] = {
    "list": _listed,
    "show": _show,
    "done": _ask_done,
    "refuse": _ask_refuse,
    "extend": _ask_extend,
}
