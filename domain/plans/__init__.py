"""Plans as drafts: from the tables of a document to tasks and indicators that a person confirms."""

from domain.plans.diff import Change, Changed, Diff, diff, match
from domain.plans.drafting import draft
from domain.plans.model import Draft, DraftTask, Due, Facts, Guess, Indicator, Source, Suggestion, Target
from domain.plans.present import to_json
from domain.plans.restore import from_json

__all__ = [
    "Change",
    "Changed",
    "Diff",
    "Draft",
    "DraftTask",
    "Due",
    "Facts",
    "Guess",
    "Indicator",
    "Source",
    "Suggestion",
    "Target",
    "diff",
    "draft",
    "from_json",
    "match",
    "to_json",
]
