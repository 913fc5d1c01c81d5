"""Which office follows a plan as a whole."""

import re
from collections import Counter
from collections.abc import Iterable

from domain.plans.model import DraftTask
from domain.plans.tables import running_text
from domain.sources import Document
from domain.words import fold, squeeze

_OVERSEES = re.compile(
    r"(?:giao |la )?(?P<office>(?:van phong|so|phong|ban|thanh tra) .{2,60}?)"
    r"(?:,| co trach nhiem| chiu trach nhiem| chu tri| co nhiem vu| la (?:co quan|don vi)(?: thuong truc| dau moi)?)*"
    r"[, ]*(?:va )?(?:theo doi|don doc|lam dau moi|giup ubnd|giup uy ban)"
)
_WHOLE_NAME = re.compile(r"(?:Văn phòng|Sở|Phòng|Ban|Thanh tra) [^,;:]{2,60}")
_NAMED = re.compile(r"van phong|so [a-z]|phong [a-z]|ban [a-z]|thanh tra")


def coordinating_office(document: Document, tasks: Iterable[DraftTask]) -> str | None:
    """Return the office that follows the plan as a whole.

    The agency that the text charges with following and urging; where the tasks name one whose name begins
    the same way, in the tasks' wording. Without such words the office ("Văn phòng …") most often named.
    """
    said: str | None = None
    names = Counter(name for task in tasks for name in (*task.lead, *task.coordinating, *task.following))
    for text in map(squeeze, running_text(document)):
        folded = fold(text)
        match = _OVERSEES.search(folded) if len(folded) == len(text) else None
        if match is not None and _NAMED.match(match["office"]):
            office = text[match.start("office") : match.end("office")].strip(" ,")
            known = [name for name in names if fold(name) == fold(office)]
            if known:
                return known[0]
            said = said or (office if _WHOLE_NAME.fullmatch(office) else None)
    offices = Counter({name: count for name, count in names.items() if fold(name).startswith("van phong")})
    return said or (offices.most_common(1)[0][0] if offices else None)
