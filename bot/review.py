"""A draft plan settled in chat: one doubt at a time, what was understood said back, then one confirmation."""

from typing import Any

from actions import answers, drafts, issue
from actions import plans as plan_actions
from bot import plans
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.evidence import document_in
from domain.outgoing import Choice
from domain.words import squeeze
from storage.views import AnyRow, review, sheet

FACTS = "plan_facts"
DOUBT = "plan_doubt"
READBACK = "plan_readback"
CONFIRM = "plan_confirm"

MANY = 3
"""With more open doubts than that, all of them can be left as they were read by one choice."""

_BACK = choice("Quay lại", Verb.BACK)
_LEAVE = choice("Huỷ", Verb.CANCEL)


def begin(desk: Desk, button: Button) -> Reply:
    """Go through what a draft still needs."""
    return _next(desk, button.number(), [])


def _next(desk: Desk, plan_id: int, trail: list[int], note: str = "") -> Reply:
    """Ask for what is missing: number and date, then each doubt; then show what would be issued."""
    plans.coordinator(desk)
    plan = _draft(desk, plan_id)
    if not plan.number or not plan.date:
        return _ask_facts(plan, trail)
    drafts.ask_near_dates(desk.unit, plan_id, desk.now)
    left = review.of_plan(desk.unit, plan_id).doubts
    return _ask(desk, plan, left[0], len(left), trail, note) if left else _confirm(desk, plan_id, trail, note)


def _draft(desk: Desk, plan_id: int) -> AnyRow:
    """Return a draft's row. Raises ActRefused for what is issued already, or is no plan."""
    try:
        plan = review.of_plan(desk.unit, plan_id).plan
    except ActRefused:
        raise NotFound("kế hoạch này") from None
    if plan.state != "draft":
        raise ActRefused("Kế hoạch này đã ban hành, không sửa bản nháp được nữa.")
    return plan


def _ask_facts(plan: AnyRow, trail: list[int]) -> Reply:
    data = {"plan": plan.id, "trail": trail}
    return say("plans/ask_facts", plan=plan, step=FACTS, data=data, choices=[_BACK, _LEAVE])


def facts(desk: Desk) -> Reply:
    """Take the plan's number and date."""
    viewer = plans.coordinator(desk)
    plan = _draft(desk, desk.data["plan"])
    found = document_in(squeeze(desk.incoming.text), desk.day)
    if not (found.number or plan.number) or not (found.on or plan.date):
        return sentence("Chưa thấy đủ số và ngày ký. Xin gõ như: 15/KH-UBND ngày 09/01/2026.", desk.conversation)
    plan_actions.set_facts(desk.unit, plan.id, found.number, found.on, desk.now, viewer)
    kept = _draft(desk, plan.id)
    return _next(desk, plan.id, desk.data["trail"], f"Đã ghi: số {kept.number} ngày {kept.date:%d/%m/%Y}.")


def _ask(desk: Desk, plan: AnyRow, doubt: AnyRow, left: int, trail: list[int], note: str = "") -> Reply:
    choices: list[Choice] = [
        choice(_label(label), Verb.SETTLE, plan.id, doubt.id, at)
        for at, (label, _) in enumerate(answers.offered(doubt))
    ]
    if left > MANY:
        choices.append(choice(f"Giữ nguyên cả {left} điểm còn lại", Verb.KEEP_REST, plan.id))
    return say(
        "plans/doubt",
        doubt=doubt,
        task=sheet.task_of(desk.unit, plan.id, doubt.task_id) if doubt.task_id else None,
        left=left,
        note=note,
        step=DOUBT,
        data={"plan": plan.id, "doubt": doubt.id, "trail": trail},
        choices=[*choices, _BACK, _LEAVE],
    )


