"""The end of a plan's year in the coordinator's chat: how much is unfinished, and how it is closed."""

from bot.desk import Desk, Reply, say
from bot.plans import coordinator
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from storage.views import closing


def show(desk: Desk, button: Button) -> Reply:
    """Show what is unfinished of a plan in force, by group, and the command that closes it."""
    coordinator(desk)
    plan = closing.plan(desk.unit, button.number())
    if plan is None or plan.state != "issued":
        raise NotFound("kế hoạch này")
    found = closing.unfinished(desk.unit, plan.id, desk.day)
    return say(
        "plans/close",
        plan=plan,
        total=len(found),
        groups=closing.by_group(found),
        with_the_year=sum(one.ends_with_the_year for one in found),
        choices=[choice("Quay lại kế hoạch", Verb.PLAN, plan.id), choice("Các kế hoạch", Verb.PLANS, 0)],
    )
