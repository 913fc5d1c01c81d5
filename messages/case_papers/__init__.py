"""Papers about a citizen's case, in the form of Nghị định 30/2020/NĐ-CP; their numbers are left blank."""

from messages.case_papers.answers import Answer, answer
from messages.case_papers.forwarding import Forwarding, forwarding
from messages.case_papers.receipts import Receipt, receipt
from messages.case_papers.reception import Refusal, Supplement, refusal, supplement
from messages.case_papers.words import Addressee, Case
from messages.official import MEDIA_TYPE

__all__ = [
    "MEDIA_TYPE",
    "Addressee",
    "Answer",
    "Case",
    "Forwarding",
    "Receipt",
    "Refusal",
    "Supplement",
    "answer",
    "forwarding",
    "receipt",
    "refusal",
    "supplement",
]
