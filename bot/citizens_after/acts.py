"""What a sender does about a case: adds words or files, answers, appeals, reports again, withdraws, rates.

What reaches other people is shown once more before it goes; a rating is one tap.
"""

from collections.abc import Callable
from dataclasses import replace

from actions.cases import files as case_files
from actions.cases import sender, telling
from bot.citizens.files import back_again
from bot.citizens_after import cards
from bot.citizens_after.steps import CONFIRM, LEAVE, REASON, TEXT, WITHDRAW, Data, back_to, opened, theirs
from bot.desk import Desk, Reply, say
from bot.help_texts import missed
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Rating
from domain.cases.lifecycle import Act, State, move
from domain.cases.senders import Turn, turns
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from storage.views import AnyRow
from storage.views.cases import senders

_SHORTEST = {"add": 2, "appeal": 10, "again": 10}
LONGEST = 4000
"""Characters of what is added."""


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a case asks; one that is unknown shows the list. Raises ActRefused."""
    return _ASKED.get(button.word(), _list)(desk, button)


def _list(desk: Desk, _button: Button) -> Reply:
    return cards.listed(desk)


def _ask(desk: Desk, button: Button) -> Reply:
    return ask(desk, theirs(desk, button.number(1)), button.word())


def ask(desk: Desk, row: AnyRow, act: str) -> Reply:
    """Ask for the words, or the files, of an act. Raises ActRefused where the state does not allow it."""
    sent = senders.followed(desk.unit, row)
    allowed = turns(sent.standing, desk.day)
    turn = next((one for one in _TURNS[act] if one in allowed), None)
    if turn is None:
        raise ActRefused(f"{row.code} {State(row.state).told}, lựa chọn này không còn dùng được. Gõ tracuu để xem.")
    data: Data = {**opened(desk), "act": act, "case": row.id, "turn": turn.value, "text": "", "files": []}
    return say(
        "citizen/mine/ask",
        code=row.code,
        turn=turn,
        question=sent.question.text if sent.question and desk.can.private else "",
        files_in=desk.can.files_in,
        step=TEXT,
        data=data,
        choices=(back_to(row.id), LEAVE),
    )


_TURNS = {"add": (Turn.SUPPLEMENT, Turn.ANSWER, Turn.ADD), "appeal": (Turn.APPEAL,), "again": (Turn.AGAIN,)}


def typed(desk: Desk) -> Reply:
    """Take words, and files with them, and show what would be sent; more of either is added."""
    row, data = theirs(desk, desk.data["case"]), desk.data
    looked = case_files.look(desk.unit, desk.incoming.files, len(data["files"]))
    files = [*data["files"], *({**_kept(one)} for one in looked.taken)]
    text = "\n".join(filter(None, (data["text"], desk.incoming.text.strip())))
    if len(text) > LONGEST:
        return missed(desk, f"Nội dung dài quá {LONGEST} ký tự. Xin gửi gọn hơn, hoặc gửi thành tệp.")
    if len(text) < _SHORTEST[data["act"]] and not (files and data["act"] == "add"):
        note = " ".join(looked.refused) or f"Xin ghi rõ hơn (từ {_SHORTEST[data['act']]} ký tự)."
        return missed(replace(desk, conversation=replace(desk.conversation, data={**data, "files": files})), note)
    return _review(desk, row, {**data, "text": text, "files": files}, looked.refused)


def _kept(file: IncomingFile) -> Data:
    return {"reference": file.reference, "name": file.name, "media_type": file.media_type, "size": file.size}


def _review(desk: Desk, row: AnyRow, data: Data, refused: tuple[str, ...] = ()) -> Reply:
    return say(
        "citizen/mine/confirm",
        code=row.code,
        turn=Turn(data["turn"]),
        text=data["text"],
        files=[one["name"] for one in data["files"]],
        refused=refused,
        private=desk.can.private,
        to=_hearer(desk, row),
        step=CONFIRM,
        data=data,
        choices=(choice("Gửi", Verb.YES, CONFIRM, row.id), back_to(row.id), LEAVE),
        sealed=True,
    )


def _hearer(desk: Desk, row: AnyRow) -> str:
    """Return the agency that hears of it, "" where it is the office."""
    return telling.seen(desk.unit, row).agency if State(row.state).is_with_agency else ""


def proposed(desk: Desk, row: AnyRow, text: str, files: tuple[IncomingFile, ...] = ()) -> Reply:
    """Show loose words, or files, as what would be sent about a case that waits for them."""
    turn = next(
        (one for one in turns(senders.followed(desk.unit, row).standing, desk.day) if one in _TURNS["add"]), None
    )
    looked = case_files.look(desk.unit, files, 0)
    data: Data = {
        "act": "add",
        "case": row.id,
        "turn": (turn or Turn.ADD).value,
        "text": text[:LONGEST],
        "files": [_kept(one) for one in looked.taken],
    }
    return _review(desk, row, data, looked.refused)


def confirmed(desk: Desk, button: Button) -> Reply:
    """Send what was shown; the answer is what the sender is told of it. Raises as the acts."""
    data = desk.data
    row = theirs(desk, data["case"])
    if button.number(1) != row.id:
        raise ActRefused("Lựa chọn này thuộc một phản ánh khác. Gõ tracuu để xem lại.")
    files = [back_again(one) for one in data["files"]]
    ids = case_files.write(desk.unit, desk.incoming.channel, files, desk.now)
    do = sender.report_again if data["act"] == "again" else sender.add
    do(desk.unit, row, data["text"], ids, desk.now)
    return _told(desk, row, f"Đã gửi tới nơi đang xem xét {row.code}.")


def _told(desk: Desk, row: AnyRow, otherwise: str) -> Reply:
    """Answer with what was promised to this chat just now, else show the case with one sentence."""
    fresh = theirs(desk, row.id)
    said = telling.said_now(desk.unit, fresh, desk.can, desk.now) if fresh.endpoint_id == desk.endpoint_id else []
    if not said:
        return cards.card(desk, fresh, otherwise)
    offered = said[-1].choices or (choice("Xem phản ánh", Verb.MINE, "open", row.id),)
    last = replace(said[-1], choices=offered, numbered=True)
    shown = tuple((one.label, one.key) for one in offered)
    return Reply((*said[:-1], last), replace(desk.conversation, step="", data=opened(desk), choices=shown, misses=0))


def _ask_withdraw(desk: Desk, button: Button) -> Reply:
    row = theirs(desk, button.number(1))
    move(State(row.state), Act.WITHDRAW)
    return say(
        "citizen/mine/confirm_withdraw",
        code=row.code,
        to=_hearer(desk, row),
        step=WITHDRAW,
        data={**opened(desk), "case": row.id},
        choices=(choice("Rút phản ánh", Verb.YES, WITHDRAW, row.id), back_to(row.id), LEAVE),
    )


def withdrawn(desk: Desk, button: Button) -> Reply:
    """Take the case back."""
    row = theirs(desk, button.number(1))
    sender.withdraw(desk.unit, row, desk.now)
    return _told(desk, row, f"Đã rút {row.code} theo yêu cầu của ông/bà.")


def _rate(desk: Desk, button: Button) -> Reply:
    known = {one.value: one for one in Rating}
    rating = known.get(button.word(2))
    row = theirs(desk, button.number(1))
    return cards.card(desk, row) if rating is None else rated(desk, row, rating)


def rated(desk: Desk, row: AnyRow, rating: Rating) -> Reply:
    """Take a rating at once; only who is not content is asked why."""
    sender.rate(desk.unit, row, rating, "", desk.now)
    if rating is not Rating.BAD:
        return cards.card(desk, theirs(desk, row.id), f"Đã ghi đánh giá: {rating.label}. Cảm ơn ông/bà.")
    allowed = turns(senders.followed(desk.unit, row).standing, desk.day)
    again = (choice(Turn.AGAIN.label, Verb.MINE, "again", row.id),) if Turn.AGAIN in allowed else ()
    return say(
        "citizen/mine/ask_reason",
        code=row.code,
        again=bool(again),
        step=REASON,
        data={**opened(desk), "case": row.id},
        choices=(choice("Bỏ qua", Verb.SKIP), *again),
    )


def reason(desk: Desk) -> Reply:
    """Take why somebody is not content."""
    row = theirs(desk, desk.data["case"])
    sender.rate(desk.unit, row, Rating.BAD, desk.incoming.text, desk.now)
    return cards.card(desk, theirs(desk, row.id), "Đã ghi lý do. Cảm ơn ông/bà.")


def no_reason(desk: Desk, _button: Button) -> Reply:
    """Leave the reason out."""
    return cards.card(desk, theirs(desk, desk.data["case"]), "Đã ghi đánh giá: không hài lòng.")


_ASKED: dict[str, Callable[[Desk, Button], Reply]] = {
    "open": cards.opened_by_choice,
    "add": _ask,
    "appeal": _ask,
    "again": _ask,
    "withdraw": _ask_withdraw,
    "rate": _rate,
}
