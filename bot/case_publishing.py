"""Cases made public, in chat: what waits, a version prepared by one person, released by another, taken back."""

from actions import pages
from actions.cases import publishing
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.plans import address, is_here
from domain.buttons import Button, Verb, choice
from domain.cases.publication import State, public_of
from domain.errors import ActRefused, NotFound
from domain.outgoing import Choice
from domain.words import squeeze
from storage.views import AnyRow
from storage.views.cases import cards, publications
from storage.views.cases.publications import Wanted

PREVIEW = "publish_preview"
RELEASE = "publish_release"
TITLE, MASK, KEEP = DRAFTING = ("publish_title", "publish_mask", "publish_keep")
RETURN, WITHDRAW = DECIDING = ("publish_return", "publish_withdraw")

SHOWN, RECENT = 8, 5
PAGE = "/office/publish/"

NOT_HERE = "Kênh này không hiện nội dung phản ánh. Xin mở trang hoặc khung trò chuyện web để soạn và duyệt."

_LIST = choice("Danh sách chờ công khai", Verb.PUBLISH, "list", 0)
_CANCEL = choice("Huỷ", Verb.CANCEL)


def listing(desk: Desk, _text: str = "", at: int = 0) -> Reply:
    """Show what waits to become public, and what became public last."""
    coordinator(desk)
    rows, total = publications.waiting(desk.unit, SHOWN, at * SHOWN), publications.count(desk.unit)
    released = publications.listed(desk.unit, Wanted(), RECENT) if at == 0 else []
    choices = [
        choice(f"{one.case.code}: duyệt", Verb.PUBLISH, "see", one.publication.id)
        if one.publication is not None and one.publication.state == State.PREPARED
        else choice(f"{one.case.code}: soạn", Verb.PUBLISH, "new", one.case.id)
        for one in rows
    ]
    choices += [choice(f"{one.code}: đang công khai", Verb.PUBLISH, "see", one.id) for one in released]
    if (at + 1) * SHOWN < total:
        choices.append(choice("Trang sau", Verb.PUBLISH, "list", at + 1))
    return say(
        "case_publishing/listed",
        rows=rows,
        released=released,
        total=total,
        due={one.case.id: publishing.due_on(desk.unit, one.case.answered_on) for one in rows},
        day=desk.day,
        page_open=publishing.open_to_all(desk.unit),
        choices=choices,
    )


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a public version asks."""
    coordinator(desk)
    word = button.word()
    if word == "new":
        return _preview(desk, {"case": button.number(1)})
    if word == "see":
        return _show(desk, _row(desk, button.number(1)))
    if word in _ASKED:
        return _ask(desk, word, button.number(1))
    return listing(desk, at=button.number(1) if word == "list" else 0)


def _source(desk: Desk, data: dict[str, object]) -> publishing.Source:
    """Return the draft as the answers so far make it."""
    more, kept = data.get("more", []), data.get("kept", [])
    assert isinstance(more, list)
    assert isinstance(kept, list)
    case_id = int(str(data["case"]))
    return publishing.source(
        desk.unit, coordinator(desk), case_id, title=str(data.get("title", "")), more=more, kept=kept
    )


def _preview(desk: Desk, data: dict[str, object]) -> Reply:
    found = _source(desk, data)
    data = {"version": found.row.version, **data}
    masked, private = found.drafted.masked, desk.can.private
    changes = [
        choice("Trình người thứ hai duyệt", Verb.YES, PREVIEW, found.row.id),
        choice("Sửa tiêu đề", Verb.PUBLISH, "title", found.row.id),
        choice("Che thêm", Verb.PUBLISH, "mask", found.row.id),
        *([choice("Để nguyên một chỗ", Verb.PUBLISH, "keep", found.row.id)] if masked else []),
    ]
    return say(
        "case_publishing/preview",
        code=found.row.code,
        public=found.drafted.public,
        counts=found.drafted.counts,
        pictures=len(found.files),
        private=private,
        step=PREVIEW,
        data=data,
        choices=[*(changes if private else []), *_page(desk, found.row.id), _LIST, _CANCEL],
    )


def _page(desk: Desk, case_id: int) -> list[Choice]:
    return [choice("Mở trang soạn", Verb.PUBLISH, "page", case_id)] if address(desk) else []


_OF_DRAFT = ("title", "mask", "keep")
_OF_VERSION = ("back", "off")
_ASKED = {*_OF_DRAFT, *_OF_VERSION, "page"}


def _ask(desk: Desk, act: str, number: int) -> Reply:
    if act == "page":
        url = pages.page_url(desk.unit, coordinator(desk), f"{PAGE}{number}", desk.now)
        return say("web_page", url=url, code="", here=is_here(address(desk)), choices=[_LIST])
    if act in _OF_VERSION:
        return _ask_why(desk, act, _row(desk, number))
    if not desk.can.private:
        raise ActRefused(NOT_HERE)
    data: dict[str, object] = dict(desk.data) if desk.data.get("case") == number else {"case": number}
    found = _source(desk, data)
    return say(
        "case_publishing/ask",
        act=act,
        code=found.row.code,
        title=found.drafted.public.title,
        masked=found.drafted.masked,
        preparer="",
        step=DRAFTING[_OF_DRAFT.index(act)],
        data=data,
        choices=[choice("Quay lại", Verb.BACK), _CANCEL],
    )


def back(desk: Desk, _button: Button) -> Reply:
    """Go back to the preview as it stood."""
    return _preview(desk, dict(desk.data))


def typed(desk: Desk) -> Reply:
    """Take a title, words to be masked, or words that stay."""
    step, words, data = desk.conversation.step, squeeze(desk.incoming.text), dict(desk.data)
    found = _source(desk, data)
    if step == TITLE:
        made = found.drafted.public
        data["title"] = public_of(words, made.content, made.answer).title
    elif step == MASK:
        data["more"] = [*data.get("more", []), words]
    else:
        known = {one for one, *_ in found.drafted.masked}
        if words not in known:
            raise ActRefused(f"Không có chỗ che nào là “{words}”. Xin gõ đúng một dòng trong danh sách.")
        data["kept"] = [*data.get("kept", []), words]
        data["more"] = [one for one in data.get("more", []) if one != words]
    return _preview(desk, data)


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Lay the version that was shown before a second person."""
    if not desk.can.private:
        raise ActRefused(NOT_HERE)
    found = _source(desk, desk.data)
    publishing.prepare(
        desk.unit,
        coordinator(desk),
        found.row.id,
        found.drafted.public,
        desk.now,
        kept=desk.data.get("kept", []),
        shown=desk.data["version"],
    )
    return say("case_publishing/done", what="prepared", code=found.row.code, link="", choices=[_LIST])