def _label(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def chosen(desk: Desk, button: Button) -> Reply:
    """Settle a doubt by one of the offered answers."""
    doubt = _asked(desk)
    offers = answers.offered(doubt)
    if button.number(1) != doubt.id or button.number(2) >= len(offers):
        raise NotFound("lựa chọn này")
    return _settle(desk, offers[button.number(2)][1])


def typed(desk: Desk) -> Reply:
    """Read a typed answer and say back what was understood; a word that was offered settles at once."""
    plans.coordinator(desk)
    text = squeeze(desk.incoming.text)
    doubt = _asked(desk)
    found = drafts.understand(desk.unit, desk.data["plan"], doubt.id, text)
    if found.value == found.said or any(found.value == value for _, value in answers.offered(doubt)):
        return _settle(desk, text)
    return say(
        "plans/readback",
        said=found.said,
        typed=text,
        step=READBACK,
        data={**desk.data, "text": found.value},
        choices=[choice("Đúng", Verb.YES, READBACK), choice("Trả lời lại", Verb.BACK), _LEAVE],
    )


def agreed(desk: Desk, _button: Button) -> Reply:
    """Settle the doubt with what was said back."""
    return _settle(desk, desk.data["text"])


def _asked(desk: Desk) -> AnyRow:
    found = review.doubt(desk.unit, desk.data["plan"], desk.data["doubt"])
    if found is None:
        raise NotFound("điểm cần hỏi này")
    return found


def _settle(desk: Desk, text: str) -> Reply:
    viewer = plans.coordinator(desk)
    plan_id, doubt_id = desk.data["plan"], desk.data["doubt"]
    found = drafts.answer(desk.unit, viewer, plan_id, doubt_id, text, desk.now)
    return _next(desk, plan_id, [*desk.data["trail"], doubt_id], f"Đã ghi: {found.said}.")


def keep_rest(desk: Desk, _button: Button) -> Reply:
    """Leave every doubt that is still open as it was read."""
    plan_id = desk.data["plan"]
    kept = drafts.keep_rest(desk.unit, plans.coordinator(desk), plan_id, desk.now)
    return _next(desk, plan_id, [], f"Đã giữ nguyên {kept} điểm như văn bản.")


def back(desk: Desk, _button: Button) -> Reply:
    """Ask the question before this one again; before the first, show the plan."""
    viewer = plans.coordinator(desk)
    plan_id = desk.data["plan"]
    if desk.conversation.step == READBACK:
        return _ask(desk, _draft(desk, plan_id), _asked(desk), _left(desk, plan_id), desk.data["trail"])
    *trail, last = desk.data["trail"] or [0]
    if not last:
        return plans.overview(desk.unit, plan_id)
    drafts.take_back(desk.unit, viewer, plan_id, last, desk.now)
    doubt = review.doubt(desk.unit, plan_id, last)
    if doubt is None:
        return plans.overview(desk.unit, plan_id)
    return _ask(desk, _draft(desk, plan_id), doubt, _left(desk, plan_id), trail)


def _left(desk: Desk, plan_id: int) -> int:
    return len(review.of_plan(desk.unit, plan_id).doubts)


def ask_issue(desk: Desk, button: Button) -> Reply:
    """Show what would be issued; what is still open is asked first."""
    return _next(desk, button.number(), [])


def _confirm(desk: Desk, plan_id: int, trail: list[int], note: str = "") -> Reply:
    found = sheet.of_plan(desk.unit, plan_id)
    data: dict[str, Any] = {"plan": plan_id, "trail": trail}
    return say(
        "plans/confirm",
        sheet=found,
        plan=found.plan,
        kinds=found.kinds,
        note=note,
        step=CONFIRM,
        data=data,
        choices=[choice("Ban hành", Verb.YES, CONFIRM), _BACK, _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Issue the plan. What has become open since it was shown is asked instead."""
    viewer = plans.coordinator(desk)
    plan_id = desk.data["plan"]
    drafts.ask_near_dates(desk.unit, plan_id, desk.now)
    if _left(desk, plan_id):
        return _next(desk, plan_id, desk.data["trail"])
    done = issue.issue(desk.unit, plan_id, accept_doubts=False, at=desk.now, now=desk.now, viewer=viewer)
    return say(
        "plans/issued",
        plan=review.of_plan(desk.unit, plan_id).plan,
        issued=done,
        choices=[choice("Tổng hợp", Verb.DIGEST), choice("Các kế hoạch", Verb.PLANS, 0)],
    )
