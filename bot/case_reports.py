"""The report on citizens' feedback in chat: its figures in a few lines, both files."""

from dataclasses import replace

from actions.cases import reporting
from bot.desk import Desk, Reply, say
from domain.buttons import Verb, choice
from domain.periods import Period
from messages.case_report import summary


def shown(desk: Desk, period: Period) -> Reply:
    """Answer with the report of a period; the caller has asked who may see it."""
    found = reporting.report(desk.unit, period, desk.now)
    reply = say(
        "reports/cases_made",
        summary=summary(found),
        choices=[
            choice("Báo cáo tiến độ kỳ này", Verb.REPORT, "make", period.code),
            choice("Kỳ khác", Verb.REPORT, "cases_menu"),
            choice("Tổng hợp", Verb.DIGEST),
        ],
    )
    (message,) = reply.messages
    return Reply((replace(message, files=reporting.files(desk.unit, found)),), reply.conversation)