def _row(desk: Desk, number: int) -> AnyRow:
    found = publications.get(desk.unit, number)
    if found is None:
        raise NotFound("bản công khai này")
    return found


def _show(desk: Desk, row: AnyRow) -> Reply:
    viewer, case = coordinator(desk), cards.by_id(desk.unit, row.case_id)
    assert case is not None
    own, state = row.prepared_by == viewer.person_id, State(row.state)
    choices = []
    if state is State.PREPARED:
        yes = [choice("Công khai", Verb.YES, RELEASE, row.id)] if not own and desk.can.private else []
        choices = [*yes, choice("Trả lại để sửa", Verb.PUBLISH, "back", row.id)]
        choices += [choice("Soạn lại", Verb.PUBLISH, "new", row.case_id), *_page(desk, row.case_id)]
    elif state is State.RELEASED:
        choices = [choice("Gỡ khỏi trang công khai", Verb.PUBLISH, "off", row.id)]
    return say(
        "case_publishing/one",
        code=case.code,
        row=row,
        state=state.value,
        label=state.label,
        preparer=cards.names_of(desk.unit, [row.prepared_by])[row.prepared_by],
        pictures=len(row.files["pictures"]),
        private=desk.can.private,
        own=own,
        link=publishing.link_of(desk.unit, case.code),
        step=RELEASE,
        data={"publication": row.id},
        choices=[*choices, _LIST, _CANCEL],
    )


def released(desk: Desk, _button: Button) -> Reply:
    """Let everybody read the version that was shown."""
    if not desk.can.private:
        raise ActRefused(NOT_HERE)
    row = _row(desk, desk.data["publication"])
    publishing.release(desk.unit, coordinator(desk), row.id, desk.now)
    return _done(desk, "released", row)


def _done(desk: Desk, what: str, row: AnyRow) -> Reply:
    case = cards.by_id(desk.unit, row.case_id)
    assert case is not None
    link = publishing.link_of(desk.unit, case.code)
    return say("case_publishing/done", what=what, code=case.code, link=link, choices=[_LIST])


def _ask_why(desk: Desk, act: str, row: AnyRow) -> Reply:
    case = cards.by_id(desk.unit, row.case_id)
    assert case is not None
    return say(
        "case_publishing/ask",
        act=act,
        code=case.code,
        title=row.title,
        masked=[],
        preparer=cards.names_of(desk.unit, [row.prepared_by])[row.prepared_by],
        step=DECIDING[_OF_VERSION.index(act)],
        data={"publication": row.id},
        choices=[choice("Quay lại", Verb.PUBLISH, "see", row.id), _CANCEL],
    )


def explained(desk: Desk) -> Reply:
    """Take the reason for which a version goes back, or is taken off the page."""
    row, reason = _row(desk, desk.data["publication"]), desk.incoming.text
    back_to_preparer = desk.conversation.step == RETURN
    act = publishing.give_back if back_to_preparer else publishing.withdraw
    act(desk.unit, coordinator(desk), row.id, reason, desk.now)
    return _done(desk, "returned" if back_to_preparer else "withdrawn", row)
