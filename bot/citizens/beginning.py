"""The beginning of a citizen's feedback: for whom, what was left unfinished, what kind, and the data-use notice."""

from actions.cases import drafts, opening
from bot.citizens import drafting
from bot.citizens.asking import ask, review
from bot.citizens.steps import (
    ALIKE,
    EDIT,
    KIND,
    LEAVE,
    NOTICE,
    QUESTIONS,
    RESUME,
    REVIEW,
    SAID,
    WHEN,
    WHOSE,
    Data,
    behalf_of,
    names_of,
    needs_when,
    tell,
    without_likely,
)
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Source
from domain.cases.doors import Sound, listen
from domain.cases.fields import content_of
from domain.cases.kinds import ASKED_IN_ORDER, Kind
from domain.errors import ActRefused
from domain.people import Role
from domain.words import fold
from messages.render import render
from storage.views import broadcasts, office, office_settings

OWN = "own"


def begin(desk: Desk, _text: str = "") -> Reply:
    """Answer /phananh: whose, where an official asks; what was left unfinished; what it is about."""
    found = drafts.waiting(desk.unit, desk.endpoint_id, desk.now)
    if found is not None:
        choices = (tell("Tiếp tục phản ánh đang viết dở", "resume"), tell("Bỏ bản cũ, viết mới", "fresh"), LEAVE)
        return say("citizen/resume", saved_at=found.saved_at, until=found.until, choices=choices, step=RESUME)
    return anew(desk)


def anew(desk: Desk) -> Reply:
    """Begin with nothing left unfinished."""
    if may_write_for_others(desk):
        sources = (Source.PHONE, Source.IN_PERSON)
        others = [tell(f"Nhập thay người dân ({one.label})", "whose", one.value) for one in sources]
        own = tell("Cho chính đồng chí", "whose", OWN)
        return say("citizen/whose", choices=(own, *others, LEAVE), step=WHOSE)
    return _own(desk)


def may_write_for_others(desk: Desk) -> bool:
    """Whether somebody writes down what citizens say.

    That is the coordinating office, an officer of a commune, or of a centre that serves citizens (TT PVHCC).
    """
    viewer = desk.viewer
    if viewer is None or viewer.coordinates:
        return viewer is not None
    seats = [seat for seat in viewer.seats if seat.role is Role.OFFICER]
    if any(_CENTRE in fold(seat.agency) for seat in seats):
        return True
    communes = broadcasts.agencies_of_level(desk.unit, _COMMUNE, desk.day) if seats else ()
    return any(seat.agency_id in communes for seat in seats)


_CENTRE, _COMMUNE = "phuc vu hanh chinh cong", "commune_committee"


def _own(desk: Desk) -> Reply:
    opening.refuse_flood(desk.unit, desk.endpoint_id, desk.now)
    return ask_kind({})


def begin_by_choice(desk: Desk, _button: Button) -> Reply:
    """Begin by a choice."""
    return begin(desk)


def whose(desk: Desk, word: str) -> Reply:
    """Go on once it is known for whom."""
    if word == OWN:
        return _own(desk)
    return ask_kind({"source": Source(word).value})


def resume(desk: Desk) -> Reply:
    """Ask again what was asked when the citizen went away."""
    found = drafts.waiting(desk.unit, desk.endpoint_id, desk.now)
    if found is None:
        return anew(desk)
    if found.step in {REVIEW, EDIT}:
        return review(desk, found.data)
    if found.step == ALIKE:
        return ask(desk, WHEN, without_likely(found.data))
    if found.step in QUESTIONS:
        return ask(desk, found.step, found.data)
    return notice(desk, found.data)


def ask_kind(data: Data) -> Reply:
    """Ask what it is about."""
    offered = [choice(kind.label, Verb.CASE_KIND, kind.value) for kind in ASKED_IN_ORDER]
    behalf = behalf_of(data) is not None
    return say(
        "citizen/kind",
        behalf=behalf,
        files=names_of(data),
        said=bool(data.get(SAID)),
        choices=(*offered, LEAVE),
        step=KIND,
        data=data,
    )


def out_of_nowhere(desk: Desk, text: str) -> Reply | None:
    """Take up what somebody tells without being asked: an emergency its door, a story the first question.

    None for words that tell nothing.
    """
    heard = {one.sound for one in listen(text)}
    if Sound.EMERGENCY in heard:
        return door(desk, Kind.EMERGENCY)
    try:
        said = content_of(text)
    except ActRefused:
        return None
    return ask_kind({SAID: said}) if heard <= _STORY else None


_STORY = frozenset({Sound.CRIME, Sound.COMPLAINT, Sound.PERSONAL})


def kind(desk: Desk, button: Button) -> Reply:
    """Go on with a kind that opens a case; show every other its door."""
    known = {one.value: one for one in Kind}
    chosen = known.get(button.word())
    if chosen is None:
        return begin(desk)
    if not chosen.opens_case:
        return drafting.erased(desk, door(desk, chosen))
    ours = desk.conversation.step in {KIND, NOTICE}
    if ours and desk.data.get("editing"):
        return drafting.kept(desk, _changed(desk, {**desk.data, "kind": chosen.value}))
    return notice(desk, {**(desk.data if ours else {}), "kind": chosen.value})


def _changed(desk: Desk, data: Data) -> Reply:
    """Go back to the review with another kind, by way of what that kind needs and nobody was asked for."""
    return ask(desk, WHEN, data) if needs_when(data) and not data.get("place") else review(desk, data)


def door(desk: Desk, kind: Kind) -> Reply:
    """Show what has its own door where that is."""
    return say(
        f"citizen/door_{kind}",
        office=office.name(desk.unit),
        door=office_settings.text(desk.unit, f"door_{kind}"),
        choices=(choice("Việc khác", Verb.FEEDBACK),),
    )


def notice(desk: Desk, data: Data) -> Reply:
    """Show the data-use notice, with two equal choices."""
    if behalf_of(data) is not None:
        choices = (choice("Người dân đồng ý", Verb.AGREE), choice("Người dân không đồng ý", Verb.CANCEL))
    else:
        choices = (choice("Đồng ý, tiếp tục", Verb.AGREE), choice("Không đồng ý", Verb.CANCEL))
    return say("citizen/notice", **notice_values(desk, data), choices=choices, step=NOTICE, data=data)


def notice_values(desk: Desk, data: Data) -> Data:
    """Return what the notice says of this office."""
    return {
        "office": office.name(desk.unit),
        "behalf": behalf_of(data) is not None,
        "private": desk.can.private,
    }


def notice_text(desk: Desk, data: Data) -> str:
    """Return the notice word for word, as it was shown."""
    return render("citizen/notice", **notice_values(desk, data))


def agreed(desk: Desk, _button: Button) -> Reply:
    """Ask the first question."""
    return drafting.kept(desk, ask(desk, QUESTIONS[0], desk.data))
