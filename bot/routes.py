"""The tables of the conversation: which words, buttons and steps lead to which handler."""

from collections.abc import Callable

from bot import checkins, citizens, help_texts, joining, office, officers, opening, plans, reporting, review
from bot.desk import Desk, Reply
from domain.buttons import Button, Verb

Command = Callable[[Desk, str], Reply]
Press = Callable[[Desk, Button], Reply]
Step = Callable[[Desk], Reply]

COMMANDS: dict[str, tuple[Command, str]] = {
    "start": (joining.start, "Bắt đầu, hoặc tham gia bằng mã"),
    "viec": (opening.listing, "Việc của đơn vị tôi"),
    "baocao": (opening.listing, "Báo cáo kết quả một việc"),
    "tonghop": (office.summary, "Tổng hợp (văn phòng, lãnh đạo)"),
    "kehoach": (plans.listing, "Kế hoạch: nhập, rà soát, ban hành (văn phòng)"),
    "phananh": (citizens.begin, "Gửi phản ánh, kiến nghị"),
    "tracuu": (citizens.look_up, "Tra cứu phản ánh đã gửi"),
    "riengtu": (help_texts.privacy, "Dữ liệu cá nhân được dùng thế nào"),
    "huy": (help_texts.cancel, "Huỷ việc đang làm dở"),
    "trogiup": (help_texts.overview, "Hướng dẫn ngắn"),
}
"""Typed as /word on Telegram and as the plain word elsewhere; the words are also the Telegram menu."""

PRESSES: dict[Verb, Press] = {
    Verb.LIST: officers.page,
    Verb.OPEN: opening.by_choice,
    Verb.ACCEPT: officers.accept,
    Verb.ACCEPT_ALL: officers.accept_all,
    Verb.DONE: reporting.done,
    Verb.PROGRESS: officers.ask_progress,
    Verb.OBSTACLE: officers.ask_obstacle,
    Verb.CONFIRM: office.confirm,
    Verb.RETURN: office.ask_return,
    Verb.DATE: office.ask_date,
    Verb.CHECK_IN: checkins.press,
    Verb.ROUND: office.ask_date,
    Verb.SEAT: office.seat,
    Verb.OFFICE: office.listed,
    Verb.DIGEST: office.digest,
    Verb.PLANS: plans.page,
    Verb.PLAN: plans.show,
    Verb.PLAN_PAGE: plans.link,
    Verb.DOUBTS: review.begin,
    Verb.ISSUE: review.ask_issue,
    Verb.CASE_KIND: citizens.kind,
    Verb.FEEDBACK: citizens.begin_by_choice,
    Verb.CANCEL: help_texts.cancel_by_choice,
}
"""Choices that mean the same at any moment."""

STEP_PRESSES: dict[tuple[str, Verb], Press] = {
    (joining.CONFIRM, Verb.YES): joining.confirmed,
    (reporting.EVIDENCE, Verb.SKIP): reporting.skip_evidence,
    (reporting.CONFIRM, Verb.YES): reporting.confirmed,
    (reporting.CONFIRM, Verb.ALSO): reporting.also,
    (citizens.NOTICE, Verb.AGREE): citizens.agreed,
    (citizens.CONTENT, Verb.YES): citizens.confirmed,
    (citizens.REVIEW, Verb.YES): citizens.confirmed,
    (plans.FILE_KIND, Verb.INTAKE): plans.file_is,
    (review.DOUBT, Verb.SETTLE): review.chosen,
    (review.DOUBT, Verb.KEEP_REST): review.keep_rest,
    (review.READBACK, Verb.YES): review.agreed,
    (review.CONFIRM, Verb.YES): review.confirmed,
    **{(step, Verb.BACK): review.back for step in (review.FACTS, review.DOUBT, review.READBACK, review.CONFIRM)},
    **{(step, Verb.BACK): citizens.back for step in (*citizens.QUESTIONS, citizens.REVIEW)},
}
"""Choices that only answer the question that was asked."""

STEPS: dict[str, Step] = {
    reporting.EVIDENCE: reporting.evidence,
    officers.PROGRESS: officers.progress,
    checkins.JOINT: checkins.joint,
    officers.OBSTACLE: officers.obstacle,
    office.RETURN: office.give_back,
    office.DATE: office.set_date,
    review.FACTS: review.facts,
    review.DOUBT: review.typed,
    review.READBACK: review.typed,
    **dict.fromkeys(citizens.QUESTIONS, citizens.answer),
}
"""Questions that are answered by typed words."""

FILE_STEPS: dict[str, Step] = {
    reporting.EVIDENCE: reporting.evidence,
    **dict.fromkeys((review.FACTS, review.DOUBT, review.READBACK), plans.file_in),
}
"""Questions that a file answers."""
