"""Answering the quarterly question about work without a date: one tap for all of it."""

from actions import checkins
from bot.desk import Desk, Reply, say, sentence
from bot.officers import viewer_of
from domain.buttons import Button, Verb, choice
from domain.checkins import Answer
from domain.words import squeeze

JOINT = "checkin_joint"


def press(desk: Desk, button: Button) -> Reply:
    """Take the answer: kept at once, or led on to the list, or asked for the joint report's words."""
    viewer = viewer_of(desk)
    works = checkins.asked_of(desk.unit, viewer, button.number(1), desk.now)
    answers = {one.value: one for one in Answer}
    said = answers.get(button.word(), Answer.ONE_BY_ONE)
    if said is Answer.JOINT:
        data = {"agency": button.number(1)}
        return say("work/ask_joint", works=works, step=JOINT, data=data, choices=[choice("Huỷ", Verb.CANCEL)])
    if said is Answer.ONE_BY_ONE:
        choices = [choice(f"Mở {one.code}", Verb.OPEN, one.id) for one in works[:12]]
        return say("work/checkin_each", works=works, choices=choices)
    checkins.answer(desk.unit, viewer, works, said, "", desk.now)
    return say("work/checked_in", works=works, text="", choices=[choice("Danh sách việc", Verb.LIST, "open", 0)])


def joint(desk: Desk) -> Reply:
    """Take the joint report's words, or its number and date."""
    text = squeeze(desk.incoming.text)
    if len(text) < 5:
        return sentence("Xin ghi nội dung, hoặc số và ngày của báo cáo chung (từ 5 ký tự).", desk.conversation)
    viewer = viewer_of(desk)
    works = checkins.asked_of(desk.unit, viewer, desk.data["agency"], desk.now)
    checkins.answer(desk.unit, viewer, works, Answer.JOINT, text[:2000], desk.now)
    return say("work/checked_in", works=works, text=text, choices=[choice("Danh sách việc", Verb.LIST, "open", 0)])
