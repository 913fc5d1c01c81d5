"""Whether heads of agencies confirm reports of a plan before the office is asked: seen and changed in chat."""

from actions import heads
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from storage.views import sheet


def press(desk: Desk, button: Button) -> Reply:
    """Show how it is, with the choice that changes it; with a word, change it and show how it is now."""
    viewer, plan_id = coordinator(desk), button.number()
    changed = button.word(1) in {"on", "off"}
    if changed:
        heads.set_wanted(desk.unit, plan_id, desk.now, viewer, on=button.word(1) == "on")
    plan = sheet.of_plan(desk.unit, plan_id).plan
    label, word = ("Bỏ, gửi thẳng Văn phòng", "off") if plan.head_confirms else ("Đặt như vậy", "on")
    return say(
        "plans/heads",
        plan=plan,
        on=bool(plan.head_confirms),
        changed=changed,
        choices=[choice(label, Verb.PLAN_HEADS, plan_id, word), choice("Quay lại kế hoạch", Verb.PLAN, plan_id)],
    )
